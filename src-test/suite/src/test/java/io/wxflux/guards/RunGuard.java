package io.wxflux.guards;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;

/**
 * Stands over every test class: a leaked buffer, a dropped signal or a state change that our own diagram forbids fails it,
 * whoever caused it.
 */
public final class RunGuard implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Queue<String> OFFENCES = new ConcurrentLinkedQueue<>();
    private static boolean installed;

    @Override
    public void beforeAll(ExtensionContext context) {
        install();
        OFFENCES.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        fail();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        fail();
    }

    /** What was caught and not yet failed a test; taken, so that it fails only one. */
    static Queue<String> take() {
        Queue<String> taken = new ConcurrentLinkedQueue<>();
        for (String next = OFFENCES.poll(); next != null; next = OFFENCES.poll()) {
            taken.add(next);
        }
        return taken;
    }

    private static void fail() {
        Queue<String> offences = take();
        if (!offences.isEmpty()) {
            throw new AssertionError("caught during the run: " + String.join("; ", offences));
        }
    }

    private static synchronized void install() {
        if (installed) {
            return;
        }
        installed = true;
        watch("io.netty.util.ResourceLeakDetector", "LEAK:");
        watch("io.wxflux.account", "a bug, please report it");
        Hooks.onErrorDropped(error -> OFFENCES.add("an error was dropped: " + error));
        Hooks.onNextDropped(value -> OFFENCES.add("a value was dropped: " + value + " by " + whoDroppedIt()));
    }

    private static String whoDroppedIt() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(3).limit(8).map(Object::toString).collect(Collectors.joining(" < ")));
    }

    private static void watch(String logger, String words) {
        var appender = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getFormattedMessage().contains(words)) {
                    OFFENCES.add(event.getFormattedMessage());
                }
            }
        };
        Logger target = (Logger) LoggerFactory.getLogger(logger);
        appender.setContext(target.getLoggerContext());
        appender.start();
        target.addAppender(appender);
    }
}
