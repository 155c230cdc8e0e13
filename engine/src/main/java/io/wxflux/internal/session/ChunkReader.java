package io.wxflux.internal.session;

import io.wxflux.error.MediaRefusedException;
import io.wxflux.internal.protocol.UploadPlan;
import io.wxflux.internal.protocol.UploadPlan.Body;
import io.wxflux.model.MediaSource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The second reading of a file: its bytes put into the forms of its chunks, one chunk at a time and when it is asked for.
 * The last one is only given if the whole is what it was at the first reading.
 */
final class ChunkReader {
    private final UploadPlan plan;
    private final String md5;
    private final MessageDigest digest = FileFacts.md5();
    private @Nullable Body current;
    private int filled;
    private int next;

    private ChunkReader(UploadPlan plan, String md5) {
        this.plan = plan;
        this.md5 = md5;
    }

    /** @param files where reading may block */
    static Flux<Body> of(MediaSource source, UploadPlan plan, String md5, Scheduler files) {
        return Flux.defer(() -> {
            var reader = new ChunkReader(plan, md5);
            return source.bytes()
                    .onErrorMap(FileFacts::unreadable)
                    .concatMapIterable(reader::over, 1)
                    .concatWith(Mono.defer(reader::end))
                    .take(plan.chunks())
                    .subscribeOn(files);
        });
    }

    private Iterable<Body> over(ByteBuffer piece) {
        ByteBuffer rest = piece.duplicate();
        return () -> new Iterator<>() {
            /** Takes in what is there: another chunk is only begun when the one before it was handed over. */
            @Override
            public boolean hasNext() {
                take(rest);
                return current != null && filled == plan.length(next);
            }

            @Override
            public Body next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return handOver();
            }
        };
    }

    private void take(ByteBuffer rest) {
        while (rest.hasRemaining() && next < plan.chunks()) {
            Body body = current;
            if (body == null) {
                body = plan.body(next);
                current = body;
                filled = 0;
            }
            int room = plan.length(next) - filled;
            if (room == 0) {
                return;
            }
            int some = Math.min(room, rest.remaining());
            digest.update(rest.duplicate().limit(rest.position() + some));
            rest.get(body.bytes(), body.at() + filled, some);
            filled += some;
        }
    }

    private Body handOver() {
        Body full = current;
        if (full == null) {
            throw new NoSuchElementException();
        }
        current = null;
        next++;
        if (next == plan.chunks() && !HexFormat.of().formatHex(digest.digest()).equals(md5)) {
            throw changed();
        }
        return full;
    }

    private Mono<Body> end() {
        return next == plan.chunks() ? Mono.empty() : Mono.error(changed());
    }

    private static MediaRefusedException changed() {
        return new MediaRefusedException(
                "what is being sent has changed since it was first read; it was not sent: leave it alone and send again");
    }
}
