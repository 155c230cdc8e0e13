package io.wxflux.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as they need, within the width of the terminal. */
final class Table {
    private static final int GAP = 2;
    private static final int LEAST = 6;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        rows.add(List.of(head));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** @param columns of the screen; the last column is cut to fit, then the widest */
    List<String> lines(int columns) {
        int count = rows.get(0).size();
        int[] widths = new int[count];
        for (List<String> row : rows) {
            for (int i = 0; i < count; i++) {
                widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
            }
        }
        int total = GAP * (count - 1);
        for (int width : widths) {
            total += width;
        }
        while (total > columns) {
            int widest = widest(widths);
            if (widths[widest] <= LEAST) {
                break;
            }
            widths[widest]--;
            total--;
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static int widest(int[] widths) {
        int widest = 0;
        for (int i = 1; i < widths.length; i++) {
            widest = widths[i] >= widths[widest] ? i : widest;
        }
        return widest;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : " ".repeat(GAP)).append(TextWidth.fit(row.get(i), widths[i]));
        }
        return line.toString().stripTrailing();
    }
}
