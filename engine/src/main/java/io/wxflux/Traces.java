package io.wxflux;

import io.wxflux.internal.journal.JournalSearch;
import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.shard.Coordinator;
import io.wxflux.shard.Shard;
import io.wxflux.shard.ShardEvent;
import io.wxflux.sink.DeadLetterStore;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What a store knows of a message while no engine uses it; see {@link Engine#trace} for one that runs. */
public final class Traces {
    private Traces() {}

    /**
     * Opens the store for as long as it takes. <b>Emits</b> a trace for each account that knows of the message. <b>Errors</b>
     * what the store says; it belongs to one process at a time. <b>Cancellation</b> closes the store. <b>Threads</b> a
     * parallel one.
     */
    public static Flux<MessageTrace> of(
            Coordinator store, DeadLetterStore deadLetters, MsgId id, Predicate<AccountId> accounts) {
        return Flux.usingWhen(
                Mono.just(store),
                open -> open.shards()
                        .ofType(ShardEvent.Acquired.class)
                        .take(1)
                        .concatMap(granted -> of(granted.shard(), deadLetters, id, accounts)),
                Coordinator::close);
    }

    private static Flux<MessageTrace> of(
            Shard shard, DeadLetterStore deadLetters, MsgId id, Predicate<AccountId> accounts) {
        var tracing = new Tracing(new JournalSearch(shard, Schedulers.parallel()), deadLetters);
        return shard.restore()
                .collectList()
                .flatMapIterable(all -> all)
                .filter(stored -> accounts.test(stored.account()))
                .concatMap(stored -> tracing.trace(stored.account(), id, Mono.just(stored.seen()), stored.cursors()));
    }
}
