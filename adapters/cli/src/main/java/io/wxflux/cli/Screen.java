package io.wxflux.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command's output goes.
 *
 * @param out results
 * @param err everything said about the work
 * @param inTerminal whether a person types, rather than a pipe
 * @param outTerminal whether a person looks at {@code out} and it understands ANSI
 * @param errTerminal the same of {@code err}
 * @param color whether colours are welcome where there is a terminal
 */
record Screen(
        PrintStream out, PrintStream err, boolean inTerminal, boolean outTerminal, boolean errTerminal, boolean color) {
    /** For output that is captured. */
    static Screen plain(PrintStream out, PrintStream err) {
        return new Screen(out, err, false, false, false, false);
    }

    /** As the launcher found it; without the launcher, as far as Java knows. */
    static Screen ofProcess(PrintStream out, PrintStream err, Map<String, String> environment) {
        boolean both = System.console() != null;
        boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
        return new Screen(
                out,
                err,
                flag("wxflux.tty.in", both),
                !dumb && flag("wxflux.tty.out", both),
                !dumb && flag("wxflux.tty.err", both),
                environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    boolean outColors() {
        return outTerminal && color;
    }

    private static boolean flag(String property, boolean standard) {
        String value = System.getProperty(property);
        return value == null ? standard : value.equals("true");
    }
}
