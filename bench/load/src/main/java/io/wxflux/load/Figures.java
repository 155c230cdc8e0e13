package io.wxflux.load;

import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
    private Figures() {}

    static String micros(double micros) {
        if (micros < 1_000) {
            return format("%.0f µs", micros);
        }
        if (micros < 100_000) {
            return format(micros < 10_000 ? "%.2f ms" : "%.1f ms", micros / 1e3);
        }
        return micros < 1_000_000 ? format("%.0f ms", micros / 1e3) : format("%.2f s", micros / 1e6);
    }

    static String bytes(double bytes) {
        double size = Math.abs(bytes);
        if (size < 1_000) {
            return format("%.0f B", bytes);
        }
        if (size < 1e6) {
            return format(size < 1e5 ? "%.1f kB" : "%.0f kB", bytes / 1e3);
        }
        return size < 1e9 ? format(size < 1e8 ? "%.1f MB" : "%.0f MB", bytes / 1e6) : format("%.2f GB", bytes / 1e9);
    }

    /** With three digits that say something. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1e6) {
            return format("%.2f M", value / 1e6);
        }
        if (size >= 1_000 || value == Math.rint(value)) {
            return format("%,.0f", value);
        }
        return size >= 100 ? format("%.0f", value) : size >= 10 ? format("%.1f", value) : format("%.2f", value);
    }

    static String percent(double value) {
        return number(value) + " %";
    }

    static String seconds(double value) {
        return format(value < 10 ? "%.1f s" : "%.0f s", value);
    }

    static String ratio(double value) {
        return format("%.2f ×", value);
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
