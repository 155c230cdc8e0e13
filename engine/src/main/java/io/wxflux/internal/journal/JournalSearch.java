package io.wxflux.internal.journal;

import io.wxflux.internal.wire.JournalEntry;
import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.shard.JournalRecord;
import io.wxflux.shard.Shard;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Looks for a message in all that is left of a journal, one page after the other. */
public final class JournalSearch {
    private static final int PAGE_BYTES = 256 * 1024;

    /** How ids begin that were made of a message's bytes, as the service gave it none. */
    private static final String MADE_UP = "x";

    private final Shard shard;
    private final Scheduler scheduler;

    /** @param scheduler where pages are looked through */
    public JournalSearch(Shard shard, Scheduler scheduler) {
        this.shard = shard;
        this.scheduler = scheduler;
    }

    /** <b>Emits</b> the offset of the message, of the newest one when several logins had this id; nothing when it is gone. */
    public Mono<Long> find(AccountId account, MsgId id) {
        return page(account, 0)
                .expand(records -> records.isEmpty()
                        ? Mono.empty()
                        : page(account, records.get(records.size() - 1).offset() + 1))
                .concatMapIterable(records -> records)
                .filter(record -> holds(record, id))
                .map(JournalRecord::offset)
                .takeLast(1)
                .next();
    }

    private Mono<List<JournalRecord>> page(AccountId account, long from) {
        return shard.read(account, from, PAGE_BYTES).publishOn(scheduler);
    }

    private static boolean holds(JournalRecord record, MsgId id) {
        if (!(JournalEntry.decode(record.payload()) instanceof JournalEntry.OfMessage message)) {
            return false;
        }
        // Most are not the one: to look for the digits is much less than to decode. An id that was made up is in no
        // message.
        return (id.value().startsWith(MADE_UP) || message.raw().json().contains(id.value()))
                && message.message().header().id().equals(id);
    }
}
