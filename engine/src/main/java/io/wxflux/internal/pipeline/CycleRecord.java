package io.wxflux.internal.pipeline;

import io.wxflux.internal.jfr.CycleEvent;
import io.wxflux.internal.pipeline.AccountPipeline.Turn;
import io.wxflux.internal.wire.SyncBody;
import io.wxflux.internal.wire.SyncCheckScript.SyncSignal;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What Flight Recorder is told of one account's cycle, one turn after the other. While no recording wants it, nothing is
 * made for it: an idle account has no more than before.
 */
final class CycleRecord {
    private final String account;
    private final Scheduler scheduler;
    private final AtomicReference<@Nullable CycleEvent> current = new AtomicReference<>();

    CycleRecord(String account, Scheduler scheduler) {
        this.account = account;
        this.scheduler = scheduler;
    }

    /** The same turns, each of them recorded that begins while a recording runs. */
    Flux<Turn> of(Flux<Turn> turn) {
        return Flux.defer(() -> CycleEvent.isOn() ? recorded(turn) : turn);
    }

    private Flux<Turn> recorded(Flux<Turn> turn) {
        var event = new CycleEvent(account, now());
        event.begin();
        current.set(event);
        return turn.doOnNext(what -> event.turned(what.name().toLowerCase(Locale.ROOT)))
                .doOnError(error -> event.failed(error, now()))
                // Not doFinally: the next turn begins in this one's completion.
                .doOnTerminate(() -> end(event))
                .doOnCancel(() -> end(event));
    }

    private void end(CycleEvent event) {
        if (current.compareAndSet(event, null)) {
            event.commit();
        }
    }

    void polled(String host, SyncSignal signal) {
        CycleEvent event = current.get();
        if (event != null) {
            event.polled(host, signal.retcode(), signal.selector(), now());
        }
    }

    Mono<SyncBody> fetching(Mono<SyncBody> fetch) {
        CycleEvent event = current.get();
        return event == null ? fetch : fetch.doOnSubscribe(begins -> event.fetching(now()));
    }

    void fetched(SyncBody page) {
        CycleEvent event = current.get();
        if (event != null) {
            long bytes = page.messages().stream()
                    .mapToLong(message -> message.raw().length())
                    .sum();
            event.fetched(page.messages().size(), bytes, now());
        }
    }

    void kept() {
        CycleEvent event = current.get();
        if (event != null) {
            event.kept(now());
        }
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
