package io.wxflux.internal.session;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.protocol.Contacts;
import io.wxflux.internal.protocol.Credentials;
import io.wxflux.internal.protocol.Service;
import io.wxflux.internal.protocol.SignedIn;
import io.wxflux.internal.protocol.Start;
import io.wxflux.internal.protocol.Sync;
import io.wxflux.internal.transport.HostFamily;
import io.wxflux.internal.wire.InitBody;
import io.wxflux.internal.wire.SyncBody;
import io.wxflux.internal.wire.SyncCheckScript.SyncSignal;
import io.wxflux.model.SyncPosition;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** An open session: what can be asked of the server in it. The account's pipeline decides when. */
public final class Session {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.session");

    /** All of the greeting; contacts that take longer are left for later, the sync cycle must not wait. */
    private static final Duration GREETING = Duration.ofSeconds(60);

    private final AccountScope scope;
    private final Service service;
    private final HostFamily hosts;
    private final UserName self;
    private final List<UserName> chats;
    private final RoomCalls rooms;
    private final FriendCalls friends;
    private final ContactCalls contactCalls;
    private final AccountCalls accountCalls;
    private final Transfers transfers;
    private final Downloads downloads;

    private volatile Credentials credentials;
    private volatile long storedCookies;
    private volatile long lastSync;

    Session(AccountScope scope, HostFamily hosts, Credentials credentials, InitBody init) {
        this.scope = scope;
        this.service = scope.service();
        this.hosts = hosts;
        this.credentials = credentials;
        this.self = init.self();
        this.chats = init.chatSet();
        this.storedCookies = service.exchange().cookies().version();
        this.lastSync = service.stamps().now();
        var commands = new Commands(scope, this::signedIn);
        this.rooms = new RoomCalls(commands, init.inviteStartCount());
        this.friends = new FriendCalls(commands);
        this.contactCalls = new ContactCalls(commands);
        this.accountCalls = new AccountCalls(commands, init.chatSet(), init.articles());
        this.transfers = new Transfers(this::signedIn, scope.files(), scope.scheduler());
        this.downloads = new Downloads(this::signedIn, scope.files(), scope.scheduler());
    }

    /**
     * What one webwxsync brought.
     *
     * @param any whether there was a message or contact in it at all, known or not
     */
    public record Step(int fresh, boolean keyMoved, boolean more, boolean any) {}

    public HostFamily hosts() {
        return hosts;
    }

    /** As of now: the tokens may change with any webwxsync. */
    SignedIn signedIn() {
        return new SignedIn(service, hosts, credentials, self);
    }

    /** Our name in this login. */
    UserName self() {
        return self;
    }

    /** What goes up in this session. */
    public Transfers transfers() {
        return transfers;
    }

    public RoomCalls rooms() {
        return rooms;
    }

    public FriendCalls friends() {
        return friends;
    }

    public ContactCalls contactCalls() {
        return contactCalls;
    }

    public AccountCalls accountCalls() {
        return accountCalls;
    }

    /** What is fetched in this session. */
    public Downloads downloads() {
        return downloads;
    }

    /** Unix milliseconds of the last webwxsync that was answered. */
    public long lastSync() {
        return lastSync;
    }

    /** Says hello and reads the contacts. Failures are logged: messages matter more than names. */
    public Mono<Void> greeting() {
        return Start.statusNotify(signedIn())
                .onErrorResume(error -> skipped("webwxstatusnotify", error))
                .then(contacts())
                .timeout(GREETING, Mono.empty(), scope.scheduler())
                .onErrorResume(error -> skipped("reading the contacts", error))
                .then(Mono.defer(() -> scope.journal()
                        .append(
                                new Lifecycle.Ready(
                                        scope.head(),
                                        (int) scope.contacts().peopleCount(),
                                        scope.contacts().rooms().size()),
                                null,
                                null)))
                .then(Mono.fromRunnable(() -> scope.ready(this)));
    }

    private Mono<Void> contacts() {
        return Contacts.all(signedIn()).doOnNext(scope.contacts()::merge).then(Mono.defer(() -> {
            Set<UserName> rooms = new LinkedHashSet<>(scope.contacts().rooms());
            chats.stream().filter(UserName::isRoom).forEach(rooms::add);
            return Contacts.rooms(signedIn(), List.copyOf(rooms))
                    .doOnNext(scope.contacts()::merge)
                    .then();
        }));
    }

    /** Refused tokens are webwxsync's to tell: believed from here they would cost the sync key, and what is behind it. */
    private <T> Mono<T> skipped(String what, Throwable error) {
        if (error instanceof SessionEndedException ended && ended.code() >= 1100) {
            return Mono.error(error);
        }
        log.warn("{}: {} failed and is skipped: {}", scope.id(), what, error.getMessage());
        return Mono.empty();
    }

    /** One long poll at one host. */
    public Mono<SyncSignal> check(String host) {
        return Mono.defer(
                () -> Sync.check(service, host, credentials, position().syncCheckKey()));
    }

    /**
     * Fetches what follows the durable key, makes it durable together with the next key, and only then moves on.
     */
    public Mono<Step> step() {
        return Mono.defer(
                        () -> Sync.sync(service, hosts, credentials, position().syncKey()))
                .flatMap(this::keep);
    }

    private Mono<Step> keep(SyncBody body) {
        lastSync = service.stamps().now();
        SyncPosition before = position();
        SyncPosition next = before.advance(body.syncKey(), body.syncCheckKey());
        body.deleted().forEach(scope.contacts()::remove);
        body.modified().forEach(scope.contacts()::merge);
        credentials = credentials.withSkey(body.skey());
        boolean any = !body.messages().isEmpty()
                || !body.modified().isEmpty()
                || !body.deleted().isEmpty();
        return scope.journal()
                .append(() -> Mono.just(new AccountJournal.Batch(
                        credentials.uin(), self, List.of(), body.messages(), next, changedMemory(0), List.of())))
                .map(fresh -> new Step(fresh, !next.equals(before), body.more(), any));
    }

    private SyncPosition position() {
        SyncPosition position = scope.journal().position();
        if (position == null) {
            throw new ProtocolViolationException("the session has no position: a bug, please report it");
        }
        return position;
    }

    /**
     * The memory to store with the next commit; null while the stored one is still right.
     *
     * @param refusals to be remembered: an answered webwxsync sets them back, a stop does not
     */
    private byte @Nullable [] changedMemory(int refusals) {
        long version = service.exchange().cookies().version();
        AccountMemory.Live live = scope.memory().live();
        boolean sameTokens = live != null && live.credentials().equals(credentials) && live.refusals() == refusals;
        if (version == storedCookies && sameTokens) {
            return null;
        }
        storedCookies = version;
        scope.remember(scope.memory()
                .withCookies(service.exchange().cookies().snapshot())
                .withLive(new AccountMemory.Live(credentials, self, refusals, null)));
        return scope.encodedMemory();
    }

    /**
     * After a stop: the session stays at the server and on disk, for resume. A batch that is being made durable is waited
     * for, so that it can be delivered before the end.
     */
    public Mono<Void> suspend() {
        return Mono.defer(() -> {
                    scope.closed(this);
                    AccountMemory.Live live = scope.memory().live();
                    byte[] memory = live == null ? null : changedMemory(live.refusals());
                    return memory == null
                            ? scope.journal().settled()
                            : scope.journal().store(memory, null);
                })
                .then(service.exchange().close());
    }

    /** After an error. */
    public Mono<Void> end(Throwable cause) {
        scope.closed(this);
        Mono<Void> said =
                cause instanceof SessionEndedException ended ? SessionEnd.ended(scope, ended, true) : suspend();
        return said.then(service.exchange().close());
    }
}
