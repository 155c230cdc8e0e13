package io.wxflux.internal.session;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.MediaUnavailableException;
import io.wxflux.internal.transport.HttpStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The bytes of a download, over as many answers as it takes. When the line breaks, the rest is asked for; a service that
 * gives all of it again is read past what was handed on already.
 */
final class MediaBody {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
    private static final int PARTIAL = 206;
    private static final int MOST_BREAKS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LongFunction<Mono<HttpStream>> opener;
    private final Scheduler scheduler;

    /** @param opener asks for everything from a byte on */
    MediaBody(LongFunction<Mono<HttpStream>> opener, Scheduler scheduler) {
        this.opener = opener;
        this.scheduler = scheduler;
    }

    /** Goes on with an answer that has begun. */
    Flux<ByteBuffer> read(HttpStream begun) {
        return Flux.defer(() -> new Reading(length(begun)).through(begun));
    }

    /** Asks anew. */
    Flux<ByteBuffer> read() {
        return Flux.defer(() -> opener.apply(0)).concatMap(this::read, 1);
    }

    /** Of the whole thing; -1 when the service does not say. */
    static long length(HttpStream answer) {
        if (answer.status() != PARTIAL) {
            return answer.length();
        }
        Matcher range = range(answer);
        return range.matches() && !range.group(3).equals("*") ? Long.parseLong(range.group(3)) : -1;
    }

    private static Matcher range(HttpStream answer) {
        return RANGE.matcher(answer.contentRange().strip());
    }

    /** The first byte that an answer brings; -1 when it makes no sense. */
    private static long start(HttpStream answer) {
        if (answer.status() != PARTIAL) {
            return 0;
        }
        Matcher range = range(answer);
        return range.matches() ? Long.parseLong(range.group(1)) : -1;
    }

    /** One reader's way through it. Signals come one at a time. */
    private final class Reading {
        private final long total;
        private long at;
        private long atLastBreak = -1;
        private int breaks;

        Reading(long total) {
            this.total = total;
        }

        Flux<ByteBuffer> through(HttpStream answer) {
            long start = start(answer);
            if (start < 0 || start > at || (total >= 0 && length(answer) >= 0 && length(answer) != total)) {
                answer.discard().run();
                return Flux.error(new MediaUnavailableException(
                        "the service goes on with something else than it began with; fetch it anew"));
            }
            return past(answer.body(), at - start)
                    .doOnNext(piece -> at += piece.remaining())
                    .concatWith(Flux.defer(this::rest))
                    .onErrorResume(HostUnreachableException.class, this::again);
        }

        private Flux<ByteBuffer> past(Flux<ByteBuffer> body, long known) {
            if (known == 0) {
                return body;
            }
            long[] left = {known};
            return body.handle((piece, sink) -> {
                int skipped = (int) Math.min(left[0], piece.remaining());
                left[0] -= skipped;
                if (skipped < piece.remaining()) {
                    sink.next(piece.position(piece.position() + skipped));
                }
            });
        }

        /** A service may give less at a time than it was asked for. */
        private Flux<ByteBuffer> rest() {
            return at < total
                    ? Flux.error(new HostUnreachableException("only " + at + " of " + total + " bytes came"))
                    : Flux.empty();
        }

        private Flux<ByteBuffer> again(HttpStream answer) {
            return through(answer);
        }

        private Flux<ByteBuffer> again(HostUnreachableException error) {
            breaks = at > atLastBreak ? 1 : breaks + 1;
            atLastBreak = at;
            if (breaks > MOST_BREAKS) {
                return Flux.error(error);
            }
            return Mono.delay(PAUSE, scheduler)
                    .then(Mono.defer(() -> opener.apply(at)))
                    .map(this::again)
                    .onErrorResume(HostUnreachableException.class, next -> Mono.just(again(next)))
                    .flatMapMany(Function.identity());
        }
    }
}
