package io.wxflux.internal.session;

import io.wxflux.event.EventHead;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.protocol.Service;
import io.wxflux.model.AccountId;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.LoginOptions;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Everything of an account that outlives its sessions. */
public final class AccountScope {
    private final AccountSpec spec;
    private final Service service;
    private final AccountJournal journal;
    private final Announcer announcer;
    private final LoginOptions login;
    private final AdmissionGate admission;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final ContactBook contacts = new ContactBook();
    private final AtomicReference<AccountMemory> memory;

    public AccountScope(
            AccountSpec spec,
            Service service,
            AccountJournal journal,
            AccountMemory memory,
            Announcer announcer,
            LoginOptions login,
            AdmissionGate admission,
            Scheduler scheduler,
            RandomGenerator random) {
        this.spec = spec;
        this.service = service;
        this.journal = journal;
        this.announcer = announcer;
        this.login = login;
        this.admission = admission;
        this.scheduler = scheduler;
        this.random = random;
        this.memory = new AtomicReference<>(memory);
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

    public ContactBook contacts() {
        return contacts;
    }

    public AccountMemory memory() {
        return memory.get();
    }

    void remember(AccountMemory next) {
        memory.set(next);
    }

    byte[] encodedMemory() {
        return AccountMemoryCodec.encode(memory.get());
    }

    /** Remembers and makes it durable. */
    Mono<Void> store(AccountMemory next) {
        return Mono.defer(() -> {
            remember(next);
            return journal.store(encodedMemory(), null);
        });
    }

    /** The head of an event that gets its id and sequence from the journal. */
    public EventHead head() {
        return new EventHead(id(), id().value(), now(), OptionalLong.empty());
    }

    public Instant now() {
        return Instant.ofEpochMilli(service.stamps().now());
    }
}
