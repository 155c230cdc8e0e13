package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.ThrottledException;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UserName;
import io.wxflux.options.SendOptions;
import io.wxflux.options.WhenThrottled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** How fast an account sends, and what a 1205 does to it. */
class PaceStoryTests {
    private static final UserName FRIEND = UserName.of("@friend");

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void signedIn() {
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private CompletableFuture<SendReceipt> send(String text) {
        return story.engine().account("alice").sendText(FRIEND, text).toFuture();
    }

    private List<CompletableFuture<SendReceipt>> send(int count) {
        return IntStream.range(0, count).mapToObj(i -> send("m" + i)).toList();
    }

    private int attempts() {
        return story.server.requests("alice", "webwxsendmsg").size();
    }

    private List<Duration> rests() {
        return story.live("alice", Lifecycle.Throttled.class).stream()
                .map(Lifecycle.Throttled::delay)
                .toList();
    }

    @Test
    void anAccountSendsThreeAtOnceAndThenOneEveryThreeSeconds() {
        signedIn();
        send(6);
        story.seconds(1);
        assertThat(alice.sentTexts()).hasSize(3);
        story.seconds(3);
        assertThat(alice.sentTexts()).hasSize(4);
        story.seconds(6);
        assertThat(alice.sentTexts()).hasSize(6);
        story.seconds(60);
        send(4);
        story.seconds(1);
        assertThat(alice.sentTexts()).hasSize(9);
    }

    @Test
    void anApplicationMayChooseAnotherPace() {
        story.sending = SendOptions.defaults().withBurst(100).withEvery(Duration.ofMillis(1));
        signedIn();
        send(6);
        story.seconds(1);
        assertThat(alice.sentTexts()).hasSize(6);
    }

    @Test
    void aRestartBringsNoNewAllowance() {
        story.sending = SendOptions.defaults().withEvery(Duration.ofMinutes(10));
        signedIn();
        send(3);
        story.seconds(1).stop().start().seconds(5);
        send(1);
        story.seconds(500);
        assertThat(alice.sentTexts()).hasSize(3);
        story.seconds(100);
        assertThat(alice.sentTexts()).hasSize(4);
    }

    @Test
    void aCrashBringsNoNewAllowanceOnceSomethingWasCommitted() {
        story.sending = SendOptions.defaults().withEvery(Duration.ofMinutes(10));
        signedIn();
        send(3);
        alice.receives("a commit for the spent ones to ride on");
        story.seconds(1).kill().start().seconds(5);
        send(1);
        story.seconds(500);
        assertThat(alice.sentTexts()).hasSize(3);
    }

    /** Written before they go out: no answer was needed, and nothing else committed. */
    @Test
    void noCrashGivesAFriendRequestBack() {
        signedIn();
        alice.always("webwxverifyuser", call -> Mono.never());
        befriend("@a");
        befriend("@b");
        story.seconds(1);
        assertThat(story.server.requests("alice", "webwxverifyuser")).hasSize(2);
        story.kill().start().seconds(9);

        var third = befriend("@c");
        story.seconds(1);
        assertThat(retryAfter(third)).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
        assertThat(story.server.requests("alice", "webwxverifyuser")).hasSize(2);
    }

    private CompletableFuture<Void> befriend(String name) {
        return story.engine()
                .account("alice")
                .friends()
                .request(UserName.of(name), "", "hello")
                .toFuture();
    }

    @Test
    void a1205StopsSendsAndNothingElse() {
        signedIn();
        alice.once("webwxsendmsg", WireText.ret(1205));
        var first = send("first");
        story.seconds(1);
        var second = send("second");
        var read = story.engine().account("alice").markRead(FRIEND).toFuture();
        alice.receives("still coming in");
        story.seconds(10);

        assertThat(retryAfter(first)).isEqualTo(Duration.ofSeconds(60));
        assertThat(retryAfter(second)).isEqualTo(Duration.ofSeconds(59));
        assertThat(attempts()).as("the second was not even asked").isEqualTo(1);
        assertThat(read).isCompleted();
        assertThat(story.sink.texts("alice")).containsExactly("still coming in");
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.live("alice", Lifecycle.Throttled.class).get(0).operation())
                .isEqualTo("send");
        assertThat(story.status("alice").resting())
                .containsOnly(Map.entry("send", Instant.ofEpochMilli(story.server.now() + 49_000)));

        story.seconds(60);
        assertThat(story.status("alice").resting()).isEmpty();
        assertThat(send("third")).succeedsWithin(Duration.ZERO);
    }

    private static Duration retryAfter(CompletableFuture<?> refused) {
        assertThat(refused).isCompletedExceptionally();
        Throwable[] cause = new Throwable[1];
        refused.whenComplete((done, error) -> cause[0] = error);
        assertThat(cause[0]).isInstanceOf(ThrottledException.class);
        return ((ThrottledException) cause[0]).retryAfter();
    }

    @Test
    void whoChoseToWaitSucceedsLaterWithTheSameClientMsgId() {
        story.sending = SendOptions.defaults().whenThrottled(WhenThrottled.WAIT);
        signedIn();
        alice.once("webwxsendmsg", WireText.ret(1205));
        var first = send("first");
        var second = send("second");
        story.seconds(59);
        assertThat(attempts()).isEqualTo(1);
        story.seconds(10);

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(alice.sentTexts().get(0)).contains("first", first.join().clientMsgId());
        assertThat(alice.sentTexts().get(1)).contains("second");
    }

    @Test
    void oneThrottlingIsOneRestHoweverManyItHits() {
        signedIn();
        alice.always(
                "webwxsendmsg",
                call -> Mono.delay(Duration.ofSeconds(1), story.time).map(tick -> WireText.ok(WireText.ret(1205))));
        // Each in a conversation of its own: they are all out when the first answer comes.
        var sends = List.of("@a", "@b", "@c").stream()
                .map(name -> story.engine()
                        .account("alice")
                        .sendText(UserName.of(name), "hello")
                        .toFuture())
                .toList();
        story.seconds(5);

        assertThat(sends).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(attempts()).isEqualTo(3);
        assertThat(rests()).containsExactly(Duration.ofSeconds(60));
    }

    @Test
    void restsDoubleUntilASendSucceeds() {
        signedIn();
        alice.always("webwxsendmsg", call -> Mono.just(WireText.ok(WireText.ret(1205))));
        for (int i = 0; i < 7; i++) {
            send("again");
            story.seconds(1 + 60L * (1 << Math.min(i, 5)));
        }
        assertThat(rests().stream().map(Duration::toSeconds))
                .containsExactly(60L, 120L, 240L, 480L, 960L, 1800L, 1800L);

        alice.normal();
        assertThat(send("accepted")).succeedsWithin(Duration.ZERO);
        alice.once("webwxsendmsg", WireText.ret(1205));
        send("too much");
        story.seconds(1);
        assertThat(rests()).last().isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aRestIsKeptOverACrash() {
        signedIn();
        alice.once("webwxsendmsg", WireText.ret(1205));
        send("first");
        story.seconds(1).kill().start().seconds(9);
        assertThat(retryAfter(send("second"))).isEqualTo(Duration.ofSeconds(50));
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void aSendThatHasBegunIsNotStoppedByWhoeverGivesUp() {
        signedIn();
        send(3);
        story.seconds(1);
        var impatient = story.engine()
                .account("alice")
                .sendText(UserName.of("@other"), "never mind")
                .timeout(Duration.ofSeconds(1), story.time)
                .toFuture();
        story.seconds(1);
        assertThatThrownBy(impatient::join).isNotNull();
        story.seconds(60);
        assertThat(attempts()).isEqualTo(4);
    }
}
