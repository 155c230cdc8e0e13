package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.wxflux.ModelHosts.Illness;
import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** What Java Flight Recorder is told of accounts. Times inside the events are those of the story. */
class FlightRecorderStoryTests {
    private static final String PUSH = "webpush.wx2.qq.com";
    private static final String API = "wx2.qq.com";

    @TempDir
    Path directory;

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");
    private final Recording recording = new Recording();

    @BeforeEach
    void record() {
        // As they are set by default: nothing is enabled here.
        recording.start();
    }

    @AfterEach
    void nothingIsObjectedTo() {
        recording.close();
        story.end();
    }

    private void signedIn() {
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private List<RecordedEvent> events() throws IOException {
        recording.stop();
        Path file = directory.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.wxflux."))
                .toList();
    }

    private List<RecordedEvent> events(String name) throws IOException {
        return events().stream()
                .filter(event -> event.getEventType().getName().equals("io.wxflux." + name))
                .toList();
    }

    @Test
    void aTurnThatBroughtNothing() throws IOException {
        signedIn();
        story.seconds(25);

        RecordedEvent cycle = events("Cycle").get(0);
        assertThat(cycle.getString("account")).isEqualTo("alice");
        assertThat(cycle.getString("pollHost")).isEqualTo(PUSH);
        assertThat(cycle.getDuration("pollDuration")).isEqualTo(ModelServer.HOLD);
        assertThat(cycle.getInt("retcode")).isZero();
        assertThat(cycle.getInt("selector")).isZero();
        assertThat(cycle.getInt("pages")).isZero();
        assertThat(cycle.getDuration("fetchDuration")).isZero();
        assertThat(cycle.getString("outcome")).isEqualTo("idle");
        assertThat(cycle.getString("failure")).isEmpty();
    }

    @Test
    void aTurnWithTwoPagesOfMessages() throws IOException {
        signedIn();
        alice.syncTakes = Duration.ofSeconds(3);
        story.store().commitTakes = Duration.ofSeconds(2);
        alice.page = 2;
        alice.receives("one", "two", "three");
        story.seconds(15);

        RecordedEvent cycle = events("Cycle").get(0);
        assertThat(cycle.getString("outcome")).isEqualTo("news");
        assertThat(cycle.getInt("selector")).isPositive();
        assertThat(cycle.getInt("pages")).isEqualTo(2);
        assertThat(cycle.getInt("messages")).isEqualTo(3);
        assertThat(cycle.getLong("bytes")).isGreaterThan(3 * "one".length());
        assertThat(cycle.getDuration("fetchDuration")).isEqualTo(Duration.ofSeconds(6));
        assertThat(cycle.getDuration("commitDuration")).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aTurnThatFailedAndOneThatWasCutByAStop() throws IOException {
        signedIn();
        alice.always("synccheck", call -> Mono.just(WireText.status(503, "busy")));
        story.seconds(30);
        alice.normal();
        story.seconds(90).stop();

        List<RecordedEvent> cycles = events("Cycle");
        assertThat(cycles).anySatisfy(cycle -> {
            assertThat(cycle.getString("outcome")).isEqualTo("failed");
            assertThat(cycle.getString("failure")).isEqualTo("AllHostsFailedException");
            assertThat(cycle.getString("pollHost")).isEmpty();
        });
        assertThat(cycles.get(cycles.size() - 1).getString("outcome")).isEqualTo("cancelled");
    }

    @Test
    void anAccountThatPollsElsewhere() throws IOException {
        signedIn();
        story.seconds(30);
        story.server.hosts.falls(Illness.REFUSES, PUSH);
        story.seconds(60);

        List<RecordedEvent> events = events("Failover");
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getString("account")).isEqualTo("alice");
        assertThat(events.get(0).getString("from")).isEqualTo(PUSH);
        assertThat(events.get(0).getString("to")).isEqualTo(API);
        assertThat(events.get(0).getString("reason")).contains(PUSH);
    }

    @Test
    void deliveriesThatTookLongAndThoseThatFailed() throws IOException {
        recording.enable("io.wxflux.Delivery").withThreshold(Duration.ZERO);
        var tries = new AtomicInteger();
        story.sink.rule = batch -> !RecordingSink.holds(batch, "hard")
                ? Mono.empty()
                : switch (tries.incrementAndGet()) {
                    case 1 -> Mono.error(new SinkUnavailableException("down"));
                    case 2 -> Mono.error(new IllegalStateException("no"));
                    default -> Mono.empty();
                };
        signedIn();
        alice.receives("hard");
        story.seconds(60);
        assertThat(story.sink.texts("alice")).containsExactly("hard");

        List<RecordedEvent> all = events();
        List<RecordedEvent> failures = named(all, "DeliveryFailure");
        List<RecordedEvent> deliveries = named(all, "Delivery");
        assertThat(failures)
                .extracting(event -> event.getString("outcome"), event -> event.getString("failure"))
                .containsExactly(
                        tuple("unavailable", "SinkUnavailableException"), tuple("rejected", "IllegalStateException"));
        assertThat(deliveries).allSatisfy(event -> {
            assertThat(event.getString("account")).isEqualTo("alice");
            assertThat(event.getString("sink")).isEqualTo("sink");
            assertThat(event.getInt("events")).isPositive();
        });
        assertThat(deliveries).hasSize(story.sink.offered().size());
        RecordedEvent last = deliveries.get(deliveries.size() - 1);
        assertThat(last.getString("outcome")).isEqualTo("acknowledged");
        assertThat(last.getInt("attempt")).isEqualTo(2);
        assertThat(last.getLong("offset")).isEqualTo(failures.get(0).getLong("offset"));
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("io.wxflux." + name))
                .toList();
    }

    @Test
    void deliveriesBelowTheThresholdAreLeftOut() throws IOException {
        recording.enable("io.wxflux.Delivery").withThreshold(Duration.ofHours(1));
        signedIn();
        alice.receives("easy");
        story.seconds(5);
        assertThat(story.sink.texts("alice")).containsExactly("easy");

        assertThat(events("Delivery")).isEmpty();
    }

    @Test
    void signingInByCodeAndByResuming() throws IOException {
        signedIn();
        story.stop();
        story.start().seconds(5);

        assertThat(events("SignIn"))
                .extracting(event -> event.getString("way") + " " + event.getString("outcome"))
                .containsExactly("qr open", "resume open");
    }

    @Test
    void nothingSecretAndNothingThatWasWritten() throws IOException {
        signedIn();
        alice.receives("a private word");
        story.seconds(5);
        alice.endSession(1101);
        story.seconds(90);

        List<RecordedEvent> all = events();
        assertThat(all).isNotEmpty();
        for (RecordedEvent event : all) {
            for (ValueDescriptor field : event.getFields()) {
                assertThat(String.valueOf(event.<Object>getValue(field.getName())))
                        .doesNotContain("private word", "sid-", "@crypt", "pt%2B", "pt+", "ticket", "uuid");
            }
        }
        assertThat(all.get(0).getEventType().getFields())
                .allSatisfy(field -> assertThat(field.getLabel()).isNotBlank());
    }

    @Test
    void theNamesAreAContract() throws IOException {
        signedIn();
        story.seconds(30);

        RecordedEvent cycle = events("Cycle").get(0);
        assertThat(cycle.getEventType().getCategoryNames()).containsExactly("wxflux");
        assertThat(cycle.getFields())
                .extracting(ValueDescriptor::getName)
                .contains(
                        "account",
                        "pollHost",
                        "pollDuration",
                        "retcode",
                        "selector",
                        "pages",
                        "messages",
                        "bytes",
                        "fetchDuration",
                        "commitDuration",
                        "outcome",
                        "failure")
                .doesNotContain("began", "phaseBegan");
    }
}
