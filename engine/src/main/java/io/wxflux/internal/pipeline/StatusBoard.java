package io.wxflux.internal.pipeline;

import static java.util.Objects.requireNonNull;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountState;
import io.wxflux.event.AccountStatus;
import io.wxflux.event.EventHead;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.SinkLag;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.session.AccountScope;
import io.wxflux.internal.session.Announcer;
import io.wxflux.model.AccountId;
import io.wxflux.model.Uin;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/** Publishes one account's state and live events. Output only. */
public final class StatusBoard implements Announcer {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.account");

    private record Shown(
            AccountState state,
            Instant since,
            @Nullable Uin uin,
            @Nullable String nickName,
            @Nullable String pollHost,
            @Nullable String lastError,
            @Nullable Instant nextTry) {}

    private final AccountId account;
    private final Scheduler scheduler;
    private final Consumer<AccountEvent> live;
    private final AtomicReference<Shown> shown;
    private final AtomicLong liveEvents = new AtomicLong();

    public StatusBoard(AccountId account, Scheduler scheduler, Consumer<AccountEvent> live) {
        this.account = account;
        this.scheduler = scheduler;
        this.live = live;
        this.shown = new AtomicReference<>(new Shown(AccountState.NEW, now(), null, null, null, null, null));
    }

    @Override
    public void state(AccountState next) {
        Shown before = change(now -> now.state() == next
                ? now
                : new Shown(
                        next,
                        now(),
                        now.uin(),
                        now.nickName(),
                        next == AccountState.SYNCING ? now.pollHost() : null,
                        now.lastError(),
                        null));
        if (before.state() == next) {
            return;
        }
        log.info("{}: {}", account, next);
        if (!before.state().successors().contains(next)) {
            log.error("{}: {} may not follow {}: a bug, please report it", account, next, before.state());
        }
    }

    @Override
    public void live(Function<EventHead, Lifecycle> event) {
        var head = new EventHead(account, account.value() + "-live-" + number(), now(), OptionalLong.empty());
        live.accept(event.apply(head));
    }

    /** Live ids need only be unique: the time and a count are. */
    private String number() {
        return scheduler.now(TimeUnit.MILLISECONDS) + "-" + liveEvents.incrementAndGet();
    }

    @Override
    public void identity(Uin uin, String nickName) {
        change(now ->
                new Shown(now.state(), now.since(), uin, nickName, now.pollHost(), now.lastError(), now.nextTry()));
    }

    @Override
    public void pollHost(String host) {
        change(now ->
                new Shown(now.state(), now.since(), now.uin(), now.nickName(), host, now.lastError(), now.nextTry()));
    }

    @Override
    public void resting(Duration wait) {
        Instant until = now().plus(wait);
        change(now ->
                new Shown(now.state(), now.since(), now.uin(), now.nickName(), now.pollHost(), now.lastError(), until));
    }

    @Override
    public void failed(Throwable error) {
        String reason = String.valueOf(error.getMessage());
        log.warn("{}: {}", account, reason);
        change(now ->
                new Shown(now.state(), now.since(), now.uin(), now.nickName(), now.pollHost(), reason, now.nextTry()));
    }

    @Override
    public void recovered() {
        if (requireNonNull(shown.get()).lastError() != null) {
            change(now -> new Shown(
                    now.state(), now.since(), now.uin(), now.nickName(), now.pollHost(), null, now.nextTry()));
        }
    }

    /** @param scope what else there is to say of the account */
    public AccountStatus status(AccountScope scope, Map<String, Long> cursors, Map<String, SinkLag> sinks) {
        AccountJournal journal = scope.journal();
        Shown now = requireNonNull(shown.get());
        return new AccountStatus(
                account,
                now.state(),
                now.uin(),
                now.nickName(),
                now.since(),
                journal.received(),
                journal.duplicates(),
                journal.nextOffset(),
                cursors,
                sinks,
                now.pollHost(),
                now.lastError(),
                now.nextTry(),
                scope.paces().resting(),
                scope.outbox().size());
    }

    private Shown change(UnaryOperator<Shown> change) {
        return requireNonNull(shown.getAndUpdate(change));
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }
}
