package io.wxflux.simulator;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Watches how the client of one session behaves over time: one call at a time, keys and stamps that only rise, and no
 * polling without cause. Guarded by the account's lock.
 */
final class Conduct {

    /** A closed connection may be noticed a little after the request that follows it. */
    private static final long OVERLAP_GRACE_MILLIS = 400;

    private final BiConsumer<Violation.Kind, String> report;
    private final List<Exchange> open = new ArrayList<>(1);
    private final RateWindow polls;
    private final RateWindow syncs;
    private final int limit;
    private final Duration window;
    private long lastStamp;
    private long shown = -1;
    private boolean mayGoBack = true;
    private boolean nextPollCounts;
    private boolean syncHasCause = true;

    Conduct(Settings settings, BiConsumer<Violation.Kind, String> report) {
        this.report = report;
        limit = settings.pollLimit();
        window = settings.pollWindow();
        polls = new RateWindow(limit, window.toMillis());
        syncs = new RateWindow(limit, window.toMillis());
    }

    /** A call begins; whatever else is open by then, and is not given up by the client, overlaps with it. */
    void begin(Exchange exchange) {
        for (Exchange other : List.copyOf(open)) {
            if (other.isOpen()) {
                Channel channel = other.channel();
                Runnable judge = () -> {
                    if (!other.wasGivenUp()) {
                        report.accept(
                                Violation.Kind.OVERLAP,
                                exchange.call() + " came while " + other.call() + " was still open");
                    }
                };
                channel.eventLoop().schedule(judge, OVERLAP_GRACE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        open.add(exchange);
    }

    void end(Exchange exchange) {
        open.remove(exchange);
    }

    /** The stamp {@code _} of a synccheck; it has to rise. */
    void stamp(String text) {
        long stamp;
        try {
            stamp = Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            report.accept(Violation.Kind.BAD_QUERY, "synccheck with a stamp _ that is no number");
            return;
        }
        if (stamp <= lastStamp) {
            report.accept(Violation.Kind.BAD_QUERY, "synccheck with a stamp _ that did not rise");
        }
        lastStamp = stamp;
    }

    /** The client started anew: its stamps and keys may begin again where it saved them. */
    void restarted() {
        mayGoBack = true;
        lastStamp = 0;
        syncHasCause = true;
        nextPollCounts = false;
    }

    void pollBegins(long now) {
        if (nextPollCounts && polls.exceededBy(now)) {
            report.accept(
                    Violation.Kind.TOO_FAST,
                    "more than " + limit + " synccheck in " + window + " although the ones before brought nothing");
        }
        nextPollCounts = true;
    }

    /** A fault was played on a poll; the client may look for news, but has to slow down if that goes on. */
    void pollWentWrong() {
        syncHasCause = true;
        nextPollCounts = true;
    }

    void pollWasHeldToTheEnd() {
        nextPollCounts = false;
    }

    /** A poll ended in any other way than with "nothing new": reason enough for a webwxsync. */
    void syncHasCause() {
        syncHasCause = true;
    }

    void syncBegins(long now) {
        if (!syncHasCause && syncs.exceededBy(now)) {
            report.accept(
                    Violation.Kind.TOO_FAST,
                    "more than " + limit + " webwxsync in " + window + " that nothing had called for");
        }
    }

    void syncAnswered(boolean broughtSomething, boolean more) {
        syncHasCause = more;
        if (broughtSomething) {
            nextPollCounts = false;
        }
    }

    /** The key of a webwxsync. */
    void syncKeyShown(long position) {
        if (position < shown && !mayGoBack) {
            report.accept(
                    Violation.Kind.KEY_WENT_BACK,
                    "webwxsync showed position " + position + " after " + shown + " had been shown");
        }
        mayGoBack = false;
        shown = position;
    }

    /** The key of a synccheck. */
    void checkKeyShown(long position) {
        shown = Math.max(shown, position);
    }

    /** Whether this session's client ever showed a key. */
    boolean hasShownAKey() {
        return shown >= 0;
    }
}
