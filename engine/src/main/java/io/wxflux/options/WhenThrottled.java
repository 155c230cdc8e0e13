package io.wxflux.options;

/** What becomes of a request whose operation cools down after a 1205. */
public enum WhenThrottled {
    /** It fails at once with a {@link io.wxflux.error.ThrottledException} that says when to come again. */
    FAIL,
    /** It waits until the operation may go on, and goes out then. */
    WAIT
}
