package io.wxflux.internal.session;

import static java.util.Objects.requireNonNull;

import io.wxflux.event.EventHead;
import io.wxflux.internal.contacts.AccountContacts;
import io.wxflux.internal.contacts.ContactCache;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.protocol.Service;
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
import reactor.core.scheduler.Scheduler;

/** Everything of an account that outlives its sessions. */
public final class AccountScope {
    private final AccountSpec spec;
    private final Service service;
    private final AccountJournal journal;
    private final Announcer announcer;
    private final LoginOptions login;
    private final SendPace sendPace;
    private final AdmissionGate admission;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final AccountContacts contacts;
    private final AtomicReference<AccountMemory> memory;
    private volatile int codesShown;
    private final AtomicReference<@Nullable Session> session = new AtomicReference<>();

    public AccountScope(
            AccountSpec spec,
            Service service,
            AccountJournal journal,
            byte @Nullable [] stored,
            Announcer announcer,
            LoginOptions login,
            SendOptions sending,
            AdmissionGate admission,
            Scheduler scheduler,
            RandomGenerator random,
            ContactCache contactCache) {
        this.spec = spec;
        this.service = service;
        this.journal = journal;
        this.announcer = announcer;
        this.login = login;
        this.sendPace = new SendPace(sending, scheduler);
        this.admission = admission;
        this.scheduler = scheduler;
        this.random = random;
        this.contacts = new AccountContacts(journal, contactCache, this::head, random, scheduler);
        this.memory = new AtomicReference<>(AccountMemoryCodec.decode(spec.id(), stored));
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
    SendPace sendPace() {
        return sendPace;
    }

    public LoginOptions login() {
        return login;
    }

    public AdmissionGate admission() {
        return admission;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public RandomGenerator random() {
        return random;
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

    /** What it remembers, as the shard keeps it. */
    public byte[] encodedMemory() {
        return AccountMemoryCodec.encode(memory());
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
