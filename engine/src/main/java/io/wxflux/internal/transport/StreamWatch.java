package io.wxflux.internal.transport;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Sees to it that an answer that is handed over bit by bit comes to an end. A reader that takes its time is no silence of
 * the server. All but {@link #claim()} runs on the channel's event loop.
 */
final class StreamWatch {
    private static final int LOOKS = 4;

    private final Scheduler timer;
    private final long idle;
    private final long end;
    private final Disposable.Swap looking = Disposables.swap();
    private boolean reading;
    private boolean announced;
    private long since;
    private volatile boolean claimed;

    StreamWatch(Scheduler timer, Duration idle, Duration deadline) {
        this.timer = timer;
        this.idle = idle.toNanos();
        this.end = now() + deadline.toNanos();
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }

    /** @param complain is told, on the event loop, what is wrong */
    void start(Channel channel, Consumer<String> complain) {
        since = now();
        long pause = Math.max(1, idle / LOOKS);
        looking.update(timer.schedulePeriodically(
                () -> channel.eventLoop().execute(() -> {
                    String complaint = complaint();
                    if (complaint != null && !looking.isDisposed()) {
                        looking.dispose();
                        complain.accept(complaint);
                    }
                }),
                pause,
                pause,
                TimeUnit.NANOSECONDS));
    }

    void stop() {
        looking.dispose();
    }

    /** From now on the server is waited for. */
    void reading() {
        if (!reading) {
            reading = true;
            since = now();
        }
    }

    void read() {
        reading = false;
        since = now();
    }

    void announced() {
        announced = true;
        since = now();
    }

    /** Somebody reads the body. */
    void claim() {
        claimed = true;
    }

    private @Nullable String complaint() {
        long now = now();
        if (now - end >= 0) {
            return "the answer was not complete within its deadline";
        }
        if (now - since < idle) {
            return null;
        }
        if (announced && !claimed) {
            return "the answer was not read";
        }
        return reading ? "it fell silent" : null;
    }
}
