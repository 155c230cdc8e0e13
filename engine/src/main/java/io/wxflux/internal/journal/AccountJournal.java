package io.wxflux.internal.journal;

import io.wxflux.error.StoreUnavailableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.internal.wire.JournalEntry;
import io.wxflux.internal.wire.SyncBody.ReceivedMessage;
import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.model.SyncPosition;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import io.wxflux.options.JournalBounds;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.DedupeWindow;
import io.wxflux.shard.Document;
import io.wxflux.shard.SeenMessage;
import io.wxflux.shard.Shard;
import io.wxflux.shard.StoredAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * One account's journal: gives records their offsets, leaves out what the dedupe window knows, makes batch and position
 * durable as one, and only then lets anybody see them. Appends happen one after the other and, once begun, are not undone
 * by a cancellation: memory and disk never part.
 */
public final class AccountJournal {
    /** The most that is read of a journal at once. */
    public static final int PAGE_BYTES = 256 * 1024;

    /** A store that neither takes a commit nor refuses it: the session must not go silent with it. */
    private static final Duration UNANSWERED = Duration.ofSeconds(20);

    private static final Duration WINDOW_WAIT = Duration.ofSeconds(5);

    private final AccountId account;
    private final Shard shard;
    private final Scheduler scheduler;
    private final JournalListener listener;
    private final Retry storeRetry;
    private final MemoryBudget budget;
    private final JournalTail tail;
    private final DedupeWindow window = new DedupeWindow();
    private final Queue<SeenMessage> sent = new ConcurrentLinkedQueue<>();
    private final SerialGate gate = new SerialGate();
    private final JournalRoom room;
    private final long firstOffset;

    private volatile Supplier<List<Document>> riders = List::of;
    private volatile long nextOffset;
    private volatile @Nullable SyncPosition position;
    private volatile long received;
    private volatile long duplicates;

    public AccountJournal(
            Shard shard,
            StoredAccount stored,
            Scheduler scheduler,
            JournalListener listener,
            Retry storeRetry,
            JournalBounds bounds,
            int tailBytes,
            MemoryBudget budget) {
        this.account = stored.account();
        this.shard = shard;
        this.scheduler = scheduler;
        this.listener = listener;
        this.storeRetry = storeRetry;
        this.room = new JournalRoom(account, shard, bounds, listener, scheduler);
        this.budget = budget;
        this.tail = new JournalTail(tailBytes, budget);
        stored.seen().forEach(window::add);
        this.firstOffset = stored.firstOffset();
        this.nextOffset = stored.nextOffset();
        this.position = stored.position();
    }

    public AccountId account() {
        return account;
    }

    /** Whether more can be taken. */
    public JournalRoom room() {
        return room;
    }

    /** The oldest offset that was there when the journal was opened. */
    public long firstOffset() {
        return firstOffset;
    }

    /** The offset the next record gets; everything below it is durable. */
    public long nextOffset() {
        return nextOffset;
    }

    /** Nothing was ever written: the first record may get any offset. */
    public boolean isNew() {
        return nextOffset == 0;
    }

    /** Begins an empty journal where a sink, which outlived the state directory, already is. */
    public void beginAt(long offset) {
        if (isNew()) {
            nextOffset = offset;
        }
    }

    /** The last durable position; null before the first. */
    public @Nullable SyncPosition position() {
        return position;
    }

    public long received() {
        return received;
    }

    public long duplicates() {
        return duplicates;
    }

    /** A message we sent: should the server echo it, it is no news. */
    public void sent(Uin uin, MsgId id) {
        if (!id.value().isEmpty()) {
            sent.add(new SeenMessage(uin, id, seconds()));
        }
    }

    /** Asked at each commit for documents that need none of their own. What it gave is given once. */
    public void riding(Supplier<List<Document>> documents) {
        riders = documents;
    }

    /**
     * What one webwxsync answer leaves behind. The events come before the messages (PROTOCOL 8.2, rule 6).
     *
     * @param session null = unchanged
     * @param onDurable run when all of it is, still in this turn; must neither wait nor fail
     */
    public record Batch(
            Uin uin,
            UserName self,
            List<? extends AccountEvent> events,
            List<ReceivedMessage> messages,
            SyncPosition next,
            byte @Nullable [] session,
            List<Document> documents,
            Runnable onDurable) {
        public Batch(
                Uin uin,
                UserName self,
                List<? extends AccountEvent> events,
                List<ReceivedMessage> messages,
                SyncPosition next,
                byte @Nullable [] session,
                List<Document> documents) {
            this(uin, self, events, messages, next, session, documents, NOTHING);
        }
    }

    private static final Runnable NOTHING = () -> {};

    /**
     * Events and documents that become durable together.
     *
     * @param onDurable run when they are, still in this turn; must neither wait nor fail
     */
    public record Update(List<? extends AccountEvent> events, List<Document> documents, Runnable onDurable) {
        public static final Update NONE = new Update(List.of(), List.of());

        public Update(List<? extends AccountEvent> events, List<Document> documents) {
            this(events, documents, NOTHING);
        }

        public boolean isNone() {
            return events.isEmpty() && documents.isEmpty();
        }
    }

    /**
     * Makes a batch durable. <b>Emits</b> how many of its messages were new. <b>Errors</b> as {@link Shard#commit}, except
     * that an unavailable store is waited for. <b>Cancellation</b> does not undo a commit under way.
     *
     * @param work makes the batch when it is its turn: what it reads of the documents is what it changes. It may wait for
     *     the store, not for the network; begun anew when the store cannot be read
     */
    public Mono<Integer> append(Supplier<Mono<Batch>> work) {
        return gate.inTurn(() -> patient(Mono.defer(work)).flatMap(this::commit));
    }

    private Mono<Integer> commit(Batch batch) {
        var payloads =
                new ArrayList<byte[]>(batch.events().size() + batch.messages().size());
        batch.events().forEach(event -> payloads.add(JournalEntry.event(event)));
        List<JournalEntry> messages = new ArrayList<>(batch.messages().size());
        List<SeenMessage> seen = takeSent();
        int echoes = seen.size();
        Set<MsgId> inBatch = new HashSet<>();
        long now = seconds();
        for (ReceivedMessage message : batch.messages()) {
            boolean known = window.contains(batch.uin(), message.id());
            if (known || echoed(seen, echoes, message.id()) || !inBatch.add(message.id())) {
                duplicates++;
                continue;
            }
            seen.add(new SeenMessage(batch.uin(), message.id(), now));
            JournalEntry.Written written = JournalEntry.message(batch.uin(), batch.self(), message);
            payloads.add(written.record());
            messages.add(written.entry());
        }
        if (payloads.isEmpty()
                && seen.isEmpty()
                && batch.session() == null
                && batch.documents().isEmpty()
                && batch.next().equals(position)) {
            batch.onDurable().run();
            return Mono.just(0);
        }
        int count = messages.size();
        return commit(
                        new AccountCommit(
                                account, batch.session(), batch.next(), seen, nextOffset, payloads, batch.documents()),
                        messages,
                        batch.onDurable())
                .then(Mono.fromSupplier(() -> {
                    received += count;
                    return count;
                }));
    }

    /** As {@link #append(Supplier)}, without messages. Nothing is written when there is nothing to change. */
    public Mono<Void> update(Supplier<Mono<Update>> work) {
        return gate.inTurn(() -> patient(Mono.defer(work))
                .flatMap(update -> update.isNone()
                        ? Mono.<Void>empty()
                        : commit(
                                new AccountCommit(
                                        account,
                                        null,
                                        null,
                                        takeSent(),
                                        nextOffset,
                                        update.events().stream()
                                                .map(JournalEntry::event)
                                                .toList(),
                                        update.documents()),
                                List.of(),
                                update.onDurable())));
    }

    /** Reads again as long as the store cannot be read now, as commits are tried again. */
    public <T> Mono<T> patient(Mono<T> reading) {
        return reading.retryWhen(storeRetry);
    }

    /** A document of this account, as of the last commit; nothing when there is none. */
    public Mono<byte[]> document(String key) {
        return shard.document(account, key).publishOn(scheduler);
    }

    /** The keys that begin with the prefix, in order. */
    public Mono<List<String>> documentKeys(String prefix) {
        return shard.documentKeys(account, prefix).publishOn(scheduler);
    }

    /** Makes an event durable, with the session and the position that go with it. */
    public Mono<Void> append(AccountEvent event, byte @Nullable [] session, @Nullable SyncPosition next) {
        return gate.inTurn(() -> commit(
                new AccountCommit(account, session, next, takeSent(), nextOffset, List.of(JournalEntry.event(event)))));
    }

    /** Makes the session durable without any event. */
    public Mono<Void> store(byte[] session, @Nullable SyncPosition next) {
        return gate.inTurn(() -> commit(new AccountCommit(account, session, next, takeSent(), nextOffset, List.of()))
                        .thenReturn(1))
                .then();
    }

    /** Completes when every append that was begun before has ended, well or not, and what was sent is kept, too. */
    public Mono<Void> settled() {
        return gate.inTurn(() -> {
            List<SeenMessage> seen = takeSent();
            List<Document> documents = riders.get();
            return seen.isEmpty() && documents.isEmpty()
                    ? Mono.<Void>empty()
                    : commit(new AccountCommit(account, null, null, seen, nextOffset, List.of(), documents));
        });
    }

    /**
     * The records from an offset on, from memory or from the shard; fewer than asked for, and an empty list at the end.
     *
     * @param maxBytes of records; one comes even if it is larger
     */
    public Mono<List<Slot>> page(long from, int most, int maxBytes) {
        if (from >= nextOffset) {
            return Mono.just(List.of());
        }
        List<Slot> inMemory = tail.page(from, most, maxBytes);
        if (inMemory != null) {
            return Mono.just(inMemory);
        }
        // What follows is the sinks' work: on the shard's own thread it would hold up every account's commits.
        return shard.read(account, from, maxBytes)
                .publishOn(scheduler)
                .map(records -> records.stream()
                        .limit(most)
                        .map(record -> slot(record.offset(), record.payload()))
                        .toList());
    }

    /** A record that was read, or kept elsewhere. */
    public Slot slot(long offset, byte[] payload) {
        return new Slot(offset, payload, null, budget);
    }

    /** What the pages of all accounts are paid from. */
    public MemoryBudget budget() {
        return budget;
    }

    /**
     * What the dedupe window knows. <b>Emits</b> it in turn with the appends; nothing when the store holds these up for
     * longer than it is waited for here.
     */
    public Mono<List<SeenMessage>> seen() {
        return gate.inTurn(() -> Mono.fromSupplier(window::entries)).timeout(WINDOW_WAIT, Mono.empty(), scheduler);
    }

    /** No sink that keeps up wants what is below this offset: its memory is given back. */
    public void trimTail(long offset) {
        tail.trimTo(offset);
    }

    private Mono<Void> commit(AccountCommit commit) {
        return commit(commit, List.of(), NOTHING);
    }

    /** @param read the last records as they would be read, for those who get them while they are in memory */
    private Mono<Void> commit(AccountCommit asked, List<JournalEntry> read, Runnable onDurable) {
        AccountCommit commit = withRiders(asked);
        return Mono.defer(() -> {
                    JournalListener.Pending pending = listener.takePending(account);
                    var group = new CommitGroup(List.of(commit), pending.cursors(), pending.retentions());
                    return attempt(group)
                            .doOnSuccess(done -> pending.kept().run())
                            .doOnError(error -> pending.givenBack().run());
                })
                .doOnError(AccountJournal::isWorthWaiting, room::refused)
                .doOnSuccess(done -> room.taken())
                .retryWhen(storeRetry)
                .publishOn(scheduler)
                .doOnSuccess(done -> {
                    // Before the sinks hear of it: names they look up are then those of this commit.
                    onDurable.run();
                    durable(commit, read);
                });
    }

    /** A store that does not answer counts as one that refuses, until it does: the commit may have come about. */
    private Mono<Void> attempt(CommitGroup group) {
        return Mono.defer(() -> {
            var answered = new AtomicBoolean();
            Mono<Void> silence = Mono.delay(UNANSWERED, scheduler)
                    .doOnNext(tick -> {
                        room.unanswered(UNANSWERED);
                        if (answered.get()) {
                            room.taken();
                        }
                    })
                    // To watch a commit must not make it fail.
                    .onErrorComplete()
                    .then(Mono.never());
            return Mono.firstWithSignal(shard.commit(group).doOnTerminate(() -> answered.set(true)), silence);
        });
    }

    private AccountCommit withRiders(AccountCommit commit) {
        List<Document> more = riders.get();
        return more.isEmpty()
                ? commit
                : new AccountCommit(
                        commit.account(),
                        commit.session(),
                        commit.position(),
                        commit.seen(),
                        commit.firstOffset(),
                        commit.records(),
                        Stream.concat(commit.documents().stream(), more.stream())
                                .toList());
    }

    private void durable(AccountCommit commit, List<JournalEntry> read) {
        commit.seen().forEach(window::add);
        SyncPosition next = commit.position();
        if (next != null) {
            position = next;
        }
        if (commit.records().isEmpty()) {
            return;
        }
        int count = commit.records().size();
        int unread = count - read.size();
        var slots = new ArrayList<Slot>(count);
        for (int i = 0; i < count; i++) {
            JournalEntry entry = i < unread ? null : read.get(i - unread);
            slots.add(new Slot(commit.firstOffset() + i, commit.records().get(i), entry, budget));
        }
        tail.append(slots);
        nextOffset = commit.nextOffset();
        listener.appended(this, slots);
    }

    private List<SeenMessage> takeSent() {
        var taken = new ArrayList<SeenMessage>();
        for (SeenMessage next = sent.poll(); next != null; next = sent.poll()) {
            taken.add(next);
        }
        return taken;
    }

    private static boolean echoed(List<SeenMessage> seen, int echoes, MsgId id) {
        for (int i = 0; i < echoes; i++) {
            if (seen.get(i).id().equals(id)) {
                return true;
            }
        }
        return false;
    }

    private long seconds() {
        return scheduler.now(TimeUnit.SECONDS);
    }

    /** A store that cannot take a commit now is worth waiting for; anything else is not. */
    public static boolean isWorthWaiting(Throwable error) {
        return error instanceof StoreUnavailableException;
    }
}
