package io.wxflux.internal.session;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.contacts.AccountContacts;
import io.wxflux.internal.contacts.ContactQuestions;
import io.wxflux.internal.contacts.Fill;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.protocol.Contacts;
import io.wxflux.internal.protocol.Credentials;
import io.wxflux.internal.protocol.Service;
import io.wxflux.internal.protocol.SignedIn;
import io.wxflux.internal.protocol.Stamps;
import io.wxflux.internal.protocol.Start;
import io.wxflux.internal.protocol.Sync;
import io.wxflux.internal.transport.HostFamily;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.internal.wire.InitBody;
import io.wxflux.internal.wire.RequestBodies.ContactQuery;
import io.wxflux.internal.wire.SyncBody;
import io.wxflux.internal.wire.SyncCheckScript.SyncSignal;
import io.wxflux.model.Contact;
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

    /** All of the greeting; what takes longer is left for later, the sync cycle must not wait. */
    private static final Duration GREETING = Duration.ofSeconds(60);

    /** After it began, when there are contacts of an earlier run. */
    private static final Duration FIRST_READING = Duration.ofSeconds(2);

    private final AccountScope scope;
    private final Service service;
    private final HostFamily hosts;
    private final UserName self;
    private final RoomCalls rooms;
    private final FriendCalls friends;
    private final ContactCalls contactCalls;
    private final AccountCalls accountCalls;
    private final Transfers transfers;
    private final List<UserName> chats;
    private final String nickName;
    private final String headImageUrl;
    private final ContactQuestions questions;
    private final Downloads downloads;

    private volatile Credentials credentials;
    private volatile long storedCookies;
    private volatile LastSync lastSync;

    /** What init told of contacts, until the address book was read. */
    private volatile List<ContactPatch> first;

    /** The whole address book was read. */
    private volatile boolean booked;

    private volatile boolean greeted;
    private volatile int readings;

    /** The service has something that was not fetched yet. */
    private volatile boolean behind;

    Session(AccountScope scope, HostFamily hosts, Credentials credentials, InitBody init) {
        this.scope = scope;
        this.service = scope.service();
        this.hosts = hosts;
        this.credentials = credentials;
        this.self = init.self();
        this.chats = init.chatSet();
        this.nickName = init.nickName();
        this.headImageUrl = init.headImageUrl();
        this.first = init.contacts();
        this.questions = new ContactQuestions(
                queries -> Mono.defer(() -> Contacts.details(signedIn(), queries)),
                pause -> scope.announcer().live(head -> new Lifecycle.Throttled(head, "webwxbatchgetcontact", pause)),
                scope.scheduler());
        this.storedCookies = service.exchange().cookies().version();
        this.lastSync = LastSync.at(service.stamps());
        var commands = new Commands(scope, this::signedIn, () -> scope.session() != this);
        this.rooms = new RoomCalls(commands, init.inviteStartCount());
        this.friends = new FriendCalls(commands);
        this.contactCalls = new ContactCalls(commands);
        this.accountCalls = new AccountCalls(commands, init.chatSet(), init.articles());
        this.transfers = new Transfers(this::signedIn, scope.files(), scope.scheduler());
        this.downloads = new Downloads(this::signedIn, this::contact, scope.files(), scope.scheduler());
    }

    /**
     * What one webwxsync brought.
     *
     * @param any whether there was a message or contact in it at all, known or not
     */
    public record Step(int fresh, boolean keyMoved, boolean more, boolean any) {}

    private Mono<Contact> contact(UserName name) {
        return scope.contacts().isCurrent() ? scope.contacts().reader().find(name) : Mono.empty();
    }

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

    /**
     * Since the last webwxsync that was answered. By the clock that tells the longer time: one stands while the machine
     * sleeps, the other may be set back; one webwxsync too many does no harm.
     */
    public Duration sinceLastSync() {
        LastSync now = LastSync.at(service.stamps());
        return Duration.ofMillis(Math.max(now.wall() - lastSync.wall(), now.steady() - lastSync.steady()));
    }

    private record LastSync(long wall, long steady) {
        static LastSync at(Stamps stamps) {
            return new LastSync(stamps.now(), stamps.steady());
        }
    }

    /**
     * Says hello and reads the contacts. A session that goes on has them already: what may have changed meanwhile is read
     * beside the cycle. Failures are logged: messages matter more than names.
     */
    public Mono<Void> greeting() {
        return Mono.defer(() -> {
            Fill fill = fill();
            Mono<Void> hello =
                    Start.statusNotify(signedIn()).onErrorResume(error -> skipped("webwxstatusnotify", error));
            return scope.journal().patient(scope.contacts().isKnown(fill)).flatMap(known -> {
                scope.contacts().begin(questions, self, known ? null : fill);
                return hello.then(known ? welcomeBack() : welcome(fill))
                        .then(Mono.fromRunnable(() -> scope.ready(this)));
            });
        });
    }

    private Mono<Void> welcome(Fill fill) {
        return pages(fill)
                .then(Mono.defer(() ->
                        Mono.when(rooms(fill).stream().map(questions::answer).toList())))
                .timeout(GREETING, Mono.empty(), scope.scheduler())
                .then(Mono.defer(() -> scope.contacts().finish(fill, this::ready)))
                .then(Mono.fromRunnable(() -> {
                    readings = 1;
                    greeted = true;
                    read(fill);
                }));
    }

    private Mono<Void> welcomeBack() {
        return scope.journal()
                .patient(scope.contacts().count())
                .flatMap(count -> scope.journal().append(ready(count), null, null))
                .then(Mono.fromRunnable(() -> greeted = true));
    }

    private Lifecycle.Ready ready(AccountContacts.Count count) {
        return new Lifecycle.Ready(scope.head(), count.people(), count.rooms());
    }

    private Fill fill() {
        return scope.contacts().fill(credentials.sid(), credentials.uin(), self, nickName, headImageUrl, first);
    }

    private Mono<Void> pages(Fill fill) {
        return scope.admission()
                .contacts()
                .admit(() -> Contacts.pages(signedIn()).doOnNext(fill::page).then())
                .onErrorResume(error -> skipped("reading the contacts", error));
    }

    /** Those in the address book and those the phone has open; the address book has only some. */
    private List<ContactQuery> rooms(Fill fill) {
        Set<UserName> rooms = new LinkedHashSet<>();
        chats.stream().filter(UserName::isRoom).forEach(rooms::add);
        rooms.addAll(fill.rooms());
        return rooms.stream().map(ContactQuery::of).toList();
    }

    private void read(Fill fill) {
        booked = fill.isComplete();
        if (booked) {
            first = List.of();
        }
    }

    /**
     * What goes on beside the cycle: questions about contacts, and the address book when the greeting did not read it.
     * <b>Emits</b> nothing and does not complete. <b>Errors</b> when the session is over.
     */
    public Mono<Void> upkeep() {
        return questions
                .run(scope.contacts()::answered)
                .and(reading().then(scope.contacts().damage()).then(unbooked()).repeat());
    }

    /**
     * Not before the cycle has caught up: an address book is newer than changes that still wait at the service, which would
     * seem to undo it.
     */
    private Mono<Void> reading() {
        return Mono.defer(() -> Mono.delay(nextReading(), scope.scheduler()))
                .then(Mono.defer(() -> booked || behind || !greeted ? Mono.empty() : readAgain()))
                .repeat(() -> !booked)
                .then();
    }

    /** The book is not what it was any more. */
    private Mono<Void> unbooked() {
        return Mono.fromRunnable(() -> {
            booked = false;
            readings = 0;
        });
    }

    /** Soon at first, and as long as there is a reason to wait; then seldom. */
    private Duration nextReading() {
        return readings == 0 ? FIRST_READING : GREETING.multipliedBy(1L << Math.min(readings - 1, 5));
    }

    private Mono<Void> readAgain() {
        return Mono.defer(() -> {
            readings++;
            Fill fill = fill();
            scope.contacts().reading(fill);
            return pages(fill)
                    .then(Mono.defer(
                            () -> fill.isComplete() ? scope.contacts().finish(fill, null) : Mono.<Void>empty()))
                    .then(Mono.fromRunnable(() -> {
                        rooms(fill).forEach(questions::ask);
                        read(fill);
                    }));
        });
    }

    /** Refused tokens are webwxsync's to tell: counted from here they could cost the sync key, and what is behind it. */
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
                        () -> Sync.check(service, host, credentials, position().syncCheckKey()))
                .doOnNext(signal -> behind = signal.hasNews())
                // Nobody knows what waits: the address book is not to be older than that.
                .doOnError(error -> behind = true);
    }

    /** Fetches what follows the durable key. */
    public Mono<SyncBody> fetch() {
        return Mono.defer(
                        () -> Sync.sync(service, hosts, credentials, position().syncKey()))
                .doOnNext(body -> {
                    lastSync = LastSync.at(service.stamps());
                    credentials = credentials.withSkey(body.skey());
                });
    }

    /** As {@link #fetch}, but what comes is thrown away: it acknowledges nothing, and keeps session and cookies alive. */
    public Mono<Void> touch() {
        return fetch().then();
    }

    /** Makes what was fetched durable together with the next key, and only then moves on. */
    public Mono<Step> keep(SyncBody body) {
        return Mono.defer(() -> kept(body));
    }

    private Mono<Step> kept(SyncBody body) {
        SyncPosition before = position();
        SyncPosition next = before.advance(body.syncKey(), body.syncCheckKey());
        boolean any = !body.messages().isEmpty()
                || !body.modified().isEmpty()
                || !body.deleted().isEmpty();
        return scope.journal()
                .append(() -> scope.contacts()
                        .synced(body, self)
                        .map(update -> new AccountJournal.Batch(
                                credentials.uin(),
                                self,
                                update.events(),
                                body.messages(),
                                next,
                                changedMemory(0),
                                update.documents(),
                                update.onDurable())))
                .map(fresh -> {
                    behind = body.more();
                    return new Step(fresh, !next.equals(before), body.more(), any);
                });
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
