package io.wxflux.internal.journal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.EventHead;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.wire.JournalEntry;
import io.wxflux.internal.wire.SampleMessages;
import io.wxflux.internal.wire.SyncBody;
import io.wxflux.model.AccountId;
import io.wxflux.model.SyncKey;
import io.wxflux.model.SyncPosition;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import io.wxflux.options.JournalBounds;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.shard.Shard;
import io.wxflux.shard.ShardEvent;
import io.wxflux.shard.StoredAccount;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** What was found in a batch when it came: beside its records as long as they are in memory, and read anew after that. */
class FoundEntriesTests {
    private static final AccountId ALICE = AccountId.of("alice");
    private static final UserName ME = UserName.of(SampleMessages.SELF);
    private static final SyncPosition NEXT = SyncPosition.initial(new SyncKey(List.of(new SyncKey.Entry(1, 2))));

    private final List<Slot> appended = new ArrayList<>();

    private AccountJournal journal(int tailBytes) {
        var listener = new JournalListener() {
            @Override
            public Pending takePending(AccountId account) {
                return Pending.NONE;
            }

            @Override
            public void appended(AccountJournal journal, List<Slot> slots) {
                appended.addAll(slots);
            }
        };
        var acquired = (ShardEvent.Acquired)
                requireNonNull(new InMemoryCoordinator().shards().blockFirst());
        Shard shard = acquired.shard();
        return new AccountJournal(
                shard,
                StoredAccount.empty(ALICE),
                Schedulers.immediate(),
                listener,
                Retry.max(0),
                JournalBounds.defaults(),
                tailBytes,
                new MemoryBudget(1 << 20));
    }

    /** An event, and of the messages one twice: each record must be beside its own. */
    private static AccountJournal.Batch batch() {
        String[] json = {
            SampleMessages.message(1, 1, 0, SampleMessages.ALICE, "first"),
            SampleMessages.message(1, 1, 0, SampleMessages.ALICE, "first"),
            SampleMessages.message(2, 3, 0, SampleMessages.ALICE, "&lt;msg/&gt;"),
        };
        String body = "{\"BaseResponse\":{\"Ret\":0},\"AddMsgList\":[" + String.join(",", json) + "]}";
        var head = new EventHead(ALICE, "alice-ready", Instant.EPOCH, OptionalLong.of(0));
        return new AccountJournal.Batch(
                new Uin(7),
                ME,
                List.of(new Lifecycle.Ready(head, 1, 2)),
                SyncBody.parse(body.getBytes(StandardCharsets.UTF_8)).messages(),
                NEXT,
                null,
                List.of());
    }

    private List<Slot> written(AccountJournal journal) {
        assertThat(journal.append(() -> Mono.just(batch())).block()).isEqualTo(2);
        return requireNonNull(journal.page(0, 10, 1 << 20).block());
    }

    @Test
    void sinksThatKeepUpReadNothingAgain() {
        List<Slot> slots = written(journal(1 << 16));
        assertThat(slots).hasSize(3).isEqualTo(appended);
        assertThat(slots.get(0).entry()).isInstanceOf(JournalEntry.OfEvent.class);
        for (Slot slot : slots.subList(1, 3)) {
            assertThat(slot.entry()).as("kept").isSameAs(slot.entry()).isEqualTo(JournalEntry.decode(slot.record()));
        }
    }

    @Test
    void whatIsNotInMemoryIsReadFromItsRecord() {
        List<Slot> slots = written(journal(0));
        assertThat(slots).hasSize(3).doesNotContainAnyElementsOf(appended);
        for (int i = 1; i < 3; i++) {
            Slot slot = slots.get(i);
            assertThat(slot.entry())
                    .isNotSameAs(slot.entry())
                    .isEqualTo(appended.get(i).entry());
            assertThat(((JournalEntry.OfMessage) slot.entry()).message())
                    .isEqualTo(((JournalEntry.OfMessage) appended.get(i).entry()).message());
        }
    }
}
