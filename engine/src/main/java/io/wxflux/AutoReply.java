package io.wxflux;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.OutboxFullException;
import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.MessageReceived;
import io.wxflux.event.SendEvent;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Reply;
import io.wxflux.model.SystemMessage;
import io.wxflux.model.UserName;
import io.wxflux.options.ReplyOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A bot as a handler: asks it about every message a person wrote, and puts its reply into the account's outbox together
 * with the place of the message in the journal, so that a message that comes again after a crash is not answered twice.
 */
final class AutoReply implements Function<AccountEvent, Mono<Void>> {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.reply");
    private static final int MOST_WAITING = 1_000;

    private final String name;
    private final Function<AccountId, AccountRun> accounts;
    private final Function<MessageReceived, Mono<Reply>> bot;
    private final ReplyOptions options;
    private final Scheduler scheduler;
    private final Map<AccountId, Talks> talks = new ConcurrentHashMap<>();

    AutoReply(
            String name,
            Function<AccountId, AccountRun> accounts,
            Function<MessageReceived, Mono<Reply>> bot,
            ReplyOptions options,
            Scheduler scheduler) {
        this.name = name;
        this.accounts = accounts;
        this.bot = bot;
        this.options = options;
        this.scheduler = scheduler;
    }

    /** Of one account; its events come one after the other. */
    private static final class Talks {
        final ReplyGuard guard;

        /** Replies in the outbox and whom they answer; the oldest are forgotten first. */
        final Map<String, ReplyGuard.Partner> waiting = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ReplyGuard.Partner> eldest) {
                return size() > MOST_WAITING;
            }
        };

        Talks(ReplyOptions options) {
            guard = new ReplyGuard(options);
        }

        int waitingFor(ReplyGuard.Partner partner) {
            int count = 0;
            for (ReplyGuard.Partner each : waiting.values()) {
                count += each.equals(partner) ? 1 : 0;
            }
            return count;
        }
    }

    @Override
    public Mono<Void> apply(AccountEvent event) {
        Talks known = talks.computeIfAbsent(event.account(), account -> new Talks(options));
        if (event instanceof SendEvent sent) {
            went(known, sent);
            return Mono.empty();
        }
        return event instanceof MessageReceived received && isSaid(received.message())
                ? answered(known, received)
                : Mono.empty();
    }

    /** Only what went out can be answered by another bot. */
    private static void went(Talks known, SendEvent sent) {
        if (sent.entry().state().isFinal()) {
            ReplyGuard.Partner partner = known.waiting.remove(sent.entry().id());
            if (partner != null && sent.entry().state() == OutboxEntry.State.ACCEPTED) {
                known.guard.replied(partner, sent.head().time().toEpochMilli());
            }
        }
    }

    /** Written by somebody else, and no notice of the service. */
    private static boolean isSaid(Message message) {
        MessageHeader header = message.header();
        boolean notice = message instanceof SystemMessage
                || message instanceof Message.SystemNotice
                || message instanceof Message.StatusNotify
                || message instanceof Message.Recall;
        return !header.self() && !notice && !header.sender().isEmpty();
    }

    private Mono<Void> answered(Talks known, MessageReceived received) {
        return Mono.defer(() -> {
            MessageHeader header = received.message().header();
            long now = scheduler.now(TimeUnit.MILLISECONDS);
            if (now - header.createTime().toEpochMilli() > options.maxAge().toMillis()) {
                return Mono.empty();
            }
            var partner = new ReplyGuard.Partner(
                    header.conversation().value(), header.sender().value());
            ReplyGuard.Verdict verdict = known.guard.look(partner, now, known.waitingFor(partner));
            if (verdict != ReplyGuard.Verdict.MAY_REPLY) {
                log.warn(
                        "{}: {} gets no reply from {}: {}",
                        received.account(),
                        received.head().id(),
                        name,
                        verdict == ReplyGuard.Verdict.TOO_OFTEN
                                ? "enough was said in this conversation for now"
                                : "whoever wrote it answers like another bot");
                return Mono.empty();
            }
            return bot.apply(received)
                    .flatMap(reply -> put(received, reply))
                    .doOnNext(entry -> known.waiting.put(entry.id(), partner))
                    .then();
        });
    }

    /** <b>Emits</b> nothing when this message was answered before a crash. */
    private Mono<OutboxEntry> put(MessageReceived received, Reply reply) {
        MessageHeader header = received.message().header();
        UserName to = header.conversation();
        return accounts.apply(received.account())
                .putOnce(name, received.head().sequence().orElse(0), to, reply.to(header), options.expiry())
                // The account is not signed in or the outbox is full: later, unless the message is too old by then.
                .onErrorMap(
                        error -> error instanceof EngineStateException || error instanceof OutboxFullException,
                        error -> new SinkUnavailableException("the reply waits: " + error.getMessage()));
    }
}
