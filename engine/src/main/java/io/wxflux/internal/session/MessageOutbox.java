package io.wxflux.internal.session;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.internal.journal.ReadyQueue;
import io.wxflux.internal.wire.Forwarding;
import io.wxflux.model.Contact;
import io.wxflux.model.MsgId;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.Party;
import io.wxflux.model.StableId;
import io.wxflux.model.UserName;
import io.wxflux.options.SendOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * An account's outbox. One message of a conversation at a time, conversations beside each other; it runs as long as the
 * account does, signed in or not, so that messages expire when they should.
 */
public final class MessageOutbox {
    private static final Duration LONGEST_EXPIRY = Duration.ofDays(30);
    private static final int MOST_CONVERSATIONS = 256;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final AccountScope scope;
    private final OutboxBook book;

    MessageOutbox(AccountScope scope, SendOptions options) {
        this.scope = scope;
        this.book = new OutboxBook(scope, options);
    }

    /** Sends until cancelled. <b>Errors</b> with the store's only. */
    public Mono<Void> run() {
        return Mono.defer(() -> {
            var waiting = new ReadyQueue<UserName>();
            Set<UserName> busy = ConcurrentHashMap.newKeySet();
            Consumer<UserName> arrival = conversation -> {
                if (busy.add(conversation)) {
                    waiting.offer(conversation);
                }
            };
            book.onArrival(arrival);
            return book.restore()
                    .retryWhen(unreadable())
                    .doOnNext(arrival)
                    .thenMany(waiting)
                    .flatMap(
                            conversation -> drain(conversation)
                                    .retryWhen(unreadable())
                                    .then(Mono.<Void>fromRunnable(() -> {
                                        busy.remove(conversation);
                                        // Something may have been put in after the last look.
                                        if (book.first(conversation) != null) {
                                            arrival.accept(conversation);
                                        }
                                    })),
                            MOST_CONVERSATIONS,
                            1)
                    .then()
                    .doFinally(signal -> book.stop());
        });
    }

    /** A store that cannot be read now is no reason to stop the account, nor to lose its messages. */
    private Retry unreadable() {
        return Retry.backoff(Long.MAX_VALUE, FIRST_WAIT)
                .maxBackoff(LONGEST_WAIT)
                .scheduler(scope.scheduler())
                .transientErrors(true)
                .filter(StoreUnavailableException.class::isInstance);
    }

    private Mono<Void> drain(UserName conversation) {
        return Mono.defer(() -> next(conversation))
                .repeat()
                .takeUntil(empty -> empty)
                .then();
    }

    private Mono<Boolean> next(UserName conversation) {
        OutboxEntry first = book.first(conversation);
        return first == null
                ? Mono.just(true)
                : book.read(first.id())
                        .switchIfEmpty(Mono.fromRunnable(() -> book.forget(first.id())))
                        .flatMap(mail -> new OutboxDelivery(scope, book, mail).untilFinal())
                        .thenReturn(false);
    }

    /** As {@link io.wxflux.Outbox#put}. */
    public Mono<OutboxEntry> put(UserName to, Outgoing message, Duration expiry) {
        return Mono.defer(() -> {
            requirePuttable(to, message, expiry);
            Outgoing kept = message instanceof Outgoing.Forward forward ? Forwarding.of(forward) : message;
            return book.put(id -> mail(id, to, kept, expiry));
        });
    }

    /** As {@link #put}, but nothing, and empty, when the consumer put something in for this place or a later one before. */
    public Mono<OutboxEntry> putOnce(String consumer, long place, UserName to, Outgoing message, Duration expiry) {
        return Mono.defer(() -> {
            requirePuttable(to, message, expiry);
            Outgoing kept = message instanceof Outgoing.Forward forward ? Forwarding.of(forward) : message;
            return book.putOnce(consumer, place, id -> mail(id, to, kept, expiry));
        });
    }

    private static void requirePuttable(UserName to, Outgoing message, Duration expiry) {
        if (expiry.isNegative() || expiry.isZero() || expiry.compareTo(LONGEST_EXPIRY) > 0) {
            throw new IllegalArgumentException(
                    "a message expires after more than nothing and at most " + LONGEST_EXPIRY + ", not " + expiry);
        }
        if (to.isEmpty()) {
            throw new IllegalArgumentException("a message has a recipient");
        }
        if (message instanceof Outgoing.Text text && !text.mentions().isEmpty() && !to.isRoom()) {
            throw new IllegalArgumentException("people are mentioned in rooms, and " + to + " is none");
        }
        if (message instanceof Outgoing.Upload upload && upload.source().file() == null) {
            throw new IllegalArgumentException("the outbox takes media from files only: after a restart nothing else"
                    + " can be read again. Write it to a file first, or use send");
        }
    }

    private Mono<OutboxMail> mail(String id, UserName to, Outgoing message, Duration expiry) {
        UserName self = login(to);
        Instant now = scope.now();
        var entry = new OutboxEntry(
                id, to, message.kind(), OutboxEntry.State.QUEUED, now, now.plus(expiry), new MsgId(""), "");
        return recipient(to, self)
                .flatMap(recipient -> message instanceof Outgoing.Upload upload
                        ? scope.sends()
                                .mark(upload)
                                .map(file -> new OutboxMail(entry, self, person(recipient), recipient, message, file))
                        : Mono.just(new OutboxMail(entry, self, person(recipient), recipient, message, null)));
    }

    private Mono<Party> recipient(UserName to, UserName login) {
        return login.isEmpty()
                ? Mono.just(Party.unknown(to))
                : scope.contacts().reader().find(to).map(Contact::party).defaultIfEmpty(Party.unknown(to));
    }

    /** Whose id it is may turn out to be somebody else's: the message would follow the id. */
    private static String person(Party recipient) {
        StableId id = recipient.stableId();
        return id == null || id.confidence() == StableId.Confidence.POSSIBLE ? "" : id.value();
    }

    /** The login that the recipient's name is of. Built-in accounts have the same name in all. */
    private UserName login(UserName to) {
        if (!to.value().startsWith("@")) {
            return UserName.NONE;
        }
        AccountMemory.Live live = scope.memory().live();
        // A login that has only begun has no name yet either.
        if (live == null || live.self().isEmpty()) {
            throw new EngineStateException("account " + scope.id() + " has no login now that " + to
                    + " could be a name of; wait for the event wx.account.ready and put the message in again");
        }
        return live.self();
    }

    public List<OutboxEntry> pending() {
        return book.pending();
    }

    /** How many messages wait to be sent, as far as is known. */
    public int size() {
        return book.size();
    }

    public Mono<OutboxEntry> await(String id) {
        return book.await(id);
    }
}
