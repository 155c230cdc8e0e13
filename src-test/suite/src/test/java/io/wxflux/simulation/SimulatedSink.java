package io.wxflux.simulation;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import io.wxflux.sink.TransactionalSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A sink as the world outside has it: it outlives the engine, and judges what it is given. A plain one takes what comes;
 * a transactional one keeps its cursor with its data and leaves out what it has.
 */
final class SimulatedSink {
    enum Mode {
        TAKES,
        /** Cannot be reached. */
        DOWN,
        /** Takes a batch and does not answer until the end of it. */
        STALLS,
        /** Keeps the batch, and its answer is lost. */
        LOSES_ANSWERS,
        THROWS
    }

    final String name;
    private final boolean transactional;
    private final Consumer<AccountEvent> observer;
    private final boolean picky;
    private final VirtualTime time;
    private final Trace trace;
    private final SplittableRandom random;
    private final SimulatedStore store;
    private final long tailBytes;
    private final int latencyMillis;
    private final Map<String, Held> accounts = new HashMap<>();
    private final List<Writing> open = new ArrayList<>();
    private Mode mode = Mode.TAKES;

    SimulatedSink(
            String name,
            boolean transactional,
            boolean picky,
            VirtualTime time,
            Trace trace,
            SplittableRandom random,
            SimulatedStore store,
            Swarm swarm,
            Consumer<AccountEvent> observer) {
        this.name = name;
        this.observer = observer;
        this.transactional = transactional;
        this.picky = picky;
        this.time = time;
        this.trace = trace;
        this.random = random;
        this.store = store;
        this.tailBytes = Math.min(swarm.tailBytes, swarm.totalTailBytes);
        this.latencyMillis = Math.min(30, swarm.latencyMillis);
    }

    /** What it holds of one account. */
    private static final class Held {
        final List<@Nullable String> ids = new ArrayList<>();
        final List<Long> takenAt = new ArrayList<>();
        final Set<Integer> messages = new HashSet<>();
        final Set<Integer> deadLetters = new HashSet<>();
        int lastMessage = -1;
        /** The offset that comes next, if nothing happens that lets it begin earlier. */
        long expected;

        /** Offsets from here on may come again; -1 = none may. */
        long repeatsFrom = -1;

        boolean busy;

        /** When each was last handed over, and the offsets of this life among them. */
        final List<Long> handedAt = new ArrayList<>();

        int firstOfLife = -1;
        int handedBefore = -1;
    }

    boolean isTransactional() {
        return transactional;
    }

    void mode(Mode next) {
        trace.add(name, "the sink " + next.name());
        mode = next;
        if (next != Mode.STALLS) {
            List.copyOf(open).forEach(Writing::resume);
        }
    }

    /** Whether it has had the message, or the dead letters have. */
    boolean has(String account, int message) {
        Held held = held(account);
        return held.messages.contains(message) || held.deadLetters.contains(message);
    }

    boolean isPoison(int message) {
        return picky && message % 23 == 7;
    }

    /** Nothing is under way any more; what was may have been kept. */
    void crashed(boolean power, int cursorDelayMillis) {
        List.copyOf(open).forEach(Writing::orphaned);
        accounts.values().forEach(held -> {
            held.busy = false;
            held.firstOfLife = -1;
            if (!transactional) {
                long unkept = power ? 0 : firstUnkept(held, cursorDelayMillis);
                held.repeatsFrom = held.repeatsFrom < 0 ? unkept : Math.min(held.repeatsFrom, unkept);
            }
        });
    }

    /**
     * After a stop nothing comes again, but what the sink itself did not answer for, and what it answered for when the
     * disk could not take the cursor: at least once is all that a plain sink can have then.
     */
    void stopped() {
        List.copyOf(open).forEach(Writing::orphaned);
        accounts.forEach((account, held) -> {
            held.busy = false;
            held.firstOfLife = -1;
            long known = held.repeatsFrom < 0 ? held.expected : Math.min(held.repeatsFrom, held.expected);
            long unkept = transactional ? -1 : store.refusedFrom(name, AccountId.of(account), known);
            if (unkept >= 0) {
                held.repeatsFrom = Math.min(known, unkept);
            }
        });
    }

    /** A cursor is written soon after the sink answered; what it answered before that does not come again. */
    private long firstUnkept(Held held, int cursorDelayMillis) {
        long before = time.millis() - cursorDelayMillis - 3_000L;
        if (store.healthySince() >= before) {
            before = 0;
        }
        int first = held.takenAt.size();
        while (first > 0 && held.takenAt.get(first - 1) > before) {
            first--;
        }
        return first;
    }

    EventSink in(Life life) {
        return transactional ? new Transactional(life) : new Plain(life);
    }

    Mono<Void> addDeadLetter(DeadLetter letter) {
        return Mono.fromRunnable(() -> {
            String account = letter.event().account().value();
            trace.add(name, "dead letter " + letter.event().head().id());
            int message = message(letter.event());
            if (message < 0 || !isPoison(message)) {
                trace.offence(
                        Invariant.NOTHING_LOST,
                        name + " never rejected " + letter.event().head().id() + ", yet it is a dead letter");
            }
            Held held = held(account);
            held.deadLetters.add(message);
            letter.event().head().sequence().ifPresent(sequence -> {
                if (sequence == held.expected) {
                    take(account, held, letter.event(), sequence, true);
                }
            });
        });
    }

    private Held held(String account) {
        return accounts.computeIfAbsent(account, id -> new Held());
    }

    private class Plain implements EventSink {
        private final Life life;

        Plain(Life life) {
            this.life = life;
        }

        @Override
        public Mono<Void> write(EventBatch batch) {
            if (mode == Mode.THROWS) {
                throw new SinkUnavailableException("thrown");
            }
            return Mono.create(caller -> {
                var writing = new Writing(life, batch, caller);
                caller.onCancel(writing::orphaned);
                writing.begin();
            });
        }

        @Override
        public Mono<Void> observe(AccountEvent event) {
            return transactional
                    ? Mono.fromRunnable(() -> {
                        trace.add(event.account().value(), event.type());
                        observer.accept(event);
                    })
                    : Mono.empty();
        }
    }

    private final class Transactional extends Plain implements TransactionalSink {
        Transactional(Life life) {
            super(life);
        }

        @Override
        public Mono<Void> replay(AccountEvent event) {
            return Mono.error(new UnsupportedOperationException("nobody asks for dead letters again here"));
        }

        @Override
        public Mono<Long> position(AccountId account) {
            return Mono.defer(() -> {
                if (mode == Mode.DOWN) {
                    return Mono.error(new SinkUnavailableException(name + " is down"));
                }
                if (mode == Mode.STALLS) {
                    return Mono.never();
                }
                long position = held(account.value()).expected;
                return position == 0 ? Mono.empty() : Mono.just(position);
            });
        }
    }

    /** One batch that is being handed over. */
    private final class Writing {
        private final Life life;
        private final EventBatch batch;
        private final MonoSink<Void> caller;
        private final Held held;
        private boolean taken;
        private boolean stalled;
        private boolean done;

        private Writing(Life life, EventBatch batch, MonoSink<Void> caller) {
            this.life = life;
            this.batch = batch;
            this.caller = caller;
            this.held = held(batch.account().value());
        }

        private void begin() {
            if (!life.touch()) {
                return;
            }
            trace.add(name, "batch of " + batch.account() + " up to", batch.next());
            if (held.busy) {
                trace.offence(Invariant.NO_OVERLAP, name + " gets two batches of " + batch.account() + " at once");
            }
            held.busy = true;
            for (AccountEvent event : batch.events()) {
                handedOver((int) event.head().sequence().orElse(0));
            }
            open.add(this);
            time.in(1 + random.nextInt(latencyMillis), this::arrive);
        }

        private void handedOver(int sequence) {
            if (held.firstOfLife < 0) {
                held.firstOfLife = sequence;
                held.handedBefore = sequence - 1;
            }
            while (held.handedAt.size() <= sequence) {
                held.handedAt.add(time.millis());
            }
            held.handedAt.set(sequence, time.millis());
        }

        private void arrive() {
            if (done) {
                return;
            }
            switch (mode) {
                case TAKES -> finish();
                case DOWN, THROWS -> answer(new SinkUnavailableException(name + " is down"));
                case STALLS -> stalled = true;
                case LOSES_ANSWERS -> {
                    if (isRejected()) {
                        answer(new IllegalStateException("not to my taste"));
                    } else {
                        keep();
                        mayComeAgain();
                        answer(new SinkUnavailableException("the connection to " + name + " broke"));
                    }
                }
            }
        }

        private void resume() {
            if (!done && stalled) {
                stalled = false;
                arrive();
            }
        }

        private void finish() {
            if (isRejected()) {
                answer(new IllegalStateException("not to my taste"));
            } else {
                keep();
                answer(null);
            }
        }

        private boolean isRejected() {
            return batch.events().stream().anyMatch(event -> isPoison(message(event)));
        }

        private void keep() {
            if (taken) {
                return;
            }
            taken = true;
            for (AccountEvent event : batch.events()) {
                long sequence = event.head().sequence().orElse(-1);
                if (!transactional || sequence >= held.expected) {
                    take(batch.account().value(), held, event, sequence, false);
                }
            }
            if (batch.next() < held.expected) {
                return;
            }
            held.expected = batch.next();
        }

        private void mayComeAgain() {
            if (!transactional) {
                long first = batch.events().get(0).head().sequence().orElse(0);
                held.repeatsFrom = held.repeatsFrom < 0 ? first : Math.min(held.repeatsFrom, first);
            }
        }

        private void answer(@Nullable Throwable error) {
            time.in(life, random.nextInt(latencyMillis), () -> {
                if (done) {
                    return;
                }
                leave();
                if (error == null) {
                    caller.success();
                } else {
                    caller.error(error);
                }
            });
        }

        /** Nobody waits for the answer any more: it may have been kept all the same. */
        private void orphaned() {
            if (done) {
                return;
            }
            leave();
            if (!taken && mode != Mode.DOWN && !isRejected() && random.nextBoolean()) {
                keep();
            }
            if (taken) {
                mayComeAgain();
            }
        }

        private void leave() {
            done = true;
            held.busy = false;
            open.remove(this);
        }
    }

    private void take(String account, Held held, AccountEvent event, long sequence, boolean dead) {
        String what = name + ": " + event.head().id() + " at offset " + sequence;
        if (!event.account().value().equals(account)) {
            trace.offence(Invariant.ACCOUNTS_APART, what + " is in a batch of " + account);
        }
        if (sequence > held.expected) {
            trace.offence(Invariant.NOTHING_LOST, what + " comes, " + held.expected + " was to come");
        } else if (sequence < held.expected) {
            if (held.repeatsFrom < 0 || sequence < held.repeatsFrom) {
                trace.offence(
                        Invariant.NOTHING_DOUBLED,
                        what + " comes again, " + held.expected + " was to come and nothing"
                                + (held.repeatsFrom < 0 ? "" : " before " + held.repeatsFrom) + " may come again");
            }
            held.repeatsFrom = -1;
        }
        held.expected = sequence + 1;
        checkMemory(account, held, sequence, what);
        if (sequence < held.ids.size()) {
            if (!event.head().id().equals(held.ids.get((int) sequence))) {
                trace.offence(
                        Invariant.NOTHING_DOUBLED,
                        what + " was " + held.ids.get((int) sequence) + " when it came before");
            }
            held.takenAt.set((int) sequence, time.millis());
            return;
        }
        while (held.ids.size() < sequence) {
            held.ids.add(null);
            held.takenAt.add(time.millis());
        }
        held.ids.add(event.head().id());
        held.takenAt.add(time.millis());
        int message = message(event);
        if (message < 0) {
            return;
        }
        if (!dead && !held.messages.add(message)) {
            trace.offence(Invariant.NOTHING_DOUBLED, what + " is a message it has had at another offset");
        } else if (message < held.lastMessage) {
            trace.offence(
                    Invariant.ORDER_KEPT, what + ": message " + message + " comes after message " + held.lastMessage);
        }
        held.lastMessage = Math.max(held.lastMessage, message);
        if (event instanceof MessageReceived received
                && received.message() instanceof Message.Text text
                && !(text.text() + " ").contains("m" + message + " for " + account + " ")) {
            trace.offence(Invariant.ACCOUNTS_APART, what + " has the text \"" + text.text() + "\"");
        }
    }

    /**
     * What was not durable yet when an event before it was handed over came in a later page than that one, asked for after
     * that one was taken. Whatever was further back by then than the tail may hold was read from the store.
     */
    private void checkMemory(String account, Held held, long sequence, String what) {
        if (held.firstOfLife < 0) {
            return;
        }
        JournalLog journal = store.journal(AccountId.of(account));
        long since = journal.since(sequence);
        while (held.handedBefore + 1 < sequence && held.handedAt.get(held.handedBefore + 1) < since) {
            held.handedBefore++;
        }
        int before = held.handedBefore;
        if (before < held.firstOfLife || before >= sequence || held.handedAt.get(before) >= since) {
            return;
        }
        // What became durable just before may not be in memory yet.
        long behind = journal.bytesBehind(sequence, held.takenAt.get(before) - 50);
        if (behind > tailBytes && !journal.wasReadAgain(sequence)) {
            trace.offence(
                    Invariant.MEMORY_BOUNDED,
                    what + " was " + behind + " bytes behind and came from memory, where " + tailBytes + " may be");
        }
    }

    static int message(AccountEvent event) {
        return event instanceof MessageReceived received
                ? SimulatedAccount.indexOf(received.message().header().id().value())
                : -1;
    }
}
