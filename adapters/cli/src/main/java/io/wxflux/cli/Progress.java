package io.wxflux.cli;

import java.io.PrintStream;
import java.util.Locale;

/** One line on the terminal that says how far something is; nothing where nobody looks. */
final class Progress {
    private final PrintStream err;
    private final boolean shown;
    private final String what;
    private int percent = -1;

    Progress(Screen screen, String what) {
        this.err = screen.err();
        this.shown = screen.errTerminal();
        this.what = what;
    }

    /** @param total 0 when it is not known */
    void show(long done, long total) {
        int now = total == 0 ? (int) (done >> 16) : (int) (100 * done / total);
        if (!shown || now == percent) {
            return;
        }
        percent = now;
        err.print("\r" + what + "  " + (total == 0 ? size(done) : now + " % of " + size(total)) + "\u001b[K");
        err.flush();
    }

    void end() {
        if (percent >= 0) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
