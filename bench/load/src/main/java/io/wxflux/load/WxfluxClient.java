package io.wxflux.load;

import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.event.AccountState;
import io.wxflux.event.AccountStatus;
import io.wxflux.event.Lifecycle;
import io.wxflux.file.FileSink;
import io.wxflux.journal.FileJournal;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.LoginOptions;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.sink.EventSink;
import io.wxflux.sink.SinkSpec;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** The engine as an application embeds it. */
final class WxfluxClient implements Client {
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Engine engine;
    private final AtomicInteger ready = new AtomicInteger();
    private volatile String problem = "";
    private @Nullable Disposable running;

    /** @param meters one for each sink, in the sinks' order */
    WxfluxClient(ClientConfig config, List<Meter> meters) {
        Path directory = Path.of(config.directory());
        EngineOptions.Builder options = EngineOptions.builder()
                .coordinator(
                        config.client() == ClientKind.WXFLUX
                                ? FileJournal.open(directory.resolve("state"))
                                : new InMemoryCoordinator())
                .http(HttpOptions.defaults()
                        .withTrust(Path.of(config.trust()))
                        .withConnectTo(new InetSocketAddress(config.host(), config.port())))
                .login(LoginOptions.defaults().withConcurrentLogins(config.logins()));
        for (int i = 0; i < config.sinks().size(); i++) {
            Meter meter = meters.get(i);
            options.sink(SinkSpec.of(
                            meter.name(),
                            sink(config.sinks().get(i), meter, directory, i == 0 ? this::notice : event -> {}))
                    .from(SinkSpec.From.EARLIEST));
        }
        for (int i = 1; i <= config.accounts(); i++) {
            options.account(AccountSpec.of(String.format(Locale.ROOT, "load-%05d", i)));
        }
        engine = Engine.create(options.build());
    }

    private static EventSink sink(
            SinkKind kind, Meter meter, Path directory, java.util.function.Consumer<Object> listener) {
        return switch (kind) {
            case DISCARD -> new MeasuredSink(meter, listener, Duration.ZERO);
            case SLOW -> new MeasuredSink(meter, listener, SLOW);
            case FILE ->
                new MeasuredFileSink(
                        new FileSink(meter.name(), directory.resolve(meter.name() + ".ndjson")),
                        new MeasuredSink(meter, listener, Duration.ZERO));
        };
    }

    private void notice(Object event) {
        if (event instanceof Lifecycle.Ready) {
            ready.incrementAndGet();
        }
    }

    @Override
    public void start() {
        running = engine.run().subscribe(nothing -> {}, error -> problem = "the engine ended: " + error.getMessage());
    }

    @Override
    public int ready() {
        return ready.get();
    }

    @Override
    public long failures() {
        return count(status -> status.lastError() != null || status.state() == AccountState.REFUSED);
    }

    @Override
    public String problem() {
        if (!problem.isEmpty()) {
            return problem;
        }
        return engine.accounts().stream()
                .map(AccountStatus::lastError)
                .filter(error -> error != null)
                .findFirst()
                .orElse("");
    }

    private long count(Function<AccountStatus, Boolean> which) {
        return engine.accounts().stream().filter(which::apply).count();
    }

    @Override
    public void close() {
        engine.stop().block(STOP);
        if (running != null) {
            running.dispose();
        }
    }
}
