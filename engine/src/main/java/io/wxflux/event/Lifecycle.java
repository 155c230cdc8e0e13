package io.wxflux.event;

import io.wxflux.model.Uin;
import io.wxflux.options.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What happens to an account besides messages. */
public sealed interface Lifecycle extends AccountEvent {
    /** How a session came about. */
    enum Origin {
        QR,
        PUSH,
        RESUME
    }

    @Override
    default boolean isJournaled() {
        return false;
    }

    /** A QR code waits to be scanned; or, with {@code number} 0, the phone shows a confirmation and no code is needed. */
    record QrIssued(EventHead head, @Nullable Secret loginUrl, int number, int most) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.qr";
        }
    }

    /** The code was scanned; the phone now asks its owner to confirm. */
    record Scanned(EventHead head) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.scanned";
        }
    }

    /** A new session was opened by a login. */
    record LoggedIn(EventHead head, Uin uin, String nickName, Origin origin, String host) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.logged-in";
        }

        @Override
        public boolean isJournaled() {
            return true;
        }
    }

    /** Contacts are read and the sync cycle runs. */
    record Ready(EventHead head, int contacts, int rooms) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.ready";
        }

        @Override
        public boolean isJournaled() {
            return true;
        }
    }

    /** A stored session goes on without a new login. */
    record Resumed(EventHead head, Uin uin, String nickName, String host) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.resumed";
        }

        @Override
        public boolean isJournaled() {
            return true;
        }
    }

    /** Something failed; it is tried again after the delay. */
    record BackingOff(EventHead head, String reason, long attempt, Duration delay) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.backing-off";
        }
    }

    /**
     * The account would sign in again and must not yet: it did so too often.
     *
     * @param limit which bound holds it
     * @param count logins, or QR codes, within the last hour
     * @param delay until it signs in by itself; an operator may let it do so before
     */
    record LoginHeld(EventHead head, Limit limit, int count, Duration delay) implements Lifecycle {
        /** The bounds of {@link io.wxflux.options.LoginOptions}. */
        public enum Limit {
            /** {@code minLoginInterval}. */
            LOGIN_INTERVAL,
            /** {@code maxLoginsPerHour}. */
            LOGINS_PER_HOUR,
            /** {@code maxQrCodesPerHour}. */
            QR_CODES_PER_HOUR
        }

        @Override
        public String type() {
            return "wx.account.login-held";
        }
    }

    /** The long poll goes to another host now. */
    record HostSwitched(EventHead head, String from, String to, String reason) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.host-switched";
        }
    }

    /** The session is over; {@code code} is the server's, or 0 when we ended it ourselves. */
    record LoggedOut(EventHead head, int code, String reason) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.logged-out";
        }

        @Override
        public boolean isJournaled() {
            return true;
        }
    }

    /** The account cannot go on without a person; the reason says why and what to do. */
    record Refused(EventHead head, String reason) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.refused";
        }

        @Override
        public boolean isJournaled() {
            return true;
        }
    }

    /** The account was stopped; its session is kept for resume. */
    record Stopped(EventHead head) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.stopped";
        }
    }

    /** The journal or the disk is full: the session is kept alive, nothing more is fetched. */
    record Parked(EventHead head, String reason) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.parked";
        }
    }

    /** There is room again; fetching goes on. */
    record Unparked(EventHead head) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.unparked";
        }
    }

    /**
     * The service said 1205.
     *
     * @param operation the word of an {@link io.wxflux.options.Operation}, which rests while all else goes on; or, of a
     *     call that keeps the session going, its error: then the account rests
     * @param delay for how long
     */
    record Throttled(EventHead head, String operation, Duration delay) implements Lifecycle {
        @Override
        public String type() {
            return "wx.account.throttled";
        }
    }
}
