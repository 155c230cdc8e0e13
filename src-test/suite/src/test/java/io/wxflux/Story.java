package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountState;
import io.wxflux.event.AccountStatus;
import io.wxflux.model.AccountId;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.ContactOptions;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.JournalBounds;
import io.wxflux.options.LoginOptions;
import io.wxflux.options.SendOptions;
import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A whole engine against the {@link ModelServer}, on one thread and in virtual time: the same story gives the same events.
 * Everything the server objects to fails {@link #end()}.
 */
final class Story {
    private static final Duration UNTIL_2023 = Duration.ofSeconds(1_700_000_000);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final ModelServer server;
    final RecordingSink sink = new RecordingSink();
    final List<DeadLetter> deadLetters = new ArrayList<>();
    final List<AccountEvent> live = new ArrayList<>();
    LoginOptions login = LoginOptions.defaults();
    SendOptions sending = SendOptions.defaults();
    DeliveryOptions delivery = DeliveryOptions.defaults();
    JournalBounds journal = JournalBounds.defaults();
    ContactOptions contacts = ContactOptions.defaults();
    HttpOptions http = HttpOptions.defaults();
    DeadLetterStore letters = letter -> Mono.fromRunnable(() -> deadLetters.add(letter));

    /** What is done with an engine before it runs. */
    Consumer<Engine> prepare = engine -> {};

    @Nullable
    Network network;

    /** What the engine takes for its clock; the server goes by {@link #time}. */
    Scheduler clock = time;

    private final Map<String, SinkSpec> sinks = new LinkedHashMap<>();
    private final Map<String, AccountSpec> accounts = new LinkedHashMap<>();
    private WatchedStore store;
    private boolean opened;
    private @Nullable DefaultEngine engine;
    private @Nullable ModelNetwork process;
    private @Nullable Disposable run;
    private @Nullable Throwable failure;
    private boolean completed;

    Story() {
        time.advanceTimeBy(UNTIL_2023);
        server = new ModelServer(time);
        store = new WatchedStore(time);
        sink("sink", spec -> spec.from(SinkSpec.From.EARLIEST));
    }

    /** An account that begins with the next start. */
    Story account(String id) {
        return account(AccountSpec.of(id));
    }

    Story account(AccountSpec spec) {
        accounts.put(spec.id().value(), spec);
        watchKeys(spec.id());
        return this;
    }

    private void watchKeys(AccountId id) {
        server.account(id.value()).onKey =
                key -> store.isDurable(id, key) ? "" : "the key " + key + " was shown and is not durable";
    }

    /** Registers the story's own sink anew. */
    Story sink(String name, Function<SinkSpec, SinkSpec> change) {
        return sink(change.apply(SinkSpec.of(name, sink)));
    }

    Story sink(SinkSpec spec) {
        sinks.put(spec.name(), spec);
        return this;
    }

    Story withoutSink(String name) {
        sinks.remove(name);
        return this;
    }

    WatchedStore store() {
        return store;
    }

    DefaultEngine engine() {
        if (engine == null) {
            throw new AssertionError("the engine was not started");
        }
        return engine;
    }

    /** Starts a process on what the last one left. */
    Story start() {
        if (opened) {
            Duration takes = store.commitTakes;
            store = store.reopen();
            store.commitTakes = takes;
        }
        opened = true;
        completed = false;
        var options = EngineOptions.builder()
                .coordinator(store)
                .login(login)
                .delivery(delivery)
                .journal(journal)
                .sending(sending)
                .contacts(contacts)
                .http(http)
                .deadLetters(letters)
                .scheduler(clock);
        sinks.values().forEach(options::sink);
        ModelNetwork next = server.network();
        process = next;
        Network chosen = network == null ? next : network;
        var started = new DefaultEngine(options.build(), (http, scheduler) -> chosen, new SplittableRandom(7));
        engine = started;
        accounts.values().forEach(spec -> started.add(spec).subscribe());
        started.events().subscribe(live::add);
        prepare.accept(started);
        run = started.run().subscribe(done -> {}, error -> failure = error, () -> completed = true);
        return pass(Duration.ZERO);
    }

    Story pass(Duration duration) {
        time.advanceTimeBy(duration);
        return this;
    }

    Story seconds(long seconds) {
        return pass(Duration.ofSeconds(seconds));
    }

    /** A stop as an operator asks for it; fails unless the engine then ends within the time. */
    Story stop(Duration within) {
        engine().stop().subscribe();
        pass(within);
        assertThat(failure).as("the engine's end").isNull();
        assertThat(completed).as("the engine has ended within " + within).isTrue();
        return this;
    }

    Story stop() {
        return stop(Duration.ofSeconds(15));
    }

    /** The process is gone from one moment to the next. */
    Story kill() {
        if (process != null) {
            process.die();
        }
        WatchedStore survivor = store.reopen();
        survivor.commitTakes = store.commitTakes;
        store = survivor;
        opened = false;
        if (run != null) {
            run.dispose();
        }
        return this;
    }

    boolean isCompleted() {
        return completed;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    AccountStatus status(String account) {
        return engine().account(account).status();
    }

    AccountState state(String account) {
        return status(account).state();
    }

    List<String> liveTypes(String account) {
        return live.stream()
                .filter(event -> event.account().value().equals(account))
                .map(AccountEvent::type)
                .toList();
    }

    <T extends AccountEvent> List<T> live(String account, Class<T> kind) {
        return live.stream()
                .filter(event -> event.account().value().equals(account))
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Nothing the server objects to has happened; the process is put away. */
    void end() {
        if (run != null) {
            run.dispose();
        }
        assertThat(server.offences()).as("what the server objects to").isEmpty();
    }
}
