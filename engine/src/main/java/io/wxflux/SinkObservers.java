package io.wxflux;

import io.wxflux.error.EventsMissedException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.delivery.LiveEvents;
import io.wxflux.internal.journal.ReadyQueue;
import io.wxflux.sink.SinkSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Shows the sinks what no journal keeps, as well as they keep up. */
final class SinkObservers {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.delivery");

    private final LiveEvents live;
    private final BiPredicate<SinkSpec, AccountEvent> feeds;
    private final ReadyQueue<SinkSpec> arrivals = new ReadyQueue<>();
    private final Map<String, Sinks.Empty<Void>> leaving = new ConcurrentHashMap<>();

    /** @param feeds whether a sink gets an event at all */
    SinkObservers(LiveEvents live, BiPredicate<SinkSpec, AccountEvent> feeds) {
        this.live = live;
        this.feeds = feeds;
    }

    /** Completes after {@link #complete()} once the live events have; never fails. */
    Mono<Void> run() {
        return arrivals.flatMap(this::observe, Integer.MAX_VALUE, 1).then();
    }

    void add(SinkSpec sink) {
        leaving.put(sink.name(), Sinks.empty());
        arrivals.offer(sink);
    }

    void remove(SinkSpec sink) {
        Sinks.Empty<Void> left = leaving.remove(sink.name());
        if (left != null) {
            left.tryEmitEmpty();
        }
    }

    void complete() {
        arrivals.complete();
    }

    private Flux<Void> observe(SinkSpec sink) {
        Sinks.Empty<Void> left = leaving.get(sink.name());
        return left == null ? Flux.empty() : shown(sink).takeUntilOther(left.asMono());
    }

    private Flux<Void> shown(SinkSpec sink) {
        return live.liveOnly()
                .filter(event -> feeds.test(sink, event))
                .map(event -> visibleTo(sink, event))
                .concatMap(event -> Mono.defer(() -> sink.sink().observe(event)).onErrorResume(error -> {
                    log.debug("sink {} failed to show a live event", sink.name(), error);
                    return Mono.empty();
                }))
                .doOnError(
                        EventsMissedException.class,
                        error -> log.warn(
                                "sink {} was too slow for live events: {} of them were not shown to it",
                                sink.name(),
                                error.missed()))
                .retry();
    }

    private static AccountEvent visibleTo(SinkSpec sink, AccountEvent event) {
        return event instanceof Lifecycle.QrIssued qr && !sink.qr()
                ? new Lifecycle.QrIssued(qr.head(), null, qr.number(), qr.most())
                : event;
    }
}
