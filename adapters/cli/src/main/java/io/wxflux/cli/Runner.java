package io.wxflux.cli;

import io.wxflux.Engine;
import io.wxflux.config.RunnerConfig;
import io.wxflux.config.SinkConfig;
import io.wxflux.control.ControlOptions;
import io.wxflux.control.ControlServer;
import io.wxflux.error.WxfluxException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountStatus;
import io.wxflux.file.EventText;
import io.wxflux.file.FileSink;
import io.wxflux.journal.JournalKey;
import io.wxflux.journal.JournalOptions;
import io.wxflux.options.Secret;
import io.wxflux.shard.Coordinator;
import io.wxflux.sink.EventSink;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.util.retry.Retry;

/** An engine made of a configuration, from its start to its stop. */
final class Runner {
    private static final Logger LOG = LoggerFactory.getLogger("io.wxflux.cli");

    private final Engine engine;
    private final StopSignal stop;
    private volatile List<AccountStatus> lastSeen = List.of();

    private Runner(Engine engine, StopSignal stop) {
        this.engine = engine;
        this.stop = stop;
    }

    /**
     * @param consoles makes the sinks that are for people
     * @param controlled whether the control endpoint is opened
     */
    static Runner of(
            RunnerConfig config,
            Surroundings surroundings,
            Function<SinkConfig.Console, EventSink> consoles,
            boolean controlled) {
        StateStore.make(config.state());
        Function<SinkConfig, EventSink> sinks = sink -> {
            if (sink instanceof SinkConfig.File file) {
                return new FileSink(file.name(), file.path(), file.qr());
            }
            return consoles.apply((SinkConfig.Console) sink);
        };
        Coordinator journal = surroundings.journals().apply(journal(config));
        AtomicReference<@Nullable Engine> made = new AtomicReference<>();
        Coordinator coordinator = !controlled
                ? journal
                : new ControlledCoordinator(
                        journal,
                        () -> ControlServer.start(
                                Objects.requireNonNull(made.get()),
                                new ControlOptions(
                                        config.state(), config.control().port(), EventText::of)));
        Engine engine = surroundings
                .engines()
                .apply(config.toEngineOptions(sinks).coordinator(coordinator).build());
        made.set(engine);
        return new Runner(engine, surroundings.stop());
    }

    /** A snapshot of every account; after the stop, the last one there was. */
    List<AccountStatus> lastSeen() {
        List<AccountStatus> now = engine.accounts();
        if (!now.isEmpty()) {
            lastSeen = now;
        }
        return lastSeen;
    }

    /**
     * Runs until somebody stops it. Blocks.
     *
     * @param watcher sees every event, best effort
     */
    void run(Consumer<AccountEvent> watcher) {
        Disposable watching = engine.events()
                // One that was too slow lost its place; what it missed is only a line on a screen.
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(200)))
                .subscribe(watcher, error -> LOG.debug("no live events: {}", error.toString()));
        CompletableFuture<Void> running = engine.run().toFuture();
        stop.requested().thenRun(this::stopEngine);
        try {
            running.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof WxfluxException known ? known : e;
        } finally {
            watching.dispose();
        }
    }

    private void stopEngine() {
        LOG.info("stopping; sessions are kept");
        lastSeen();
        engine.stop().subscribe(done -> {}, error -> LOG.warn("the stop failed: {}", error.toString()));
    }

    /** The journal of a configuration, with its keys. */
    static JournalOptions journal(RunnerConfig config) {
        JournalOptions options = JournalOptions.in(config.state());
        Secret key = config.encryption().key();
        Secret old = config.encryption().oldKey();
        if (key != null) {
            options = options.withKey(JournalKey.of(key));
        }
        return old == null ? options : options.withOldKey(JournalKey.of(old));
    }
}
