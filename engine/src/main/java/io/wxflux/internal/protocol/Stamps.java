package io.wxflux.internal.protocol;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/**
 * The stamps and made-up ids of one account's requests (PROTOCOL 3), and its two clocks: the time of day, which somebody
 * may set, is for what others read; how long something took or has to wait is told by the steady one. Thread-safe.
 */
public final class Stamps {
    private final Scheduler clock;
    private final RandomGenerator random;
    private final AtomicLong script;
    private final AtomicLong message;

    public Stamps(Scheduler clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        this.script = new AtomicLong(clock.now(TimeUnit.MILLISECONDS));
        this.message = new AtomicLong();
    }

    Scheduler clock() {
        return clock;
    }

    /** Milliseconds of unix time. */
    public long now() {
        return clock.now(TimeUnit.MILLISECONDS);
    }

    /** Milliseconds of a clock that nobody sets; only differences mean anything. It may stand while the machine sleeps. */
    public long steady() {
        return steady(clock);
    }

    /** As {@link #steady()}. A scheduler tells the time of day in milliseconds and coarser, its steady clock in finer units. */
    public static long steady(Scheduler clock) {
        return TimeUnit.NANOSECONDS.toMillis(clock.now(TimeUnit.NANOSECONDS));
    }

    /** The {@code r} of login and init: JavaScript's {@code ~Date.now()}, a signed 32-bit number. */
    long notNow() {
        return ~(int) now();
    }

    /** The {@code _} of script requests: one more each time. Two equal ones in a row are suspected to give 1102. */
    long script() {
        return script.incrementAndGet();
    }

    /** {@code e} and 15 digits, new for every call. */
    String deviceId() {
        var text = new StringBuilder(16).append('e');
        for (int i = 0; i < 15; i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        return text.toString();
    }

    /** No later ClientMsgId is below this one: the clock may have been set back since it was made. */
    public void after(String clientMsgId) {
        long known = Long.parseLong(clientMsgId);
        message.accumulateAndGet(known, Math::max);
    }

    /** ClientMsgId: milliseconds and four digits. Rises always, so that no two messages of an account share one. */
    String clientMsgId() {
        long candidate = now() * 10_000 + random.nextInt(10_000);
        return Long.toString(message.updateAndGet(last -> Math.max(last + 1, candidate)));
    }
}
