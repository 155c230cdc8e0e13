package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountState;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** A sink that stands still for some accounts is nothing to the others, to other sinks, to the memory, or to a session. */
class IsolationStoryTests {
    private static final int TAIL = 4 * 1024;

    /** What one record may take over the budget: the model's messages are well below. */
    private static final long RECORD = 8 * 1024;

    private final Story story = new Story();
    private final Counting other = new Counting();
    private final Counting moody = new Counting();

    /** Keeps the texts of each account only: there are many. */
    private static final class Counting implements EventSink {
        final Map<String, List<String>> texts = new HashMap<>();
        Set<String> hanging = Set.of();
        Set<String> down = Set.of();
        int count;

        @Override
        public Mono<Void> write(EventBatch batch) {
            String account = batch.account().value();
            if (hanging.contains(account)) {
                return Mono.never();
            }
            if (down.contains(account)) {
                return Mono.error(new SinkUnavailableException("down"));
            }
            return Mono.fromRunnable(() -> batch.events()
                    .forEach(event -> RecordingSink.text(event).forEach(text -> {
                        texts.computeIfAbsent(account, id -> new ArrayList<>()).add(text);
                        count++;
                    })));
        }

        int of(Set<String> accounts) {
            return accounts.stream()
                    .mapToInt(account -> texts.getOrDefault(account, List.of()).size())
                    .sum();
        }
    }

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    @Test
    void oneSinkStandsStillForTenOfAHundredAccountsForTenMinutes() {
        standsStill(100, 10, Duration.ofMinutes(10), Duration.ofSeconds(10), 128 * 1024);
    }

    @Test
    @Tag("proof")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void oneSinkStandsStillForAHundredOfAThousandAccountsForTenMinutes() {
        standsStill(1_000, 100, Duration.ofMinutes(10), Duration.ofSeconds(5), 1024 * 1024);
    }

    @Test
    void oneSinkIsDownForAnHour() {
        standsStill(5, 5, Duration.ofHours(1), Duration.ofSeconds(4), 64 * 1024);
    }

    @Test
    @Tag("proof")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void oneSinkIsDownForAnHourForAHundredAccountsOfAMessageASecond() {
        standsStill(100, 100, Duration.ofHours(1), Duration.ofSeconds(1), 1024 * 1024);
    }

    private void standsStill(int accounts, int stalled, Duration lasting, Duration every, long budget) {
        Set<String> all = IntStream.range(0, accounts).mapToObj(i -> "a" + i).collect(Collectors.toSet());
        Set<String> hanging =
                IntStream.range(0, stalled / 2).mapToObj(i -> "a" + i).collect(Collectors.toSet());
        Set<String> down =
                IntStream.range(stalled / 2, stalled).mapToObj(i -> "a" + i).collect(Collectors.toSet());
        Set<String> well = all.stream()
                .filter(id -> !hanging.contains(id) && !down.contains(id))
                .collect(Collectors.toSet());
        story.delivery = Deliveries.tail(TAIL, budget);
        story.withoutSink("sink")
                .sink(SinkSpec.of("other", other).from(SinkSpec.From.EARLIEST))
                .sink(SinkSpec.of("moody", moody).from(SinkSpec.From.EARLIEST));
        all.forEach(story::account);
        story.start().pass(Duration.ofMinutes(1));
        assertThat(all).allMatch(id -> story.state(id) == AccountState.SYNCING);

        moody.hanging = hanging;
        moody.down = down;
        int offered = 0;
        long rounds = lasting.dividedBy(every);
        for (int round = 0; round < rounds; round++) {
            String text = "m" + round;
            all.forEach(id -> story.server.account(id).receives(text));
            story.pass(every);
            offered++;
            assertThat(other.count).as("round %s", round).isGreaterThanOrEqualTo((int) (offered * accounts * 0.99));
            assertThat(moody.of(well)).as("round %s", round).isGreaterThanOrEqualTo((int)
                    (offered * well.size() * 0.99));
        }
        assertThat(moody.of(hanging) + moody.of(down)).isZero();
        assertThat(all).allMatch(id -> story.state(id) == AccountState.SYNCING);
        assertThat(story.engine().memory().most())
                .as("memory, with a record of each lane at work")
                .isLessThanOrEqualTo(budget + Math.min(2 * accounts, 512) * RECORD);
        assertThat(story.engine().memory().used()).isLessThanOrEqualTo(budget);

        moody.hanging = Set.of();
        moody.down = Set.of();
        story.pass(Duration.ofSeconds(100));
        List<String> expected =
                IntStream.range(0, (int) rounds).mapToObj(i -> "m" + i).toList();
        assertThat(all).allSatisfy(id -> {
            assertThat(moody.texts.get(id)).containsExactlyElementsOf(expected);
            assertThat(other.texts.get(id)).containsExactlyElementsOf(expected);
        });
        assertThat(all).allMatch(id -> story.server.account(id).logins() == 1);
        assertThat(story.engine().memory().used()).as("given back").isZero();
    }
}
