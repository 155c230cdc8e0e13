package io.wxflux.scenario;

import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountState;
import io.wxflux.event.AccountStatus;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** An engine in the background of a test, with everything it delivered and showed. */
final class RunningEngine implements AutoCloseable {
    private final Engine engine;
    private final Queue<AccountEvent> delivered = new ConcurrentLinkedQueue<>();
    private final Queue<AccountEvent> live = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Disposable run;
    private boolean killed;

    private RunningEngine(EngineOptions options) {
        engine = Engine.create(options);
        engine.handle("test", event -> Mono.fromRunnable(() -> delivered.add(event)));
        engine.events().subscribe(live::add);
        run = engine.run().subscribe(done -> {}, failure::set);
    }

    static RunningEngine start(EngineOptions.Builder options) {
        return new RunningEngine(options.build());
    }

    Engine engine() {
        return engine;
    }

    void awaitState(String account, AccountState state) {
        Await.until(
                Duration.ofSeconds(30),
                () -> status(account) != null && status(account).state() == state,
                () -> engine.accounts() + " " + failure.get());
    }

    /** Signed in, with its contacts read. */
    void awaitReady(String account) {
        Await.until(
                Duration.ofSeconds(30),
                () -> deliveredTypes(account).contains("wx.account.ready"),
                () -> engine.accounts() + " " + failure.get());
        awaitState(account, AccountState.SYNCING);
    }

    void awaitAllSyncing(int count) {
        Await.until(
                Duration.ofSeconds(60),
                () -> engine.accounts().stream()
                                .filter(account -> account.state() == AccountState.SYNCING)
                                .count()
                        == count,
                () -> engine.accounts() + " " + failure.get());
    }

    AccountStatus status(String account) {
        return engine.accounts().stream()
                .filter(status -> status.account().equals(AccountId.of(account)))
                .findFirst()
                .orElse(null);
    }

    List<AccountEvent> delivered(String account) {
        return delivered.stream()
                .filter(event -> event.account().value().equals(account))
                .toList();
    }

    List<String> deliveredTypes(String account) {
        return delivered(account).stream().map(AccountEvent::type).toList();
    }

    List<String> texts(String account) {
        return delivered(account).stream()
                .filter(event ->
                        event instanceof MessageReceived received && received.message() instanceof Message.Text)
                .map(event -> ((Message.Text) ((MessageReceived) event).message()).text())
                .toList();
    }

    List<AccountEvent> live(String account) {
        return live.stream()
                .filter(event -> event.account().value().equals(account))
                .toList();
    }

    List<String> liveTypes(String account) {
        return live(account).stream().map(AccountEvent::type).toList();
    }

    void awaitTexts(String account, int count) {
        Await.until(
                Duration.ofSeconds(30),
                () -> texts(account).size() >= count,
                () -> account + " had " + texts(account).size() + " texts; " + engine.accounts());
    }

    /** The process is gone from one moment to the next; what it was doing is not waited for. */
    void kill() {
        run.dispose();
        killed = true;
    }

    @Override
    public void close() {
        if (killed) {
            return;
        }
        engine.stop().block(Duration.ofSeconds(60));
        run.dispose();
        Throwable error = failure.get();
        if (error != null) {
            throw new AssertionError("the engine failed", error);
        }
    }
}
