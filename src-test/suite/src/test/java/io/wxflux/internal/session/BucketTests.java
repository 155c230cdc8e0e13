package io.wxflux.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.ThrottledException;
import io.wxflux.options.Operation;
import io.wxflux.options.Pace;
import io.wxflux.options.WhenThrottled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One operation's bucket, in virtual time. */
class BucketTests {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> happened = new ArrayList<>();

    BucketTests() {
        time.advanceTimeBy(Duration.ofSeconds(1_700_000_000));
    }

    private Bucket bucket(Pace pace) {
        return new Bucket(Operation.FRIEND_REQUEST, pace, time);
    }

    private Disposable turn(Bucket bucket, String name, WhenThrottled choice) {
        return bucket.turn(choice)
                .subscribe(
                        nothing -> {},
                        error -> happened.add(name + " " + ((ThrottledException) error).retryAfter()),
                        () -> happened.add(name));
    }

    private Disposable turn(Bucket bucket, String name) {
        return turn(bucket, name, WhenThrottled.FAIL);
    }

    @Test
    void turnsAreGivenInOrder() {
        Bucket bucket = bucket(Pace.of(1, Duration.ofSeconds(10)));
        turn(bucket, "a");
        turn(bucket, "b");
        turn(bucket, "c");
        assertThat(happened).containsExactly("a");
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(happened).containsExactly("a", "b");
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(happened).containsExactly("a", "b", "c");
    }

    @Test
    void whoGivesUpHasSpentNothing() {
        Bucket bucket = bucket(Pace.of(1, Duration.ofSeconds(10)));
        turn(bucket, "a");
        Disposable impatient = turn(bucket, "b");
        turn(bucket, "c");
        impatient.dispose();
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(happened).containsExactly("a", "c");
        assertThat(bucket.state().fullAt()).isEqualTo(1_700_000_020_000L);
    }

    @Test
    void aPauseFillsNoMoreThanTheBurst() {
        Bucket bucket = bucket(Pace.of(2, Duration.ofSeconds(10)));
        time.advanceTimeBy(Duration.ofHours(1));
        for (String name : List.of("a", "b", "c")) {
            turn(bucket, name);
        }
        assertThat(happened).containsExactly("a", "b");
    }

    @Test
    void aStrictOneIsNotKeptWaitingUnlessItWantsTo() {
        Bucket bucket = bucket(Pace.strict(1, Duration.ofMinutes(30)));
        turn(bucket, "a");
        turn(bucket, "b");
        turn(bucket, "c", WhenThrottled.WAIT);
        turn(bucket, "d");
        assertThat(happened).containsExactly("a", "b PT30M", "d PT30M");
        time.advanceTimeBy(Duration.ofMinutes(30));
        assertThat(happened).endsWith("c");
    }

    @Test
    void aRestFailsThoseWhoWaitAlready() {
        Bucket bucket = bucket(Pace.of(1, Duration.ofSeconds(10)));
        turn(bucket, "a");
        turn(bucket, "b");
        turn(bucket, "c", WhenThrottled.WAIT);
        bucket.throttled();
        assertThat(happened).containsExactly("a", "b PT1M");
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(happened).endsWith("c");
    }

    @Test
    void a1205OfWhatWasOutBeforeTheRestChangesNothing() {
        Bucket bucket = bucket(Pace.of(3, Duration.ofSeconds(1)));
        turn(bucket, "a");
        turn(bucket, "b");
        assertThat(bucket.throttled()).isEqualTo(new Bucket.Rest(Duration.ofSeconds(60), true));
        time.advanceTimeBy(Duration.ofSeconds(20));
        assertThat(bucket.throttled()).isEqualTo(new Bucket.Rest(Duration.ofSeconds(40), false));
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(bucket.throttled()).as("later than the rest").isEqualTo(new Bucket.Rest(Duration.ZERO, false));
        assertThat(bucket.succeeded()).as("nor does its success").isFalse();
        turn(bucket, "c");
        assertThat(bucket.throttled()).isEqualTo(new Bucket.Rest(Duration.ofSeconds(120), true));
    }

    @Test
    void aSuccessEndsTheDoubling() {
        Bucket bucket = bucket(Pace.strict(100, Duration.ofMillis(1)));
        for (int hours : List.of(1, 2, 4, 8, 16, 24, 24)) {
            turn(bucket, "again");
            assertThat(bucket.throttled().left()).isEqualTo(Duration.ofHours(hours));
            time.advanceTimeBy(Duration.ofHours(hours));
        }
        turn(bucket, "well");
        assertThat(bucket.succeeded()).isTrue();
        assertThat(bucket.throttled().left()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whatWasSpentIsKept() {
        Bucket before = bucket(Pace.of(1, Duration.ofSeconds(10)));
        turn(before, "a");
        Bucket after = bucket(Pace.of(1, Duration.ofSeconds(10)));
        after.restore(before.state());
        turn(after, "b");
        time.advanceTimeBy(Duration.ofMillis(9_999));
        assertThat(happened).containsExactly("a");
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(happened).containsExactly("a", "b");
    }

    @Test
    void aClockThatWasSetBackClosesNothingForYears() {
        Bucket bucket = bucket(Pace.of(1, Duration.ofSeconds(10)));
        long later = 1_700_000_000_000L + Duration.ofDays(700).toMillis();
        bucket.restore(new Bucket.State(later, later, 3, false));
        turn(bucket, "a", WhenThrottled.WAIT);
        time.advanceTimeBy(Duration.ofMinutes(30));
        assertThat(happened).containsExactly("a");
    }
}
