package io.wxflux;

import io.wxflux.options.AccountSpec;
import io.wxflux.options.ContactOptions;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.JournalBounds;
import io.wxflux.options.LoginOptions;
import io.wxflux.options.SendOptions;
import io.wxflux.shard.Coordinator;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.SinkSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Everything an engine is made of. Immutable; made by {@link #builder()}.
 *
 * <p>Without a coordinator the engine keeps everything in memory: good for tests and throw-away runs, nothing survives
 * the process. The durable one is {@code FileJournal} of {@code wxflux-journal}, which keeps dead letters, too.
 */
public final class EngineOptions {
    private final List<AccountSpec> accounts;
    private final List<SinkSpec> sinks;
    private final @Nullable Coordinator coordinator;
    private final @Nullable DeadLetterStore deadLetters;
    private final HttpOptions http;
    private final LoginOptions login;
    private final DeliveryOptions delivery;
    private final JournalBounds journal;
    private final SendOptions sending;
    private final ContactOptions contacts;
    private final @Nullable Scheduler scheduler;

    private EngineOptions(Builder builder) {
        this.accounts = List.copyOf(builder.accounts);
        this.sinks = List.copyOf(builder.sinks);
        this.coordinator = builder.coordinator;
        this.deadLetters = builder.deadLetters;
        this.http = builder.http;
        this.login = builder.login;
        this.delivery = builder.delivery;
        this.journal = builder.journal;
        this.sending = builder.sending;
        this.contacts = builder.contacts;
        this.scheduler = builder.scheduler;
    }

    public static Builder builder() {
        return new Builder();
    }

    public List<AccountSpec> accounts() {
        return accounts;
    }

    public List<SinkSpec> sinks() {
        return sinks;
    }

    /** Null = in memory. */
    public @Nullable Coordinator coordinator() {
        return coordinator;
    }

    /**
     * Where events go that sinks reject for good. Null = where the {@linkplain Coordinator#deadLetters() coordinator} keeps
     * them: with a {@code FileJournal} in {@code dead-letters.ndjson} of its state directory, without a coordinator in
     * memory, the newest 1,000.
     */
    public @Nullable DeadLetterStore deadLetters() {
        return deadLetters;
    }

    public HttpOptions http() {
        return http;
    }

    public LoginOptions login() {
        return login;
    }

    public DeliveryOptions delivery() {
        return delivery;
    }

    /** How much the journal may hold before accounts are parked. */
    public JournalBounds journal() {
        return journal;
    }

    /** How fast each account may send. */
    public SendOptions sending() {
        return sending;
    }

    /** How much is kept of contacts. */
    public ContactOptions contacts() {
        return contacts;
    }

    /** Clock and timer of everything in the engine; null = Reactor's parallel scheduler. */
    public @Nullable Scheduler scheduler() {
        return scheduler;
    }

    /** Not thread-safe. Nothing starts before {@link Engine#run()}. */
    public static final class Builder {
        private final List<AccountSpec> accounts = new ArrayList<>();
        private final List<SinkSpec> sinks = new ArrayList<>();
        private @Nullable Coordinator coordinator;
        private @Nullable DeadLetterStore deadLetters;
        private HttpOptions http = HttpOptions.defaults();
        private LoginOptions login = LoginOptions.defaults();
        private DeliveryOptions delivery = DeliveryOptions.defaults();
        private JournalBounds journal = JournalBounds.defaults();
        private SendOptions sending = SendOptions.defaults();
        private ContactOptions contacts = ContactOptions.defaults();
        private @Nullable Scheduler scheduler;

        private Builder() {}

        public Builder account(AccountSpec account) {
            accounts.add(account);
            return this;
        }

        public Builder sink(SinkSpec sink) {
            sinks.add(sink);
            return this;
        }

        public Builder coordinator(Coordinator value) {
            coordinator = value;
            return this;
        }

        /** Instead of the place the coordinator has for them; whoever gives one closes it, after the engine's end. */
        public Builder deadLetters(DeadLetterStore value) {
            deadLetters = value;
            return this;
        }

        public Builder http(HttpOptions value) {
            http = value;
            return this;
        }

        public Builder login(LoginOptions value) {
            login = value;
            return this;
        }

        public Builder delivery(DeliveryOptions value) {
            delivery = value;
            return this;
        }

        public Builder journal(JournalBounds value) {
            journal = value;
            return this;
        }

        public Builder sending(SendOptions value) {
            sending = value;
            return this;
        }

        public Builder contacts(ContactOptions value) {
            contacts = value;
            return this;
        }

        public Builder scheduler(Scheduler value) {
            scheduler = value;
            return this;
        }

        public EngineOptions build() {
            return new EngineOptions(this);
        }
    }
}
