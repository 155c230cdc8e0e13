package io.wxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.wxflux.Engine;
import io.wxflux.event.AccountState;
import io.wxflux.file.ConsoleSink;
import io.wxflux.hostile.NaughtyTexts;
import io.wxflux.options.AccountSpec;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.sink.SinkSpec;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Names and texts of strangers forge no line of the log and say nothing to a terminal. */
@Tag("scenario")
class HostileLogTests {
    private static final List<String> TEXTS = Stream.concat(NaughtyTexts.all().stream(), NaughtyTexts.halves().stream())
            .toList();

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicInteger thrown = new AtomicInteger();
    private final LogLine layout = new LogLine();
    private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    /** As {@code wxflux run --verbose} writes it, and counted beside. */
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getThrowableProxy() != null) {
                thrown.incrementAndGet();
            }
            synchronized (log) {
                events.incrementAndGet();
                log.writeBytes(layout.doLayout(event).getBytes(StandardCharsets.UTF_8));
            }
        }
    };

    @BeforeEach
    void listen() {
        LoggerContext context = root.getLoggerContext();
        layout.setContext(context);
        layout.start();
        appender.setContext(context);
        appender.start();
        root.iteratorForAppenders().forEachRemaining(others::add);
        others.forEach(root::detachAppender);
        root.addAppender(appender);
        context.getLogger("io.wxflux").setLevel(Level.DEBUG);
    }

    @AfterEach
    void restore() {
        root.getLoggerContext().getLogger("io.wxflux").setLevel(null);
        root.detachAppender(appender);
        others.forEach(root::addAppender);
    }

    private void hasALineForEachEvent() {
        String text = log.toString(StandardCharsets.UTF_8);
        assertThat(text.chars().filter(c -> c < ' ' && c != '\n'))
                .as("control characters")
                .isEmpty();
        assertThat(text.chars().filter(c -> c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029))
                .as("further ends of lines, and control characters of eight bits")
                .isEmpty();
        assertThat(text.chars().filter(c -> c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069))
                .as("turned around")
                .isEmpty();
        assertThat(text.lines().count()).isEqualTo(events.get());
        assertThat(text.lines()).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:.*"));
    }

    @Test
    void whateverIsLoggedIsOneLine() {
        org.slf4j.Logger logger = LoggerFactory.getLogger("io.wxflux.test");
        TEXTS.forEach(text -> logger.debug("{} says {}", text, text));
        TEXTS.forEach(text -> logger.warn(text));

        assertThat(events).hasValue(2 * TEXTS.size());
        hasALineForEachEvent();
    }

    /** A message of an exception, too, may quote somebody: its lines are those of the stack, and all are indented. */
    @Test
    void anExceptionForgesNothingEither() {
        org.slf4j.Logger logger = LoggerFactory.getLogger("io.wxflux.test");
        List<String> some = IntStream.range(0, TEXTS.size())
                .filter(i -> i % 12 == 0)
                .mapToObj(TEXTS::get)
                .toList();
        some.forEach(text -> logger.warn("failed", new IllegalStateException(text)));

        String text = log.toString(StandardCharsets.UTF_8);
        assertThat(text.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
        assertThat(text.lines().filter(line -> !line.startsWith("    ")).count())
                .isEqualTo(some.size());
    }

    /** A whole engine at DEBUG, whose account, people and messages are all called like that. */
    @Test
    void anEngineThatMeetsThemLogsALineForEachEvent() {
        var shown = new ByteArrayOutputStream();
        List<String> names =
                NaughtyTexts.all().stream().filter(name -> name.length() < 200).toList();
        SimAccount alice = weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_070)
                        .withContacts(3, 1, 3)
                        .withNickName("\u001b[31m\u202ename\r\n2026-01-01 00:00:00.000 WARN  forged"));
        var screen = new ConsoleSink(new PrintStream(shown, true, StandardCharsets.UTF_8), false, ZoneOffset.UTC);
        Engine engine = Engine.create(weChat.options()
                .sink(SinkSpec.of("screen", screen))
                .account(AccountSpec.of("alice"))
                .build());
        var run = engine.run().subscribe();
        try {
            Await.until(() -> engine.accounts().stream().anyMatch(account -> account.state() == AccountState.SYNCING));
            int count = 0;
            for (int i = 0; i < names.size(); i += 4) {
                alice.queue(SimMessage.contactChanged(SimPeer.friend(1), Map.of("NickName", names.get(i))));
                alice.queue(SimMessage.text(SimPeer.friend(1), names.get(i)));
                count += 1;
            }
            int expected = count;
            Await.until(
                    Duration.ofSeconds(60),
                    () -> alice.acknowledged() >= alice.lastSeq()
                            && shown.toString(StandardCharsets.UTF_8).lines().count() >= expected,
                    () -> shown.toString(StandardCharsets.UTF_8).lines().count() + " lines of " + expected);
        } finally {
            engine.stop().block(Duration.ofSeconds(30));
            run.dispose();
        }
        assertThat(thrown).as("nothing failed").hasValue(0);
        assertThat(events.get()).isGreaterThan(20);
        hasALineForEachEvent();
        String screenText = shown.toString(StandardCharsets.UTF_8);
        assertThat(screenText.chars().filter(c -> c < ' ' && c != '\n'))
                .as("on the screen")
                .isEmpty();
        assertThat(screenText.chars().filter(c -> c >= 0x202a && c <= 0x202e)).isEmpty();
    }
}
