package io.wxflux.scenario;

import io.wxflux.Engine;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.Message;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.HttpOptions;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.simulator.Simulator;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Many accounts of an engine and of the simulator, and how late their messages are. */
final class Fleet implements AutoCloseable {
    private final Simulator simulator;
    private final List<SimAccount> accounts = new ArrayList<>();
    private final Engine engine;
    private final Disposable run;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();

    private Fleet(WeChatService weChat, HttpOptions http, int size, List<String> homes) {
        simulator = weChat.simulator();
        var options = weChat.options().http(http);
        for (int i = 0; i < size; i++) {
            accounts.add(simulator.addAccount(
                    SimAccountSpec.of("sim-" + i, 2_000_000_001L + i).withHome(homes.get(i % homes.size()))));
            options.account(AccountSpec.of("acc-" + i));
        }
        engine = Engine.create(options.build());
        engine.handle("fleet", event -> Mono.fromRunnable(() -> take(event)));
        run = engine.run().subscribe(done -> {}, failure::set);
    }

    /** All of them signed in and polling, spread over the families. */
    static Fleet polling(WeChatService weChat, HttpOptions http, int size, List<String> homes) {
        var fleet = new Fleet(weChat, http, size, homes);
        fleet.await(
                Duration.ofSeconds(120L + size / 2),
                account -> !account.pollHost().isEmpty());
        return fleet;
    }

    List<SimAccount> accounts() {
        return accounts;
    }

    /** How long it took until each of them was seen so at least once, in seconds. */
    double await(Duration most, Predicate<SimAccount> state) {
        long began = System.nanoTime();
        var missing = new ArrayList<>(accounts);
        Await.until(
                most,
                () -> {
                    missing.removeIf(state);
                    return missing.isEmpty();
                },
                () -> missing.size() + " are missing, such as " + missing.get(0).name() + " at \""
                        + missing.get(0).pollHost() + "\"; " + failure.get());
        return (System.nanoTime() - began) / 1e9;
    }

    /** Messages for the accounts in turn, until disposed of. */
    Disposable messages(double perSecond) {
        return Flux.interval(Duration.ofNanos((long) (1e9 / perSecond)))
                .onBackpressureDrop()
                .subscribe(i -> message(accounts.get((int) (i % accounts.size()))));
    }

    void message(SimAccount account) {
        queued.incrementAndGet();
        account.queue(SimMessage.text(SimPeer.friend(1), "at " + System.nanoTime() + " for " + account.name()));
    }

    private void take(AccountEvent event) {
        if (event instanceof MessageReceived received && received.message() instanceof Message.Text text) {
            long late = System.nanoTime() - Long.parseLong(text.text().split(" ")[1]);
            longest.accumulateAndGet(late, Math::max);
            if (!seen.add(text.text())) {
                repeated.incrementAndGet();
            }
            delivered.incrementAndGet();
        }
    }

    /** Waits for all messages; fails when one came twice. */
    void awaitDelivered(Duration most) {
        Await.until(most, () -> delivered.get() >= queued.get(), () -> delivered + " of " + queued);
        if (repeated.get() > 0) {
            throw new AssertionError(repeated + " messages came twice");
        }
    }

    long delivered() {
        return delivered.get();
    }

    /** Seconds from the simulator's having a message to the handler's. */
    double longestDelay() {
        return longest.get() / 1e9;
    }

    void forgetDelays() {
        longest.set(0);
    }

    long logins() {
        return accounts.stream().mapToLong(SimAccount::logins).sum();
    }

    @Override
    public void close() {
        engine.stop().block(Duration.ofSeconds(60));
        run.dispose();
        if (failure.get() != null) {
            throw new AssertionError("the engine failed", failure.get());
        }
    }
}
