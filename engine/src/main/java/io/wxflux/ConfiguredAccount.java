package io.wxflux;

import io.wxflux.event.AccountStatus;
import io.wxflux.model.AccountId;
import io.wxflux.model.ArticlePush;
import io.wxflux.model.CheckedUrl;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactQuery;
import io.wxflux.model.MsgId;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.Recalled;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.StatReport;
import io.wxflux.model.UploadProgress;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An account that is configured and has not begun, as before the engine runs and while it opens its journal. Whoever holds it
 * need not ask again: every call looks for the run when it is subscribed.
 */
final class ConfiguredAccount implements Account {
    private final AccountId id;
    private final Supplier<@Nullable AccountRun> begun;
    private final Supplier<AccountRun> run;
    private final Supplier<AccountStatus> waiting;

    /**
     * @param begun its run, if there is one
     * @param run the same, or an error that says why there is none
     * @param waiting the status while there is none
     */
    ConfiguredAccount(
            AccountId id,
            Supplier<@Nullable AccountRun> begun,
            Supplier<AccountRun> run,
            Supplier<AccountStatus> waiting) {
        this.id = id;
        this.begun = begun;
        this.run = run;
        this.waiting = waiting;
    }

    private <T> Mono<T> ask(Function<Account, Mono<T>> call) {
        return Mono.defer(() -> call.apply(run.get()));
    }

    private <T> T look(Function<Account, T> question, T otherwise) {
        AccountRun now = begun.get();
        return now == null ? otherwise : question.apply(now);
    }

    @Override
    public AccountId id() {
        return id;
    }

    @Override
    public AccountStatus status() {
        AccountRun now = begun.get();
        return now == null ? waiting.get() : now.status();
    }

    @Override
    public Mono<SendReceipt> send(UserName to, Outgoing message) {
        return ask(account -> account.send(to, message));
    }

    @Override
    public Mono<SendReceipt> send(UserName to, Outgoing message, Consumer<? super UploadProgress> progress) {
        return ask(account -> account.send(to, message, progress));
    }

    @Override
    public Mono<Recalled> recall(UserName conversation, MsgId message) {
        return ask(account -> account.recall(conversation, message));
    }

    @Override
    public Mono<Void> markRead(UserName conversation) {
        return ask(account -> account.markRead(conversation));
    }

    @Override
    public Rooms rooms() {
        return new SessionRooms(() -> run.get().openSession());
    }

    @Override
    public Friends friends() {
        return new SessionFriends(() -> run.get().openSession());
    }

    @Override
    public Media media() {
        return new AccountMedia(() -> run.get().downloads());
    }

    @Override
    public List<UserName> recentChats() {
        return look(Account::recentChats, List.of());
    }

    @Override
    public List<ArticlePush> articles() {
        return look(Account::articles, List.of());
    }

    @Override
    public Mono<CheckedUrl> checkUrl(String url) {
        return ask(account -> account.checkUrl(url));
    }

    @Override
    public Mono<Void> report(List<StatReport> entries) {
        return ask(account -> account.report(entries));
    }

    /** It signs in by itself when it begins. */
    @Override
    public Mono<Void> signIn() {
        return Mono.defer(() -> look(Account::signIn, Mono.empty()));
    }

    @Override
    public Mono<Void> logout() {
        return ask(Account::logout);
    }

    @Override
    public Outbox outbox() {
        return new Outbox() {
            @Override
            public Mono<OutboxEntry> put(UserName to, Outgoing message, Duration expiry) {
                return ask(account -> account.outbox().put(to, message, expiry));
            }

            @Override
            public Mono<List<OutboxEntry>> pending() {
                return ask(account -> account.outbox().pending());
            }

            @Override
            public Mono<OutboxEntry> await(String entry) {
                return ask(account -> account.outbox().await(entry));
            }
        };
    }

    @Override
    public AddressBook contacts() {
        return new AddressBook() {
            @Override
            public Mono<Contact> find(UserName userName) {
                return ask(account -> account.contacts().find(userName));
            }

            @Override
            public Flux<Contact> all() {
                return Flux.defer(() -> run.get().contacts().all());
            }

            @Override
            public Flux<Contact> search(ContactQuery query) {
                return Flux.defer(() -> run.get().contacts().search(query));
            }

            @Override
            public Mono<Contact> byStableId(String stableId) {
                return ask(account -> account.contacts().byStableId(stableId));
            }

            @Override
            public Mono<Contact> refresh(UserName userName) {
                return ask(account -> account.contacts().refresh(userName));
            }

            @Override
            public Mono<Void> remark(UserName userName, String remark) {
                return ask(account -> account.contacts().remark(userName, remark));
            }

            @Override
            public Mono<Void> pin(UserName userName, boolean pinned) {
                return ask(account -> account.contacts().pin(userName, pinned));
            }
        };
    }
}
