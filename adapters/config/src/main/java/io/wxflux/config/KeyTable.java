package io.wxflux.config;

/** The table of all keys, as the guide and {@code wxflux check --keys} show it. */
public final class KeyTable {
    private KeyTable() {}

    /** Markdown, one row for each key. */
    public static String markdown() {
        StringBuilder table = new StringBuilder("| key | value | default | what it does |\n|---|---|---|---|\n");
        for (Key<?> key : Keys.ALL) {
            table.append("| `")
                    .append(key)
                    .append("` | ")
                    .append(key.type().title())
                    .append(" | ")
                    .append(key.standard())
                    .append(" | ")
                    .append(key.text())
                    .append(" |\n");
        }
        return table.toString();
    }
}
