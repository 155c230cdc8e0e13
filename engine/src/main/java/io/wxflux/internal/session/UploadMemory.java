package io.wxflux.internal.session;

import static java.util.Objects.requireNonNull;

import io.wxflux.internal.protocol.Stamps;
import io.wxflux.internal.protocol.UploadedMedia;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** What a session has uploaded of late. Few, and not for long: how long the service keeps things is not known. */
final class UploadMemory {
    private static final int MOST = 64;
    private static final long LIFE = Duration.ofMinutes(30).toMillis();

    private final Scheduler clock;
    private final AtomicReference<List<Entry>> entries = new AtomicReference<>(List.of());

    private record Entry(String key, UploadedMedia media, long end) {}

    UploadMemory(Scheduler clock) {
        this.clock = clock;
    }

    /** The same content, under the name it is to have now; null when it is not there. */
    @Nullable
    UploadedMedia recall(String key, String fileName) {
        long now = Stamps.steady(clock);
        return requireNonNull(entries.get()).stream()
                .filter(entry -> entry.key().equals(key) && now < entry.end())
                .findFirst()
                .map(entry -> named(entry.media(), fileName))
                .orElse(null);
    }

    private static UploadedMedia named(UploadedMedia media, String name) {
        return new UploadedMedia(
                media.mediaId(),
                media.signature(),
                media.aesKey(),
                media.encryFileName(),
                name,
                media.size(),
                media.md5());
    }

    void keep(String key, UploadedMedia media) {
        long now = Stamps.steady(clock);
        entries.updateAndGet(before -> {
            List<Entry> after = without(before, entry -> entry.key().equals(key) || entry.end() <= now);
            after.add(new Entry(key, media, now + LIFE));
            return List.copyOf(after.subList(Math.max(0, after.size() - MOST), after.size()));
        });
    }

    void forget(UploadedMedia media) {
        entries.updateAndGet(before ->
                List.copyOf(without(before, entry -> entry.media().mediaId().equals(media.mediaId()))));
    }

    private static List<Entry> without(List<Entry> entries, Predicate<Entry> gone) {
        return new ArrayList<>(entries.stream().filter(gone.negate()).toList());
    }
}
