package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * The cycle of synccheck and webwxsync. The model server objects to two calls of it at once, to keys that are mixed, go
 * back, or are shown before they are durable; every story here fails then.
 */
class CycleStoryTests {
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
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        story.server.forgetRequests();
    }

    @Test
    void noOtherPollStartsWhileMessagesAreFetched() {
        alice.syncTakes = Duration.ofSeconds(10);
        signedIn();
        alice.receives("one");
        story.seconds(9);
        int polls = calls("synccheck");
        assertThat(calls("webwxsync")).isEqualTo(1);
        story.seconds(3);

        assertThat(calls("synccheck")).isEqualTo(polls + 1);
        assertThat(story.sink.texts("alice")).containsExactly("one");
    }

    @Test
    void aBacklogIsFetchedPageByPageAndEachPageIsDurableBeforeTheNextIsAskedFor() {
        signedIn();
        story.store().commitTakes = Duration.ofSeconds(2);
        alice.page = 10;
        alice.receives(IntStream.range(0, 95).mapToObj(i -> "m" + i).toArray(String[]::new));
        story.seconds(1);
        assertThat(calls("webwxsync")).as("before the first page is durable").isEqualTo(1);
        story.seconds(30);

        assertThat(calls("webwxsync")).isEqualTo(10);
        assertThat(calls("synccheck")).as("polls during and after the drain").isEqualTo(1);
        assertThat(story.sink.texts("alice"))
                .containsExactly(IntStream.range(0, 95).mapToObj(i -> "m" + i).toArray(String[]::new));
    }

    @Test
    void aKeyIsShownOnlyWhenItIsDurableAlsoWhenTheStoreIsFullForAWhile() {
        signedIn();
        story.store().full = true;
        alice.receives("one");
        story.seconds(60);
        assertThat(calls("webwxsync")).isEqualTo(1);
        assertThat(alice.acknowledged()).isZero();
        assertThat(story.sink.texts("alice")).isEmpty();

        story.store().full = false;
        story.seconds(12);
        alice.receives("two");
        story.seconds(2);
        assertThat(story.sink.texts("alice")).containsExactly("one", "two");
    }

    @Test
    void anEmptyKeyNeverReplacesAGoodOne() {
        signedIn();
        alice.once("webwxsync", WireText.sync(new ArrayList<>(), WireText.NO_KEY, WireText.NO_KEY, false));
        alice.receives("one");
        story.seconds(10);

        assertThat(story.sink.texts("alice")).containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 99})
    void anySelectorFetches(int selector) {
        signedIn();
        alice.once("synccheck", WireText.check(0, selector));
        story.seconds(26);

        assertThat(calls("webwxsync")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1100, 1101, 1102, 1203, -14, 1})
    void aStrangeHostIsNotBelievedWhenItSaysThatTheSessionIsOver(int code) {
        signedIn();
        alice.always(
                "synccheck",
                call -> call.host().endsWith("wx2.qq.com")
                        ? ModelAccount.unreachable()
                        : Mono.just(WireText.ok(WireText.check(code, 0))));
        story.pass(Duration.ofMinutes(5));
        assertThat(calls("webwxsync")).isZero();
        alice.normal();
        alice.receives("alive");
        story.seconds(65);

        assertThat(alice.logins()).isEqualTo(1);
        assertThat(calls("webwxinit")).isZero();
        assertThat(story.sink.texts("alice")).containsExactly("alive");
    }

    @ParameterizedTest
    @ValueSource(ints = {1100, 1101, 1102})
    void anEndOfTheSessionIsConfirmedByOneFetchBeforeItIsBelieved(int code) {
        signedIn();
        alice.once("synccheck", WireText.check(code, 0));
        story.seconds(30);
        assertThat(calls("webwxsync")).isEqualTo(1);
        assertThat(alice.logins()).isEqualTo(1);

        story.server.forgetRequests();
        alice.endSession(code);
        story.seconds(1);
        assertThat(calls("webwxsync")).isEqualTo(1);
        assertThat(story.live("alice", Lifecycle.LoggedOut.class))
                .singleElement()
                .extracting(Lifecycle.LoggedOut::code)
                .isEqualTo(code);
        story.seconds(20);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void anAnswerWithStatusZeroIsFollowedByOneFetch() {
        signedIn();
        alice.once("synccheck", Mono.just(WireText.status(0, "\u0001binary")));
        story.seconds(26);

        assertThat(calls("webwxsync")).isEqualTo(1);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void aQuietAccountFetchesOnceAnHourToKeepItsCookies() {
        signedIn();
        story.pass(Duration.ofHours(5).plusMinutes(5));

        assertThat(calls("webwxsync")).isEqualTo(5);
        assertThat(calls("synccheck")).isBetween(700, 740);
    }

    @Test
    void scatteredFailuresNeverEndASession() {
        signedIn();
        int[] polls = {0};
        alice.always("synccheck", call -> ++polls[0] % 4 == 0 ? ModelAccount.unreachable() : null);
        for (int minute = 0; minute < 180; minute++) {
            alice.receives("minute " + minute);
            story.seconds(60);
        }

        assertThat(alice.logins()).isEqualTo(1);
        assertThat(calls("webwxinit")).isZero();
        assertThat(story.sink.texts("alice")).hasSize(180);
    }

    @Test
    void anExchangeThatNeverSignalsIsGivenUp() {
        signedIn();
        alice.once("synccheck", Mono.never());
        story.seconds(26);
        alice.receives("one");
        story.seconds(50);
        assertThat(story.sink.texts("alice")).containsExactly("one");

        alice.once("webwxsync", Mono.never());
        alice.receives("two");
        story.seconds(50);
        assertThat(story.sink.texts("alice")).containsExactly("one", "two");
    }

    /** Two entries of a real key hold the time and move with every webwxsync: that alone is no progress. */
    @Test
    void newsThatNeverComeAreAskedForEverMoreSlowlyThoughTheKeyMoves() {
        signedIn();
        alice.always("synccheck", call -> Mono.just(WireText.ok(WireText.check(0, 3))));
        alice.always(
                "webwxsync",
                call -> Mono.delay(Duration.ofSeconds(1), story.time).map(tick -> {
                    String key = WireText.key(1000, story.time.now(TimeUnit.SECONDS));
                    return WireText.ok(WireText.sync(new ArrayList<>(), key, key, false));
                }));
        story.pass(Duration.ofMinutes(2));
        story.server.forgetRequests();
        story.pass(Duration.ofMinutes(5));

        assertThat(calls("webwxsync")).isBetween(5, 30);
    }

    @Test
    void aServerThatHasMoreForEverAndNothingInItIsAskedEverMoreSlowly() {
        signedIn();
        alice.always("synccheck", call -> Mono.just(WireText.ok(WireText.check(0, 2))));
        long[] key = {1_000_000};
        alice.always("webwxsync", call -> {
            String moved = WireText.key(1, ++key[0]);
            return Mono.just(WireText.ok(WireText.sync(new ArrayList<>(), moved, moved, true)));
        });
        story.pass(Duration.ofMinutes(2));
        assertThat(calls("webwxsync")).isBetween(5, 30);
        story.server.forgetRequests();
        story.pass(Duration.ofMinutes(5));
        assertThat(calls("webwxsync")).isBetween(5, 30);
    }

    @Test
    void aPageOfContactsAloneIsFollowedAtOnceByTheNext() {
        signedIn();
        // The first of them stands for what the page of contacts was in the count of the model's keys.
        String moved = WireText.key(1, 5_001);
        alice.once(
                "webwxsync",
                WireText.sync(new ArrayList<>(), moved, WireText.key(2, 5_001), true)
                        .replace(
                                "\"ModContactList\":[]",
                                "\"ModContactList\":[" + WireText.contact("@friend", "Friend") + "]"));
        alice.receives("the page of contacts", "one");
        story.seconds(1);

        assertThat(calls("webwxsync")).isEqualTo(2);
        assertThat(story.sink.texts("alice")).containsExactly("one");
    }
}
