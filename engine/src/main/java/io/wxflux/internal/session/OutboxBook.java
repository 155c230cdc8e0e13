package io.wxflux.internal.session;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.OutboxFullException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.SendEvent;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.SerialGate;
import io.wxflux.internal.protocol.Send;
import io.wxflux.model.MsgId;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.UserName;
import io.wxflux.options.SendOptions;
import io.wxflux.shard.Document;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What is in an account's outbox: each message is a document, here is only what has to be known of all. A change of a
 * message and the event that tells of it are one commit.
 */
final class OutboxBook {
    private static final int MOST_ENDED = 1_000;
    private static final String ANSWERED = "answered/";

    /** One that is not final. */
    private static final class Line {
        private final int bytes;
        private final Sinks.One<OutboxEntry> end = Sinks.one();
        private volatile OutboxEntry entry;

        Line(OutboxEntry entry, int bytes) {
            this.entry = entry;
            this.bytes = bytes;
        }
    }

    private final AccountScope scope;
    private final SendOptions options;
    private final ConcurrentNavigableMap<String, Line> lines = new ConcurrentSkipListMap<>();
    private final Recent<String, OutboxEntry> ended = new Recent<>(MOST_ENDED);
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final SerialGate puts = new SerialGate();
    private volatile boolean restored;
    private volatile boolean stopped;
    private volatile Consumer<UserName> arrivals = conversation -> {};

    OutboxBook(AccountScope scope, SendOptions options) {
        this.scope = scope;
        this.options = options;
    }

    /** Told of every conversation in which something was put. */
    void onArrival(Consumer<UserName> listener) {
        arrivals = listener;
    }

    /** Reads what an earlier process left. <b>Emits</b> the conversations with something pending. */
    Flux<UserName> restore() {
        return Flux.defer(() -> {
            if (restored) {
                return conversations();
            }
            return scope.journal()
                    .documentKeys(OutboxMail.PREFIX)
                    .flatMapIterable(keys -> keys)
                    .concatMap(key -> scope.journal().document(key).doOnNext(value -> {
                        String id = key.substring(OutboxMail.PREFIX.length());
                        OutboxMail mail = OutboxCodec.decode(scope.id(), id, value);
                        // An earlier reading may have failed half way.
                        if (lines.put(id, new Line(mail.entry(), value.length)) == null) {
                            count.incrementAndGet();
                            bytes.addAndGet(value.length);
                        }
                        scope.service().stamps().after(id);
                    }))
                    .thenMany(Flux.defer(() -> {
                        restored = true;
                        return conversations();
                    }));
        });
    }

    private Flux<UserName> conversations() {
        return Flux.fromIterable(
                lines.values().stream().map(line -> line.entry.to()).distinct().toList());
    }

    /**
     * <b>Errors</b> {@link io.wxflux.error.StoreUnavailableException} while the store refuses commits: nothing was put in.
     *
     * @param make the message, when its ClientMsgId is chosen and it is its turn
     */
    Mono<OutboxEntry> put(Function<String, Mono<OutboxMail>> make) {
        return scope.journal().room().required().then(puts.inTurn(() -> {
            requireRestored();
            return make.apply(Send.newClientMsgId(scope.service())).flatMap(this::store);
        }));
    }

    /**
     * As {@link #put}, once for each place: what was put in is kept with the place, in one commit.
     *
     * <p><b>Emits</b> nothing when this place or a later one was answered before.
     *
     * @param consumer whose places these are
     * @param place rises from one to the next
     */
    Mono<OutboxEntry> putOnce(String consumer, long place, Function<String, Mono<OutboxMail>> make) {
        String key = ANSWERED + HexFormat.of().formatHex(consumer.getBytes(StandardCharsets.UTF_8));
        return puts.inTurn(() -> {
            requireRestored();
            return scope.journal()
                    .document(key)
                    .map(value -> ByteBuffer.wrap(value).getLong())
                    .defaultIfEmpty(-1L)
                    .filter(last -> last < place)
                    .flatMap(last -> make.apply(Send.newClientMsgId(scope.service())))
                    .flatMap(mail -> store(
                            mail,
                            new Document(
                                    key,
                                    ByteBuffer.allocate(Long.BYTES)
                                            .putLong(place)
                                            .array())));
        });
    }

    private Mono<OutboxEntry> store(OutboxMail mail, Document... others) {
        byte[] value = OutboxCodec.encode(mail);
        reserve(value.length);
        List<Document> documents = new ArrayList<>(List.of(others));
        documents.add(new Document(mail.key(), value));
        return commit(mail, mail.entry(), documents)
                .doOnError(error -> release(value.length))
                .then(Mono.fromSupplier(() -> {
                    OutboxEntry entry = mail.entry();
                    lines.put(entry.id(), new Line(entry, value.length));
                    arrivals.accept(entry.to());
                    return entry;
                }));
    }

    private void reserve(int more) {
        if (count.get() >= options.outboxMessages() || bytes.get() + more > options.outboxBytes()) {
            throw new OutboxFullException("the outbox of account " + scope.id() + " holds " + count.get()
                    + " messages of " + bytes.get() + " bytes, and may hold " + options.outboxMessages() + " of "
                    + options.outboxBytes() + "; nothing was put in");
        }
        count.incrementAndGet();
        bytes.addAndGet(more);
    }

    private void release(int less) {
        count.decrementAndGet();
        bytes.addAndGet(-less);
    }

    /** The oldest of a conversation; null when there is none. */
    @Nullable
    OutboxEntry first(UserName conversation) {
        for (Line line : lines.values()) {
            if (line.entry.to().equals(conversation)) {
                return line.entry;
            }
        }
        return null;
    }

    Mono<OutboxMail> read(String id) {
        return scope.journal().document(OutboxMail.key(id)).map(value -> OutboxCodec.decode(scope.id(), id, value));
    }

    /** An attempt is about to go out. */
    Mono<OutboxMail> sent(OutboxMail mail) {
        return Mono.defer(() -> {
            OutboxMail next = mail.with(mail.entry().with(OutboxEntry.State.SENT, new MsgId(""), ""));
            return commit(next, next.entry(), new Document(next.key(), OutboxCodec.encode(next)))
                    .then(Mono.fromSupplier(() -> show(next)));
        });
    }

    /** It has turned out that no attempt arrived. Nobody needs to be told. */
    Mono<OutboxMail> unsent(OutboxMail mail) {
        return Mono.defer(() -> {
            OutboxMail next = mail.with(mail.entry().with(OutboxEntry.State.QUEUED, new MsgId(""), ""));
            return scope.journal()
                    .update(() -> Mono.just(new AccountJournal.Update(
                            List.of(), List.of(new Document(next.key(), OutboxCodec.encode(next))))))
                    .then(Mono.fromSupplier(() -> show(next)));
        });
    }

    private OutboxMail show(OutboxMail mail) {
        Line line = lines.get(mail.entry().id());
        if (line != null) {
            line.entry = mail.entry();
        }
        return mail;
    }

    /** The message is final: its event and its removal are one. */
    Mono<OutboxEntry> end(OutboxMail mail, OutboxEntry.State state, MsgId msgId, String reason) {
        return Mono.defer(() -> {
            OutboxEntry last = mail.entry().with(state, msgId, reason);
            return commit(mail, last, Document.removed(mail.key())).then(Mono.fromSupplier(() -> {
                ended.add(last.id(), last);
                Line line = lines.remove(last.id());
                if (line != null) {
                    release(line.bytes);
                    line.end.tryEmitValue(last);
                }
                return last;
            }));
        });
    }

    /** There is no document behind it any more. */
    void forget(String id) {
        Line line = lines.remove(id);
        if (line != null) {
            release(line.bytes);
        }
    }

    /** Nothing is sent any more: whoever waits is told so. What is pending stays for the next start. */
    void stop() {
        stopped = true;
        lines.values().forEach(line -> line.end.tryEmitError(leftForLater()));
    }

    private EngineStateException leftForLater() {
        return new EngineStateException("account " + scope.id()
                + " has stopped; what its outbox holds is kept for its next start, and told by the events wx.send.*");
    }

    private Mono<Void> commit(OutboxMail mail, OutboxEntry entry, Document document) {
        return commit(mail, entry, List.of(document));
    }

    private Mono<Void> commit(OutboxMail mail, OutboxEntry entry, List<Document> documents) {
        AccountEvent event = new SendEvent(scope.head(), entry, mail.recipient());
        return scope.journal().update(() -> Mono.just(new AccountJournal.Update(List.of(event), documents)));
    }

    List<OutboxEntry> pending() {
        requireRestored();
        return lines.values().stream().map(line -> line.entry).toList();
    }

    /** How many wait to be sent; 0 before they were read. */
    int size() {
        return restored ? lines.size() : 0;
    }

    Mono<OutboxEntry> await(String id) {
        return Mono.defer(() -> {
            Line line = lines.get(id);
            OutboxEntry last = ended.find(id);
            if (last != null) {
                return Mono.just(last);
            }
            if (line != null && stopped) {
                return Mono.error(leftForLater());
            }
            return line != null
                    ? line.end.asMono()
                    : Mono.error(new IllegalArgumentException("the outbox of account " + scope.id()
                            + " holds no message " + id + "; what became of it is told by the events wx.send.*"));
        });
    }

    private void requireRestored() {
        if (!restored) {
            throw new EngineStateException(
                    "the outbox of account " + scope.id() + " is not read yet; wait until the account has started");
        }
    }
}
