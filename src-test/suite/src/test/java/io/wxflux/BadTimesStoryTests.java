package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.transport.HttpAnswer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** A service that is ill: what it is asked meanwhile, and that the session lives. */
class BadTimesStoryTests {
    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private int calls(String operation) {
        return story.server.requests("alice", operation).size();
    }

    private void signedIn() {
        story.account("alice").account("bob").start().seconds(30);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        alice.receives("before");
        story.seconds(1);
        story.server.forgetRequests();
    }

    private void alive() {
        alice.normal();
        alice.receives("after");
        story.seconds(61);
        assertThat(story.sink.texts("alice")).containsExactly("before", "after");
        assertThat(alice.logins()).isEqualTo(1);
        assertThat(calls("webwxinit")).isZero();
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void anUnknownCodeForTenMinutesIsAskedForAFewTimesAMinute() {
        signedIn();
        alice.always("synccheck", call -> Mono.just(WireText.ok(WireText.check(9999, 0))));
        story.seconds(25 + 60);
        for (int minute = 1; minute < 10; minute++) {
            story.seconds(60);
            assertThat(story.server.countWithin("alice", Duration.ofMinutes(1))).isLessThanOrEqualTo(6);
        }
        alive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "503", "empty", "cut", "reset"})
    void noAnswerThatMakesNoSenseEndsASession(String what) {
        signedIn();
        Mono<HttpAnswer> answer = switch (what) {
            case "html" -> Mono.just(WireText.ok("<html><body>maintenance</body></html>"));
            case "503" -> Mono.just(WireText.status(503, "<html>busy</html>"));
            case "empty" -> Mono.just(WireText.ok(""));
            case "cut" -> Mono.just(WireText.ok("window.synccheck={retcode:\"0\",sel"));
            default -> ModelAccount.unreachable();
        };
        for (String operation : List.of("synccheck", "webwxsync")) {
            alice.always(operation, call -> answer);
        }
        alice.receives();
        story.pass(Duration.ofMinutes(10));
        alive();
    }

    @Test
    void newsWithoutNewsDoesNotMakeTheCycleSpin() {
        signedIn();
        alice.always("synccheck", call -> Mono.just(WireText.ok(WireText.check(0, 2))));
        alice.receives("one");
        story.seconds(1);
        story.server.forgetRequests();
        story.seconds(10);
        assertThat(calls("synccheck") + calls("webwxsync")).isLessThanOrEqualTo(10);
        story.seconds(110);
        for (int minute = 2; minute < 10; minute++) {
            story.seconds(60);
            assertThat(story.server.countWithin("alice", Duration.ofMinutes(1))).isLessThanOrEqualTo(6);
        }

        alice.receives("two");
        alice.normal();
        story.seconds(38);
        alice.receives("three");
        story.pass(Duration.ofMillis(1));
        assertThat(story.sink.texts("alice")).containsExactly("before", "one", "two", "three");
    }

    @Test
    void aPollThatIsNeverHeldDoesNotMakeTheCycleSpin() {
        signedIn();
        alice.always("synccheck", call -> Mono.just(WireText.ok(WireText.check(0, 0))));
        alice.receives("one");
        story.seconds(26);
        story.server.forgetRequests();
        story.pass(Duration.ofMinutes(2));
        for (int minute = 2; minute < 10; minute++) {
            story.seconds(60);
            assertThat(story.server.countWithin("alice", Duration.ofMinutes(1))).isLessThanOrEqualTo(6);
        }
        alice.normal();
        story.seconds(40);
        assertThat(story.sink.texts("alice")).containsExactly("before", "one");
        alice.receives("two");
        story.pass(Duration.ofMillis(1));
        assertThat(story.sink.texts("alice")).containsExactly("before", "one", "two");
    }

    /** The simulation's seeds 479 and 1024: each such answer made the waits short again. */
    @Test
    void aPollThatIsNotHeldDoesNotEndAStreakOfFailures() {
        signedIn();
        nothingAtOnceEveryThirdTime();
        alice.always("webwxsync", call -> ModelAccount.unreachable());
        alice.receives("in the outage");
        story.seconds(120);
        for (int minute = 2; minute < 10; minute++) {
            story.seconds(60);
            assertThat(story.server.countWithin("alice", Duration.ofMinutes(1))).isLessThanOrEqualTo(12);
        }

        alice.normal();
        story.seconds(61);
        assertThat(story.sink.texts("alice")).containsExactly("before", "in the outage");
        alice.once("webwxsync", ModelAccount.unreachable());
        alice.receives("as if nothing had been");
        story.seconds(2);
        assertThat(story.sink.texts("alice")).endsWith("as if nothing had been");
    }

    @Test
    void aPollThatIsNotHeldDoesNotShortenTheRests() {
        signedIn();
        nothingAtOnceEveryThirdTime();
        alice.always("webwxsync", call -> Mono.just(WireText.ok(WireText.ret(1205))));
        alice.receives("while resting");
        story.pass(Duration.ofMinutes(20));

        var rests = story.live("alice", Lifecycle.Throttled.class);
        assertThat(rests).hasSizeBetween(4, 5);
        for (int i = 0; i < rests.size(); i++) {
            assertThat(rests.get(i).delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(60L << i));
        }
        alice.normal();
        story.pass(Duration.ofMinutes(35));
        assertThat(story.sink.texts("alice")).containsExactly("before", "while resting");
    }

    private void nothingAtOnceEveryThirdTime() {
        int[] polls = {0};
        alice.always("synccheck", call -> ++polls[0] % 3 == 0 ? Mono.just(WireText.ok(WireText.check(0, 0))) : null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"synccheck", "webwxsync", "webwxinit"})
    void anAccountThatIsTooFrequentRestsLongerEachTimeAndTheOthersDoNot(String operation) {
        signedIn();
        String throttled = operation.equals("synccheck") ? WireText.check(1205, 0) : WireText.ret(1205);
        alice.always(operation, call -> Mono.just(WireText.ok(throttled)));
        if (operation.equals("webwxinit")) {
            story.stop().start();
        }
        alice.receives("while resting");
        story.seconds(40);
        story.server.forgetRequests();
        story.pass(Duration.ofMinutes(20));

        var rests = story.live("alice", Lifecycle.Throttled.class);
        assertThat(rests).hasSizeBetween(3, 6);
        for (int i = 0; i < rests.size(); i++) {
            assertThat(rests.get(i).delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(60L << i));
        }
        assertThat(story.server.requests("alice")).hasSizeLessThanOrEqualTo(2 * rests.size());
        assertThat(story.server.countWithin("bob", Duration.ofMinutes(1))).isGreaterThanOrEqualTo(2);
        alice.normal();
        story.pass(Duration.ofMinutes(35));
        assertThat(story.sink.texts("alice")).containsExactly("before", "while resting");
    }
}
