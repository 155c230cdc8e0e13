package io.wxflux.cli;

/** A command could not do what it was asked for; the message says why and what helps, on one line or several. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    private CommandFailed(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** Something went wrong on the way. */
    static CommandFailed failed(String message) {
        return new CommandFailed(ExitCode.FAILED, message);
    }

    /** What was asked for cannot be meant; nothing was done. */
    static CommandFailed wrongInput(String message) {
        return new CommandFailed(ExitCode.WRONG_INPUT, message);
    }

    int code() {
        return code;
    }
}
