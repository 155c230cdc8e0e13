package io.wxflux.internal.session;

import static java.util.Objects.requireNonNull;

import io.wxflux.event.EventHead;
import io.wxflux.internal.contacts.AccountContacts;
import io.wxflux.internal.contacts.ContactCache;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.protocol.Service;
import io.wxflux.internal.transport.HostGuards;
import io.wxflux.model.AccountId;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.LoginOptions;
import io.wxflux.options.SendOptions;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Everything of an account that outlives its sessions. */
public final class AccountScope {
    private final AccountSpec spec;
    private final Service service;
    private final AccountJournal journal;
    private final Announcer announcer;
    private final LoginOptions login;
    private final Paces paces;
    private final Sends sends;
    private final MessageOutbox outbox;
    private final Admission admission;
    private final HostGuards hostGuards;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Scheduler files;
    private final AccountContacts contacts;
    private final AtomicReference<AccountMemory> memory;
    private final LoginGuard guard;
    private final AtomicReference<Sinks.Empty<Void>> ask = new AtomicReference<>(Sinks.empty());
    private volatile int codesShown;
    private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
    private final AtomicReference<@Nullable Session> ready = new AtomicReference<>();
    private final AtomicReference<Sinks.One<Session>> readiness = new AtomicReference<>(Sinks.one());

    public AccountScope(
            AccountSpec spec,
            Service service,
            AccountJournal journal,
            byte @Nullable [] stored,
            Announcer announcer,
            LoginOptions login,
            SendOptions sending,
            Admission admission,
            HostGuards hostGuards,
            Scheduler scheduler,
            RandomGenerator random,
            Scheduler files,
            ContactCache contactCache) {
        this.spec = spec;
        this.service = service;
        this.journal = journal;
        this.announcer = announcer;
        this.login = login;
        this.paces = new Paces(sending, journal, announcer, scheduler);
        this.sends = new Sends(this, sending.whenThrottled());
        this.outbox = new MessageOutbox(this, sending);
        this.admission = admission;
        this.hostGuards = hostGuards;
        this.scheduler = scheduler;
        this.random = random;
        this.files = files;
        this.contacts = new AccountContacts(journal, contactCache, this::head, random, scheduler);
        AccountMemory known = AccountMemoryCodec.decode(spec.id(), stored);
        this.memory = new AtomicReference<>(known);
        this.guard = new LoginGuard(this, known);
    }

    public AccountId id() {
        return spec.id();
    }

    public AccountSpec spec() {
        return spec;
    }

    public Service service() {
        return service;
    }

    public AccountJournal journal() {
        return journal;
    }

    public Announcer announcer() {
        return announcer;
    }

    /** Of the account, not of a session: a new login does not bring a new allowance. */
    public Paces paces() {
        return paces;
    }

    public Sends sends() {
        return sends;
    }

    public MessageOutbox outbox() {
        return outbox;
    }

    public LoginOptions login() {
        return login;
    }

    LoginGuard guard() {
        return guard;
    }

    /** Somebody who has the phone at hand wants the account to sign in now. */
    public void ask() {
        requireNonNull(ask.getAndSet(Sinks.empty())).tryEmitEmpty();
    }

    /** Completes when somebody {@link #ask}s after this call, whoever subscribes when. */
    public Mono<Void> asked() {
        return requireNonNull(ask.get()).asMono().publishOn(scheduler);
    }

    public Admission admission() {
        return admission;
    }

    /** Shared by all accounts of the engine. */
    public HostGuards hostGuards() {
        return hostGuards;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public RandomGenerator random() {
        return random;
    }

    /** Where reading and writing files may block. */
    Scheduler files() {
        return files;
    }

    public AccountContacts contacts() {
        return contacts;
    }

    AccountMemory memory() {
        return requireNonNull(memory.get());
    }

    /** The open session; null while there is none. */
    public @Nullable Session session() {
        return session.get();
    }

    void opened(Session next) {
        session.set(next);
    }

    void closed(Session last) {
        session.compareAndSet(last, null);
        if (ready.compareAndSet(last, null)) {
            readiness.set(Sinks.one());
        }
    }

    /** The session has said hello and knows its contacts. */
    void ready(Session greeted) {
        // Taken before: should it be closed meanwhile, nobody who asks later finds a session that is over.
        Sinks.One<Session> waiting = requireNonNull(readiness.get());
        ready.set(greeted);
        waiting.tryEmitValue(greeted);
        if (session.get() != greeted) {
            closed(greeted);
        }
    }

    /** The open session, once it is ready; null before. */
    @Nullable
    Session readySession() {
        return ready.get();
    }

    /** The next session that is ready, or the one that is. */
    Mono<Session> ready() {
        return Mono.defer(() -> requireNonNull(readiness.get()).asMono());
    }

    void remember(AccountMemory next) {
        memory.set(next);
    }

    /** QR codes shown since a session was last opened. */
    int codesShown() {
        return codesShown;
    }

    void codesShown(int count) {
        codesShown = count;
    }

    /** What it remembers, as the shard keeps it. Times of the logins are told anew: the clock may have been set meanwhile. */
    public byte[] encodedMemory() {
        return AccountMemoryCodec.encode(guard.remembered(memory()));
    }

    /** Remembers and makes it durable. */
    Mono<Void> store(AccountMemory next) {
        return Mono.defer(() -> {
            remember(next);
            return journal.store(encodedMemory(), null);
        });
    }

    /** Ends the remembered session at the server and forgets it; nobody may be opening one meanwhile. */
    public Mono<Void> logout() {
        return SessionEnd.logout(this);
    }

    /** The head of an event that gets its id and sequence from the journal. */
    public EventHead head() {
        return new EventHead(id(), id().value(), now(), OptionalLong.empty());
    }

    public Instant now() {
        return Instant.ofEpochMilli(service.stamps().now());
    }
}
