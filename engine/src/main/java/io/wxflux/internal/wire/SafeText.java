package io.wxflux.internal.wire;

/** What may go into URLs, headers, ids and file names without a second look. */
final class SafeText {
    private SafeText() {}

    /** 1 to {@code most} printable ASCII characters, no blank among them. */
    static boolean isToken(String text, int most) {
        if (text.isEmpty() || text.length() > most) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }
}
