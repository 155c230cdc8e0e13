package io.wxflux.simulator;

import java.time.Duration;
import java.util.List;

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

    // broken framing and labels; the call takes effect ---------------------------------------------------------------

    /**
     * An informational answer before the real one, such as 102 or 103, that nobody asked for.
     *
     * @param code 100 to 199
     */
    record Informational(int code) implements Fault {
        @Override
        public boolean takesEffect() {
            return true;
        }
    }

    /**
     * The answer comes a few bytes at a time.
     *
     * @param head whether the head drips, and the body comes at once; else the other way round
     * @param bytes in a drop
     * @param gap between two drops
     */
    record Drip(boolean head, int bytes, Duration gap) implements Fault {
        @Override
        public boolean takesEffect() {
            return true;
        }
    }

    /**
     * Other Content-Type lines than the right one, as several at once or a false charset.
     *
     * @param types one for each line
     */
    record ContentTypes(List<String> types) implements Fault {
        /** Copies. */
        public ContentTypes {
            types = List.copyOf(types);
        }

        @Override
        public boolean takesEffect() {
            return true;
        }
    }

    /** The answer is labelled gzip, and its stream ends too early although the length is right. */
    record TruncatedGzip() implements Fault {
        @Override
        public boolean takesEffect() {
            return true;
        }
    }

    // a confused service; for synccheck and webwxsync ----------------------------------------------------------------

    /**
     * synccheck says that there is something, webwxsync brings nothing and the key stands still.
     *
     * @param selector of synccheck
     */
    record Stuck(int selector) implements Fault {}

    /** webwxsync answers with keys of Count 0; what it brings will come again. */
    record EmptyKeys() implements Fault {
        @Override
        public boolean takesEffect() {
            return true;
        }
    }

    /**
     * webwxsync brings its messages in a strange way.
     *
     * @param twice whether each comes twice
     * @param reversed whether the newest comes first
     */
    record Scrambled(boolean twice, boolean reversed) implements Fault {
        @Override
        public boolean takesEffect() {
            return true;
        }
    }

    /** webwxbatchgetcontact gives half of what was asked for, in another order, and rooms without their members. */
    record FewerContacts() implements Fault {
        @Override
        public boolean takesEffect() {
            return true;
        }
    }

    /** webwxgetcontact gives a cursor that never becomes 0. */
    record EndlessPages() implements Fault {
        @Override
        public boolean takesEffect() {
            return true;
        }
    }
}
