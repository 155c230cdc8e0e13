package io.wxflux.internal.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.ContactEvent;
import io.wxflux.event.EventHead;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.JournalListener;
import io.wxflux.internal.journal.MemoryBudget;
import io.wxflux.internal.journal.Slot;
import io.wxflux.model.AccountId;
import io.wxflux.model.Contact;
import io.wxflux.model.StableId;
import io.wxflux.model.StableId.Confidence;
import io.wxflux.model.UserName;
import io.wxflux.options.JournalBounds;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.shard.ShardEvent;
import io.wxflux.shard.StoredAccount;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Hints, proofs, and what happens when a proof says otherwise than a hint. */
class RecognitionTests {
    private static final UserName ONE = UserName.of("@1");
    private static final UserName TWO = UserName.of("@2");

    private final Draft draft = draft();
    private final Recognition recognition = new Recognition(draft, new SplittableRandom(7), false);

    static Draft draft() {
        var account = AccountId.of("a");
        var shard = ((ShardEvent.Acquired) Objects.requireNonNull(
                        new InMemoryCoordinator().shards().blockFirst()))
                .shard();
        var listener = new JournalListener() {
            @Override
            public Pending takePending(AccountId id) {
                return Pending.NONE;
            }

            @Override
            public void appended(AccountJournal journal, List<Slot> slots) {}
        };
        var journal = new AccountJournal(
                shard,
                StoredAccount.empty(account),
                Schedulers.immediate(),
                listener,
                Retry.max(0),
                JournalBounds.defaults(),
                1_000,
                new MemoryBudget(1_000));
        var empty = new Draft(
                new ContactStore(journal, new ContactCache(100_000)),
                () -> new EventHead(account, "a", Instant.EPOCH, OptionalLong.empty()));
        return Objects.requireNonNull(empty.withEverything().block());
    }

    private static Contact contact(UserName name, String nickName, String remarkName) {
        return new Contact(
                name, null, "", nickName, remarkName, "", "", "", 3, 0, 0, "", "", "", 0, false, 0, "", null);
    }

    private void gone(String id, String realId, String nickName, String remarkName) {
        draft.absent(contact(UserName.of("@old-" + id), nickName, remarkName)
                .withStableId(new StableId(id, Confidence.NEW), realId));
    }

    private StableId id(UserName name) {
        return Objects.requireNonNull(Objects.requireNonNull(draft.find(name)).stableId());
    }

    private List<String> absent() {
        return draft.absent().stream()
                .map(contact -> Objects.requireNonNull(contact.stableId()) + " " + contact.realId())
                .toList();
    }

    private List<String> corrected() {
        return draft.events().stream()
                .map(event -> ((ContactEvent.ContactUpdated) event).contact().userName() + " "
                        + ((ContactEvent.ContactUpdated) event).changed())
                .toList();
    }

    @Test
    void aStrongerHintComesFirstAndOneThatIsSharedNever() {
        gone("p-1", "", "same", "R");
        gone("p-2", "", "same", "");
        gone("p-3", "", "only", "");
        draft.put(contact(ONE, "other", "R"));
        draft.put(contact(TWO, "same", ""));
        draft.put(contact(UserName.of("@3"), "only", ""));
        recognition.recogniseAll();
        assertThat(id(ONE)).isEqualTo(new StableId("p-1", Confidence.LIKELY));
        assertThat(id(UserName.of("@3"))).isEqualTo(new StableId("p-3", Confidence.POSSIBLE));
        assertThat(id(TWO).confidence()).isEqualTo(Confidence.NEW);
        assertThat(absent()).containsExactly("p-2 ");
        assertThat(draft.events()).isEmpty();
    }

    @Test
    void aProofTakesTheIdFromWhomItWasGuessedFor() {
        gone("p-1", "wxid_1", "n", "R");
        draft.put(contact(ONE, "n1", "R"));
        draft.put(contact(TWO, "n2", ""));
        recognition.recogniseAll();
        assertThat(id(ONE)).isEqualTo(new StableId("p-1", Confidence.LIKELY));
        recognition.proven(TWO, "wxid_1");
        assertThat(id(TWO)).isEqualTo(new StableId("p-1", Confidence.CERTAIN));
        assertThat(id(ONE).confidence()).isEqualTo(Confidence.NEW);
        assertThat(corrected()).containsExactly("@1 [STABLE_ID]", "@2 [STABLE_ID]");
        assertThat(absent()).isEmpty();
    }

    @Test
    void aProofThatSomebodyIsAnotherGivesTheGuessedIdBack() {
        gone("p-1", "wxid_1", "n", "R");
        gone("p-9", "wxid_9", "m", "");
        draft.put(contact(ONE, "n1", "R"));
        recognition.recogniseAll();
        recognition.proven(ONE, "wxid_9");
        assertThat(id(ONE)).isEqualTo(new StableId("p-9", Confidence.CERTAIN));
        assertThat(absent()).containsExactly("p-1 wxid_1");
        assertThat(corrected()).containsExactly("@1 [STABLE_ID]");
        recognition.proven(ONE, "wxid_9");
        assertThat(draft.events()).as("proven is proven").hasSize(1);
    }

    @Test
    void aProofOfSomebodyNewMakesTheIdCertainWithoutChangingIt() {
        draft.put(contact(ONE, "n1", ""));
        recognition.recogniseAll();
        StableId before = id(ONE);
        recognition.proven(ONE, "wxid_1");
        assertThat(id(ONE)).isEqualTo(new StableId(before.value(), Confidence.CERTAIN));
        assertThat(draft.events()).isEmpty();
    }

    @Test
    void nobodyIsTakenForABuiltInAccountThatHasTheSameNick() {
        draft.absent(contact(UserName.of("filehelper"), "File Transfer", "")
                .withStableId(new StableId("b-filehelper", Confidence.CERTAIN), "filehelper"));
        draft.put(contact(UserName.of("filehelper"), "File Transfer", ""));
        draft.put(contact(ONE, "File Transfer", ""));
        recognition.recogniseAll();
        assertThat(id(UserName.of("filehelper")).value()).isEqualTo("b-filehelper");
        assertThat(id(ONE).confidence()).isEqualTo(Confidence.NEW);
        assertThat(absent()).isEmpty();
    }

    @Test
    void whoWasOnlyGuessedInOneLoginIsNoMoreThanGuessedInTheNext() {
        draft.absent(contact(UserName.of("@old"), "n", "R").withStableId(new StableId("p-1", Confidence.POSSIBLE), ""));
        draft.absent(contact(UserName.of("@older"), "m", "S")
                .withStableId(new StableId("p-2", Confidence.CERTAIN), "wxid_2"));
        draft.put(contact(ONE, "n", "R"));
        draft.put(contact(TWO, "m", "S"));
        recognition.recogniseAll();
        assertThat(id(ONE)).isEqualTo(new StableId("p-1", Confidence.POSSIBLE));
        assertThat(id(TWO)).isEqualTo(new StableId("p-2", Confidence.LIKELY));
    }
}
