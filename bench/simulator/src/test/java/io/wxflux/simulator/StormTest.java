package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class StormTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Simulator simulator = Simulator.builder()
            .autoScan(Duration.ZERO, Duration.ZERO)
            .seed(1)
            .scheduler(time)
            .start();

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void theSameSeedGivesTheSameEpisodes() {
        simulator.addAccounts(5);
        List<String> first = episodes(7);
        assertThat(first).hasSizeGreaterThan(40).anyMatch(note -> note.contains("every host refuses"));
        assertThat(episodes(7)).isEqualTo(first);
        assertThat(episodes(8)).isNotEqualTo(first);
    }

    private List<String> episodes(long seed) {
        simulator.startStorm(Storm.of(seed));
        time.advanceTimeBy(Duration.ofMinutes(3));
        List<String> notes = simulator.stormNotes();
        simulator.stopStorm();
        assertThat(simulator.faults()).isEmpty();
        return notes.stream().map(note -> note.substring(note.indexOf("s: "))).toList();
    }

    @Test
    void itsShareOfTheAnswersGoesWrongAndTheRestIsServedAgain() {
        SimAccount account = simulator.addAccount(SimAccountSpec.of("dave", 444L));
        simulator.startStorm(Storm.of(3).withShare(0.5).withoutEpisodes());
        try (WebClient client = new WebClient(simulator).logIn()) {
            int broken = 0;
            for (int i = 0; i < 60; i++) {
                account.queueBurst(1);
                try {
                    broken += client.sync().path("BaseResponse").isObject() ? 0 : 1;
                } catch (RuntimeException lostOnTheWay) {
                    broken++;
                }
            }
            assertThat(broken).isBetween(15, 45);
            simulator.stopStorm();
            while (account.acknowledged() < account.lastSeq()) {
                client.sync();
            }
        }
        assertThat(account.queued().stream().filter(message -> account.servedAgain(message.seq())))
                .isNotEmpty();
    }

    @Test
    void judgesWhatAClientWroteDown() {
        SimAccount a = simulator.addAccount(SimAccountSpec.of("a", 1L));
        SimAccount b = simulator.addAccount(SimAccountSpec.of("b", 2L));
        a.queueBurst(4);
        b.queueBurst(2);
        assertThat(judge(a.queued(), b.queued(), "x", "y").isExact()).isTrue();
        assertThat(judge(a.queued(), b.queued(), "x", "y").ok()).isEqualTo(6);
        List<QueuedMessage> all = a.queued();
        Verdict wrong = judge(
                List.of(
                        all.get(0),
                        all.get(2),
                        all.get(1),
                        all.get(2),
                        b.queued().get(0)),
                b.queued(),
                "x",
                "y");
        assertThat(wrong)
                .isEqualTo(new Verdict(5, 1, 1, 1, 1, 0, wrong.examples()))
                .matches(verdict -> !verdict.isExact());
        assertThat(wrong.examples())
                .anyMatch(line -> line.startsWith("lost: a number 4"))
                .anyMatch(line -> line.startsWith("unexpected: b number 1 in the events of /accounts/x"));
        assertThat(simulator.judge(List.of("{\"type\": \"wx.me").stream()).unexpected())
                .isEqualTo(1);
    }

    private Verdict judge(List<QueuedMessage> first, List<QueuedMessage> second, String one, String other) {
        return simulator.judge(Stream.concat(
                first.stream().map(message -> line(one, message)),
                second.stream().map(message -> line(other, message))));
    }

    private static String line(String source, QueuedMessage message) {
        return "{\"type\":\"wx.message.text\",\"source\":\"/accounts/" + source + "\",\"data\":{\"msgId\":\""
                + message.msgId() + "\"}}";
    }
}
