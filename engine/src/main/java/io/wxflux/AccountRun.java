package io.wxflux;

import static java.util.Objects.requireNonNull;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.error.EngineStateException;
import io.wxflux.error.FencedException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.error.UnknownOutcomeException;
import io.wxflux.event.AccountState;
import io.wxflux.event.AccountStatus;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.delivery.Delivery;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.pipeline.AccountPipeline;
import io.wxflux.internal.pipeline.StatusBoard;
import io.wxflux.internal.protocol.Service;
import io.wxflux.internal.protocol.Stamps;
import io.wxflux.internal.session.AccountScope;
import io.wxflux.internal.session.Downloads;
import io.wxflux.internal.session.Sends;
import io.wxflux.internal.session.Session;
import io.wxflux.internal.transport.Exchange;
import io.wxflux.model.AccountId;
import io.wxflux.model.ArticlePush;
import io.wxflux.model.CheckedUrl;
import io.wxflux.model.MsgId;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.Recalled;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.StatReport;
import io.wxflux.model.UploadProgress;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import io.wxflux.shard.StoredAccount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/** An account of a running engine: its pipeline from start to stop, and the handle people have of it. */
final class AccountRun implements Account {
    private final AccountSpec spec;
    private final StoredAccount stored;
    private final AccountJournal journal;
    private final Delivery delivery;
    private final StatusBoard board;
    private final AccountScope scope;
    private final Exchange exchange;
    private final Mono<Void> stop;
    private final Sinks.Empty<Void> ownStop = Sinks.empty();
    private final Sinks.Empty<Void> finished = Sinks.empty();
    private final Rooms rooms = new SessionRooms(this::openSession);
    private final Friends friends = new SessionFriends(this::openSession);
    private final AtomicBoolean refused = new AtomicBoolean();
    private final AtomicReference<@Nullable Mono<Void>> leaving = new AtomicReference<>();

    AccountRun(
            AccountSpec spec,
            StoredAccount stored,
            AccountJournal journal,
            Delivery delivery,
            EngineResources resources) {
        this.spec = spec;
        this.stored = stored;
        this.journal = journal;
        this.delivery = delivery;
        this.board = new StatusBoard(spec.id(), resources.scheduler(), resources.live()::publish);
        this.exchange = resources.network().open(spec.id());
        var options = resources.options();
        var service = new Service(
                exchange,
                options.http(),
                new Stamps(resources.scheduler(), resources.random()),
                options.login().language());
        this.scope = new AccountScope(
                spec,
                service,
                journal,
                stored.session(),
                board,
                options.login(),
                options.sending(),
                resources.admission(),
                resources.hostGuards(),
                resources.scheduler(),
                resources.random(),
                resources.files(),
                resources.contactCache());
        this.stop = Mono.firstWithSignal(resources.stop(), ownStop.asMono());
    }

    /** Runs until the engine or the account is stopped. <b>Errors</b> only with what concerns the whole shard. */
    Mono<Void> run() {
        return scope.paces()
                .restore()
                .then(delivery.open(spec, journal, scope.contacts(), stored.cursors()))
                .then(Mono.firstWithSignal(sessions(), scope.outbox().run()))
                .onErrorResume(StoreUnavailableException.class, this::notStored)
                .then(Mono.fromRunnable(this::stopped))
                .onErrorResume(AccountRun::concernsTheAccount, this::refused)
                .then(exchange.close())
                .doFinally(signal -> finished.tryEmitEmpty());
    }

    /** One after the other: when a person has to do something first, until it is {@link #signIn asked} for the next. */
    private Mono<Void> sessions() {
        return Mono.defer(() -> new AccountPipeline(scope, stop).account().then())
                .retryWhen(Retry.from(refusals -> refusals.concatMap(signal -> afterRefusal(signal.failure()))
                        .takeWhile(again -> again)));
    }

    private Mono<Boolean> afterRefusal(Throwable error) {
        if (!concernsTheAccount(error) || error instanceof StoreUnavailableException) {
            return Mono.error(error);
        }
        // Heard from the moment on at which it is refused.
        Mono<Boolean> asked = scope.asked().thenReturn(true);
        return refused(error)
                .then(Mono.defer(() -> asked.takeUntilOther(stop).defaultIfEmpty(false)))
                .doOnNext(again -> {
                    if (again) {
                        refused.set(false);
                        board.recovered();
                        board.state(AccountState.NEW);
                    }
                });
    }

    AccountSpec spec() {
        return spec;
    }

    /** Completes once the engine or the account is to stop. */
    Mono<Void> stopRequested() {
        return stop;
    }

    /** Completes when the account has stopped; its session is kept. */
    Mono<Void> end() {
        return Mono.defer(() -> {
            ownStop.tryEmitEmpty();
            return finished.asMono();
        });
    }

    /** Takes it out, in the way given by the first who asks; all others wait for the same. */
    Mono<Void> leaving(Supplier<Mono<Void>> how) {
        return requireNonNull(
                leaving.updateAndGet(known -> known == null ? Mono.defer(how).cache() : known));
    }

    /** Completes when it is taken out; at once when nobody takes it out. */
    Mono<Void> leaving() {
        Mono<Void> known = leaving.get();
        return known == null ? Mono.empty() : known;
    }

    /** What a later run of this account goes on from. */
    StoredAccount snapshot(Map<String, Long> cursors) {
        return new StoredAccount(
                spec.id(),
                scope.encodedMemory(),
                journal.position(),
                List.of(),
                journal.firstOffset(),
                journal.nextOffset(),
                // None: it was taken out before its lanes were opened.
                cursors.isEmpty() ? stored.cursors() : cursors);
    }

    /** The store is waited for until the stop; what it did not take by then the server has, and gives again. */
    private Mono<Void> notStored(StoreUnavailableException error) {
        return Mono.fromRunnable(() -> board.failed(error));
    }

    private void stopped() {
        if (refused.get()) {
            return;
        }
        board.state(AccountState.STOPPING);
        board.state(AccountState.STOPPED);
        board.live(Lifecycle.Stopped::new);
    }

    private static boolean concernsTheAccount(Throwable error) {
        return !(error instanceof FencedException
                || error instanceof UnknownOutcomeException
                || error instanceof CorruptStoreException);
    }

    private Mono<Void> refused(Throwable error) {
        return Mono.defer(() -> {
            String reason = String.valueOf(error.getMessage());
            board.failed(error);
            board.state(AccountState.REFUSED);
            refused.set(true);
            return journal.append(new Lifecycle.Refused(scope.head(), reason), null, null)
                    .onErrorResume(StoreUnavailableException.class, this::notStored);
        });
    }

    @Override
    public AccountId id() {
        return spec.id();
    }

    @Override
    public AccountStatus status() {
        return board.status(scope, delivery.cursors(spec.id()), delivery.lags(spec.id()));
    }

    /** What became of a message of this account; nothing when it knows of none. */
    Mono<MessageTrace> trace(Tracing tracing, MsgId id) {
        return tracing.trace(spec.id(), id, journal.seen(), delivery.cursors(spec.id()));
    }

    @Override
    public AddressBook contacts() {
        return new StoredAddressBook(spec.id(), scope.contacts(), this::openSession);
    }

    @Override
    public Mono<SendReceipt> send(UserName to, Outgoing message) {
        return send(to, message, Sends.UNTOLD);
    }

    @Override
    public Mono<SendReceipt> send(UserName to, Outgoing message, Consumer<? super UploadProgress> progress) {
        return Mono.defer(() -> scope.sends().send(openSession(), to, message, progress));
    }

    @Override
    public Mono<Recalled> recall(UserName conversation, MsgId id) {
        return Mono.defer(() -> scope.sends().recall(openSession(), conversation, id));
    }

    @Override
    public Mono<Void> markRead(UserName conversation) {
        return Mono.defer(() -> scope.sends().markRead(openSession(), conversation));
    }

    @Override
    public Outbox outbox() {
        return new AccountOutbox(scope.outbox());
    }

    /** As {@link Outbox#put}, once for each place of a consumer in the journal; empty when it was done before. */
    Mono<OutboxEntry> putOnce(String consumer, long place, UserName to, Outgoing message, Duration expiry) {
        return scope.outbox().putOnce(consumer, place, to, message, expiry);
    }

    Session openSession() {
        Session session = scope.session();
        if (session == null) {
            throw new EngineStateException("account " + id() + " is not signed in now (" + status().state()
                    + "); wait for the event wx.account.ready and try again");
        }
        return session;
    }

    @Override
    public Rooms rooms() {
        return rooms;
    }

    @Override
    public Friends friends() {
        return friends;
    }

    @Override
    public List<UserName> recentChats() {
        Session session = scope.session();
        return session == null ? List.of() : session.accountCalls().recentChats();
    }

    @Override
    public List<ArticlePush> articles() {
        Session session = scope.session();
        return session == null ? List.of() : session.accountCalls().articles();
    }

    @Override
    public Mono<CheckedUrl> checkUrl(String url) {
        return Mono.defer(() -> openSession().accountCalls().checkUrl(url));
    }

    @Override
    public Mono<Void> report(List<StatReport> entries) {
        return Mono.defer(() -> openSession().accountCalls().report(entries));
    }

    @Override
    public Media media() {
        return new AccountMedia(this::downloads);
    }

    Mono<Downloads> downloads() {
        Session session = scope.session();
        return session == null
                ? Mono.error(new EngineStateException("account " + id() + " is not signed in now (" + status().state()
                        + "); wait for the event wx.account.ready and fetch again"))
                : Mono.just(session.downloads());
    }

    @Override
    public Mono<Void> signIn() {
        return Mono.fromRunnable(() -> {
            if (scope.session() == null) {
                scope.ask();
            }
        });
    }

    @Override
    public Mono<Void> logout() {
        return Mono.defer(() -> end().then(scope.logout()).then(exchange.close()));
    }
}
