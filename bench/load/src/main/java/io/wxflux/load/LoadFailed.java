package io.wxflux.load;

/** The test could not be run to its end; the message says why and what helps. */
public final class LoadFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadFailed(String message) {
        super(message, null, false, false);
    }
}
