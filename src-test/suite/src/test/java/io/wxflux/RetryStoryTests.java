package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountState;
import io.wxflux.options.SinkRetry;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** How a sink is tried again: each option of {@link SinkRetry} against the engine's own. */
class RetryStoryTests {
    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void signedIn(SinkRetry retry) {
        story.sink("sink", spec -> spec.from(SinkSpec.From.EARLIEST).retry(retry));
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private long offers() {
        return story.sink.offered().stream()
                .filter(batch -> RecordingSink.holds(batch, "one"))
                .count();
    }

    private void rejected(SinkRetry retry, long seconds) {
        signedIn(retry);
        story.sink.rule =
                batch -> RecordingSink.holds(batch, "one") ? Mono.error(new IllegalStateException("no")) : Mono.empty();
        alice.receives("one");
        story.seconds(seconds);
    }

    @Test
    void anEventIsOfferedThreeTimesInTenSeconds() {
        rejected(SinkRetry.usual(), 11);
        assertThat(offers()).isEqualTo(3);
        assertThat(story.deadLetters).hasSize(1);
    }

    @Test
    void aSinkMayHaveAttemptsOfItsOwn() {
        rejected(SinkRetry.usual().withAttempts(6, Duration.ofSeconds(10)), 11);
        assertThat(offers()).isEqualTo(6);
        assertThat(story.deadLetters).hasSize(1);
    }

    @Test
    void aSinkMayHaveMoreTimeForThem() {
        rejected(SinkRetry.usual().withAttempts(3, Duration.ofMinutes(10)), 11);
        assertThat(offers()).isOne();
        story.pass(Duration.ofMinutes(9));
        assertThat(story.deadLetters).isEmpty();
        story.pass(Duration.ofMinutes(1));
        assertThat(offers()).isEqualTo(3);
        assertThat(story.deadLetters).hasSize(1);
    }

    private long offersInTwoHours(SinkRetry retry) {
        signedIn(retry);
        story.sink.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        alice.receives("one");
        story.pass(Duration.ofHours(2));
        assertThat(story.deadLetters).isEmpty();
        return offers();
    }

    @Test
    void anOutageIsTriedForEverAtMostEveryThirtySeconds() {
        assertThat(offersInTwoHours(SinkRetry.usual())).isBetween(240L, 490L);
    }

    @Test
    void aSinkMayBeTriedLessOften() {
        assertThat(offersInTwoHours(SinkRetry.usual().withMaxBackoff(Duration.ofMinutes(10))))
                .isBetween(12L, 40L);
    }

    @Test
    void allSinksMayBeTriedLessOften() {
        story.delivery = Deliveries.maxBackoff(Duration.ofMinutes(10));
        assertThat(offersInTwoHours(SinkRetry.usual())).isBetween(12L, 40L);
    }

    @Test
    void aSinkThatTakesEventsAgainSaysSoOnce() {
        signedIn(SinkRetry.usual());
        Logger logger = (Logger) LoggerFactory.getLogger("io.wxflux.delivery");
        Level level = logger.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        try {
            story.sink.rule = batch -> Mono.error(new SinkUnavailableException("down"));
            alice.receives("one");
            story.seconds(65);
            story.sink.rule = batch -> Mono.empty();
            story.seconds(60);
            alice.receives("two");
            story.seconds(60);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(level);
        }
        assertThat(story.sink.texts("alice")).containsExactly("one", "two");
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("takes events again"))
                .singleElement()
                .asString()
                .matches("alice: sink sink takes events again after 1 min \\d+ s \\(failures in a row: \\d+\\)");
        assertThat(log.list.get(log.list.size() - 1).getLevel()).isEqualTo(Level.INFO);
    }

    private long offersOfWritesThatNeverEnd(SinkRetry retry) {
        signedIn(retry);
        story.sink.rule = batch -> Mono.never();
        alice.receives("one");
        story.seconds(50);
        return offers();
    }

    @Test
    void aWriteMayTakeAMinute() {
        assertThat(offersOfWritesThatNeverEnd(SinkRetry.usual())).isOne();
    }

    @Test
    void aSinkMayHaveLessTimeForAWrite() {
        assertThat(offersOfWritesThatNeverEnd(SinkRetry.usual().withWriteTimeout(Duration.ofSeconds(10))))
                .isGreaterThan(3);
    }
}
