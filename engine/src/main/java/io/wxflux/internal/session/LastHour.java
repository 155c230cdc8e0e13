package io.wxflux.internal.session;

import static java.util.Objects.requireNonNull;

import io.wxflux.internal.protocol.Stamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How often something happened within the last hour. Counted on a clock that nobody sets; over a restart the time of day
 * has to do, and what seems to be in the future then counts as just now.
 */
final class LastHour {
    static final Duration HOUR = Duration.ofHours(1);

    private final Stamps clock;

    /** On the steady clock, the oldest first. */
    private final AtomicReference<List<Long>> times;

    /** @param kept unix milliseconds */
    LastHour(Stamps clock, List<Long> kept) {
        this.clock = clock;
        long wall = clock.now();
        long steady = clock.steady();
        this.times = new AtomicReference<>(kept.stream()
                .map(time -> steady - Math.max(0, wall - time))
                .filter(time -> steady - time < HOUR.toMillis())
                .sorted()
                .toList());
    }

    void add() {
        long now = clock.steady();
        times.updateAndGet(before -> {
            var after = new ArrayList<Long>(recent(before, now));
            after.add(now);
            return List.copyOf(after);
        });
    }

    void clear() {
        times.set(List.of());
    }

    int count() {
        return recent().size();
    }

    /** Since the last one; an hour when there was none. */
    Duration sinceLast() {
        List<Long> recent = recent();
        return recent.isEmpty() ? HOUR : Duration.ofMillis(clock.steady() - recent.get(recent.size() - 1));
    }

    /** Until there are fewer than so many; zero when there are. */
    Duration untilFewerThan(int most) {
        List<Long> recent = recent();
        return recent.size() < most
                ? Duration.ZERO
                : Duration.ofMillis(recent.get(recent.size() - most) + HOUR.toMillis() - clock.steady());
    }

    /** Unix milliseconds, for after a restart. */
    List<Long> kept() {
        long wall = clock.now();
        long steady = clock.steady();
        return recent().stream().map(time -> wall - (steady - time)).toList();
    }

    private List<Long> recent() {
        return recent(requireNonNull(times.get()), clock.steady());
    }

    private static List<Long> recent(List<Long> times, long now) {
        return times.stream().filter(time -> now - time < HOUR.toMillis()).toList();
    }
}
