package io.wxflux.cli;

/** What the process ends with. Scripts rely on it. */
final class ExitCode {
    /** A clean stop, by a signal or at the end of the work. */
    static final int OK = 0;
    /** Something went wrong while running. */
    static final int FAILED = 1;
    /** The configuration or the arguments are wrong; nothing was started. */
    static final int WRONG_INPUT = 2;

    private ExitCode() {}
}
