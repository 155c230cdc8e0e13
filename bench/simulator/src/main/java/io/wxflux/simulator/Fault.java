package io.wxflux.simulator;

import java.time.Duration;

/** One way in which a call goes wrong. */
public sealed interface Fault {

    /** {@return whether the call is carried out before it goes wrong} */
    default boolean takesEffect() {
        return false;
    }

    /**
     * An HTML page instead of the answer; 200 is a captive portal, 502 and 503 are a broken host.
     *
     * @param code the HTTP status
     */
    record Page(int code) implements Fault {}

    /** HTTP 200 and no body. */
    record EmptyBody() implements Fault {}

    /** No answer at all, and the connection stays open. */
    record Hang() implements Fault {}

    /** The connection is reset before anything happened. */
    record Reset() implements Fault {}

    /** The invalid status line {@code HTTP/1.1 0 -}, a few bytes, and the end of the connection. */
    record StatusZero() implements Fault {}

    /**
     * Another code than the right one, in the form of the call.
     *
     * @param code retcode of synccheck, Ret of the others
     * @param selector of synccheck
     */
    record Retcode(int code, int selector) implements Fault {}

    /** The call takes effect, half of the answer comes, then the connection is reset. */
    record CutAnswer() implements Fault {
        @Override
        public boolean takesEffect() {
            return true;
        }
    }

    /** The call takes effect and the connection is closed without an answer. */
    record LostAnswer() implements Fault {
        @Override
        public boolean takesEffect() {
            return true;
        }
    }

    /**
     * The call takes effect and the answer comes late.
     *
     * @param by how late
     */
    record Late(Duration by) implements Fault {
        @Override
        public boolean takesEffect() {
            return true;
        }
    }
}
