package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What ends a session and what does not, with twenty accounts: no false logout, no end that is missed. */
class SessionTruthStoryTests {
    private static final int MANY = 20;

    private final Story story = new Story();
    private final List<String> names =
            IntStream.range(0, MANY).mapToObj(i -> "a" + i).toList();

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void allSignedIn() {
        names.forEach(story::account);
        story.start().seconds(30);
        assertThat(names).allMatch(name -> story.state(name) == AccountState.SYNCING);
        story.server.forgetRequests();
    }

    private ModelAccount account(String name) {
        return story.server.account(name);
    }

    private int calls(String name, String operation) {
        return story.server.requests(name, operation).size();
    }

    private static Mono<HttpAnswer> ill(SplittableRandom chance, HttpCall call) {
        return switch (chance.nextInt(9)) {
            case 0 -> Mono.just(WireText.ok("<html><body>maintenance</body></html>"));
            case 1 -> Mono.just(WireText.status(502, "<html>bad gateway</html>"));
            case 2 -> Mono.just(WireText.ok(""));
            case 3 -> Mono.just(WireText.status(0, "\u0001binary"));
            case 4 -> Mono.never();
            case 5 ->
                Mono.just(WireText.ok(
                        call.operation().equals("synccheck") ? WireText.check(9999, 0) : WireText.ret(9999)));
            case 6 -> Mono.just(WireText.ok("{\"BaseResponse\":{\"Ret\":0},\"AddMsgCou"));
            // A host of another family, or the push host alone, says that it knows no session.
            case 7 ->
                call.operation().equals("synccheck")
                        ? Mono.just(WireText.ok(WireText.check(1100, 0)))
                        : ModelAccount.unreachable();
            default -> ModelAccount.unreachable();
        };
    }

    @Test
    void thirtyMinutesOfOutagesAndForeignRefusalsEndNoSession() {
        allSignedIn();
        var chance = new SplittableRandom(11);
        for (String name : names) {
            account(name).always("synccheck", call -> ill(chance, call));
            account(name).always("webwxsync", call -> ill(chance, call));
        }
        for (int minute = 0; minute < 30; minute++) {
            names.forEach(name -> account(name).receives());
            story.pass(Duration.ofMinutes(1));
        }
        for (String name : names) {
            account(name).normal();
            account(name).receives("alive");
        }
        story.pass(Duration.ofSeconds(125));

        for (String name : names) {
            assertThat(account(name).logins()).as("logins of %s", name).isEqualTo(1);
            assertThat(calls(name, "jslogin") + calls(name, "webwxpushloginurl") + calls(name, "webwxinit"))
                    .isZero();
            assertThat(story.state(name)).isEqualTo(AccountState.SYNCING);
            assertThat(story.sink.texts(name)).containsExactly("alive");
            assertThat(story.live(name, Lifecycle.BackingOff.class))
                    .extracting(Lifecycle.BackingOff::reason)
                    .as("nothing but what the service did")
                    .noneMatch(reason -> reason.contains("null"));
        }
    }

    @ParameterizedTest
    @CsvSource({"1100, push", "1101, push", "1102, push", "1100, qr", "1101, qr", "1102, qr"})
    void anEndIsToldAtOnceAndFollowedByOneLogin(int code, String way) {
        allSignedIn();
        if (way.equals("qr")) {
            names.forEach(name -> account(name).offersPush = false);
        }
        names.forEach(name -> account(name).endSession(code));
        story.pass(Duration.ofMillis(100));
        for (String name : names) {
            assertThat(story.live(name, Lifecycle.LoggedOut.class))
                    .singleElement()
                    .extracting(Lifecycle.LoggedOut::code)
                    .isEqualTo(code);
            // The poll that told of it was asked before the end; one call confirmed it.
            assertThat(story.server.requests(name).stream()
                            .filter(request -> request.millis() > story.server.now() - 1_000)
                            .map(ModelServer.Request::operation))
                    .containsExactly("webwxsync");
            assertThat(story.server.requests(name, "webwxsync"))
                    .allMatch(request -> request.call().host().equals("wx2.qq.com"));
        }
        story.seconds(60);
        for (String name : names) {
            assertThat(story.state(name)).isEqualTo(AccountState.SYNCING);
            assertThat(account(name).logins()).isEqualTo(2);
            assertThat(calls(name, "jslogin")).isEqualTo(way.equals("qr") ? 1 : 0);
            assertThat(calls(name, "webwxpushloginurl")).isPositive();
        }
    }

    /** The sink is down when the session ends; what it has not taken is delivered all the same, and in order. */
    @Test
    void whatWasNotDeliveredWhenTheSessionEndedIsDelivered() {
        story.account("a0").start().seconds(30);
        story.sink.rule = batch -> Mono.error(new io.wxflux.error.SinkUnavailableException("down"));
        account("a0").receives("one", "two");
        story.seconds(2);
        account("a0").endSession(1101);
        story.pass(Duration.ofMinutes(2));
        assertThat(account("a0").logins()).isEqualTo(2);
        account("a0").receives("three");
        story.seconds(2);
        assertThat(story.sink.texts("a0")).isEmpty();
        story.sink.rule = batch -> Mono.empty();
        story.pass(Duration.ofMinutes(2));

        assertThat(story.sink.texts("a0")).containsExactly("one", "two", "three");
        assertThat(story.sink.types("a0")).contains("wx.account.logged-out");
    }

    /** What the push host says counts as a reason to ask, and no more. */
    @ParameterizedTest
    @ValueSource(ints = {1100, 1101, 1102, 1203, -14, 1, 3})
    void aPushHostAloneEndsNothing(int code) {
        story.account("a0").start().seconds(30);
        story.server.forgetRequests();
        account("a0").always("synccheck", call -> Mono.just(WireText.ok(WireText.check(code, 0))));
        account("a0").receives();
        story.pass(Duration.ofMinutes(2));
        for (int minute = 2; minute < 30; minute++) {
            story.seconds(60);
            assertThat(story.server.countWithin("a0", Duration.ofMinutes(1))).isLessThanOrEqualTo(6);
        }
        account("a0").receives("alive");
        story.seconds(26);
        assertThat(story.sink.texts("a0")).containsExactly("alive");

        assertThat(account("a0").logins()).isEqualTo(1);
        assertThat(calls("a0", "webwxinit") + calls("a0", "webwxpushloginurl") + calls("a0", "jslogin"))
                .isZero();
        assertThat(story.state("a0")).isEqualTo(AccountState.SYNCING);
    }

    @ParameterizedTest
    @ValueSource(ints = {9999, -1, 7, 1204})
    void anUnknownCodeIsNoEndWhoeverSaysIt(int code) {
        story.account("a0").start().seconds(30);
        story.server.forgetRequests();
        account("a0").always("synccheck", call -> Mono.just(WireText.ok(WireText.check(code, 0))));
        account("a0").always("webwxsync", call -> Mono.just(WireText.ok(WireText.ret(code))));
        account("a0").receives("behind it");
        story.seconds(60);
        for (int minute = 1; minute < 10; minute++) {
            story.seconds(60);
            assertThat(story.server.countWithin("a0", Duration.ofMinutes(1))).isLessThanOrEqualTo(6);
        }
        account("a0").normal();
        story.seconds(61);

        assertThat(account("a0").logins()).isEqualTo(1);
        assertThat(calls("a0", "webwxinit")).isZero();
        assertThat(story.sink.texts("a0")).containsExactly("behind it");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void aSelectorWithNothingBehindItIsAskedSixTimesAMinuteAndTold(int selector) {
        ModelAccount one = account("a0");
        story.account("a0").start().seconds(30);
        story.server.forgetRequests();
        one.always("synccheck", call -> Mono.just(WireText.ok(WireText.check(0, selector))));
        // The poll that is held ends.
        one.receives();
        story.seconds(10);
        assertThat(story.server.requests("a0")).hasSizeLessThanOrEqualTo(10);
        story.seconds(110);
        for (int minute = 2; minute < 10; minute++) {
            story.seconds(60);
            assertThat(story.server.countWithin("a0", Duration.ofMinutes(1))).isBetween(3L, 6L);
        }
        assertThat(story.live("a0", Lifecycle.BackingOff.class))
                .filteredOn(event -> event.reason().contains("20 times in a row"))
                .as("one alarm")
                .hasSize(1);
        assertThat(story.status("a0").lastError()).contains("webwxsync brings none");
        assertThat(story.state("a0")).isEqualTo(AccountState.SYNCING);

        one.normal();
        story.seconds(26);
        one.receives("at once");
        story.pass(Duration.ofMillis(500));
        assertThat(story.sink.texts("a0")).containsExactly("at once");
        story.seconds(26);
        assertThat(story.status("a0").lastError()).isNull();
        assertThat(one.logins()).isEqualTo(1);
    }

    @Test
    void aPollThatIsNeverHeldIsToldToo() {
        story.account("a0").start().seconds(30);
        account("a0").always("synccheck", call -> Mono.just(WireText.ok(WireText.check(0, 0))));
        story.pass(Duration.ofMinutes(10));

        assertThat(story.live("a0", Lifecycle.BackingOff.class))
                .filteredOn(event -> event.reason().contains("instead of being held"))
                .hasSize(1);
        assertThat(story.server.countWithin("a0", Duration.ofMinutes(1))).isBetween(3L, 6L);
        account("a0").normal();
        story.seconds(13);
        account("a0").receives("at once");
        story.pass(Duration.ofMillis(500));
        assertThat(story.sink.texts("a0")).containsExactly("at once");
    }

    @Test
    void aTenThousandMessageBacklogIsFetchedInTwoHundredAndTenCallsAtMost() {
        ModelAccount one = account("a0");
        story.account("a0").start().seconds(30);
        story.stop();
        String[] texts = IntStream.range(0, 10_000).mapToObj(i -> "m" + i).toArray(String[]::new);
        one.receives(texts);
        story.server.forgetRequests();
        story.start().seconds(120);

        assertThat(calls("a0", "webwxsync")).isLessThanOrEqualTo(210);
        assertThat(story.sink.texts("a0")).containsExactly(texts);
    }

    @Test
    void whatTheServiceRepeatsIsDeliveredOnceAndInItsOrderAlsoAfterARestart() {
        story.account("a0").account("a1").start().seconds(30);
        // A later message with an earlier time, and the same numbers in two accounts.
        for (int round = 0; round < 3; round++) {
            for (String name : List.of("a0", "a1")) {
                account(name).receivesRaw(dated(2, 1_700_000_200));
                account(name).receivesRaw(dated(1, 1_700_000_100));
                account(name).receivesRaw(dated(3, 1_700_000_000));
            }
            story.seconds(2);
            if (round == 0) {
                story.kill().start().seconds(5);
            } else {
                story.stop().start().seconds(5);
            }
        }
        account("a0").receivesRaw(dated(3, 1_700_000_000));
        account("a0").receivesRaw(dated(4, 0));
        story.seconds(2);

        assertThat(story.sink.texts("a0")).containsExactly("m2", "m1", "m3", "m4");
        assertThat(story.sink.texts("a1")).containsExactly("m2", "m1", "m3");
        assertThat(story.status("a0").duplicates()).isEqualTo(1);
    }

    private static String dated(int number, long seconds) {
        return WireText.text(Long.toString(8_000_000_000_000_000_000L + number), "@friend", "@self", "m" + number)
                .replace("1700000000", Long.toString(seconds));
    }

    @Test
    void theWrongPhoneIsToldWithinTwoSeconds() {
        story.account(io.wxflux.options.AccountSpec.of("a0").withUin(new io.wxflux.model.Uin(4_711)));
        account("a0").phone = (number, time) -> Mono.just(WireText.confirmed(WireText.redirectUri("wx2.qq.com")));
        story.start().seconds(2);

        assertThat(story.state("a0")).isEqualTo(AccountState.REFUSED);
        assertThat(story.sink.types("a0")).containsExactly("wx.account.refused");
        assertThat(calls("a0", "webwxlogout")).isEqualTo(1);
    }
}
