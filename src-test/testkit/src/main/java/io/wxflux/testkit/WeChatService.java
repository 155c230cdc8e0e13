package io.wxflux.testkit;

import io.wxflux.EngineOptions;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.LoginOptions;
import io.wxflux.simulator.Simulator;
import io.wxflux.simulator.SimulatorBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A fake web-WeChat service for each test, over TLS on a loopback port. Fails the test when its client broke a rule of the
 * protocol, unless {@link #tolerant()}.
 *
 * <pre>{@code
 * @RegisterExtension
 * WeChatService weChat = WeChatService.create();
 *
 * @Test
 * void answersHello() {
 *     SimAccount alice = weChat.simulator().addAccount(...);
 *     Engine engine = Engine.create(EngineOptions.builder().http(weChat.http()).account(AccountSpec.of("alice")).build());
 *     ...
 * }
 * }</pre>
 *
 * <p>By default whoever shows a QR code is scanned and confirmed by the next account after 50 ms each.
 */
public final class WeChatService implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Duration SOON = Duration.ofMillis(50);

    private final Supplier<SimulatorBuilder> settings;
    private final boolean strict;
    private @Nullable Simulator simulator;
    private @Nullable Path authority;

    private WeChatService(Supplier<SimulatorBuilder> settings, boolean strict) {
        this.settings = settings;
        this.strict = strict;
    }

    public static WeChatService create() {
        return with(builder -> builder);
    }

    /** With further settings of the simulator. */
    public static WeChatService with(UnaryOperator<SimulatorBuilder> settings) {
        return new WeChatService(() -> settings.apply(Simulator.builder().autoScan(SOON, SOON)), true);
    }

    /** Nobody scans by themselves: the test plays the phones. */
    public static WeChatService byHand() {
        return new WeChatService(Simulator::builder, true);
    }

    /** The same, but a client that breaks rules does not fail the test. */
    public WeChatService tolerant() {
        return new WeChatService(settings, false);
    }

    public Simulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException("the simulator runs during a test only");
        }
        return simulator;
    }

    /** Network settings by which an engine finds the simulator and trusts its certificates. */
    public HttpOptions http() {
        if (authority == null) {
            throw new IllegalStateException("the simulator runs during a test only");
        }
        return HttpOptions.defaults()
                .withTrust(authority)
                .withConnectTo(new InetSocketAddress("127.0.0.1", simulator().port()));
    }

    /** Where the simulator's certificate authority is, as PEM. */
    public Path authority() {
        http();
        return Objects.requireNonNull(authority);
    }

    /**
     * Options of an engine that talks to the simulator, with no least time between two logins; accounts and sinks are yours
     * to add.
     */
    public EngineOptions.Builder options() {
        return EngineOptions.builder()
                .http(http())
                .login(LoginOptions.defaults().withMinLoginInterval(Duration.ZERO));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        var started = settings.get().start();
        simulator = started;
        try {
            Path pem = Files.createTempFile("wxflux-authority", ".pem");
            started.writeCaPem(pem);
            authority = pem;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        Simulator ended = simulator();
        simulator = null;
        ended.close();
        if (authority != null) {
            Files.deleteIfExists(authority);
        }
        if (strict && context.getExecutionException().isEmpty()) {
            ended.assertNoViolations();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Simulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return simulator();
    }
}
