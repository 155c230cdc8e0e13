package io.wxflux.internal.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.error.ThrottledException;
import io.wxflux.internal.wire.BatchContacts;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.internal.wire.RequestBodies.ContactQuery;
import io.wxflux.model.UserName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** PROTOCOL 7.2: what is asked, when, and what happens when it fails. */
class ContactQuestionsTests {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<List<String>> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Throwable> failures = new ArrayDeque<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private Duration takes = Duration.ZERO;
    private Function<String, Boolean> isKnown = name -> true;
    private Function<String, Boolean> spoils = name -> false;
    private @Nullable Throwable ended;
    private final ContactQuestions questions = new ContactQuestions(this::request, pauses::add, time);

    private Mono<List<ContactPatch>> request(List<ContactQuery> queries) {
        return Mono.defer(() -> {
            assertThat(inFlight.incrementAndGet()).as("requests in flight").isEqualTo(1);
            List<String> names =
                    queries.stream().map(query -> query.userName().value()).toList();
            asked.add(names);
            Throwable failure = names.stream().anyMatch(spoils::apply) ? garbage() : failures.poll();
            Mono<List<ContactPatch>> answer = failure == null
                    ? Mono.just(answer(names.stream().filter(isKnown::apply).toList()))
                    : Mono.error(failure);
            return Mono.delay(takes, time)
                    .then(Mono.fromRunnable(inFlight::decrementAndGet))
                    .then(answer);
        });
    }

    private static List<ContactPatch> answer(List<String> names) {
        String json = "{\"BaseResponse\":{\"Ret\":0},\"ContactList\":["
                + names.stream().map(name -> "{\"UserName\":\"" + name + "\"}").collect(Collectors.joining(",")) + "]}";
        return BatchContacts.parse(json.getBytes(StandardCharsets.UTF_8)).contacts();
    }

    private void run() {
        questions
                .run(answers -> Mono.fromRunnable(() -> answers.contacts().stream()
                        .map(ContactPatch::userName)
                        .filter(name -> !answers.overtaken().test(name))
                        .forEach(name -> told.add(name.value()))))
                .subscribe(done -> {}, error -> ended = error);
    }

    private void ask(String... names) {
        for (String name : names) {
            questions.ask(ContactQuery.of(UserName.of(name)));
        }
    }

    private void ask(String prefix, int from, int to) {
        ask(IntStream.range(from, to).mapToObj(i -> prefix + i).toArray(String[]::new));
    }

    private void millis(long millis) {
        time.advanceTimeBy(Duration.ofMillis(millis));
    }

    private static Throwable garbage() {
        return new ProtocolViolationException("garbage");
    }

    @Test
    void whatComesWithin200MillisIsAskedAtOnceAndTwiceIsOnce() {
        run();
        ask("@a", "@b");
        millis(199);
        ask("@b", "@c");
        assertThat(asked).isEmpty();
        millis(1);
        assertThat(asked).containsExactly(List.of("@a", "@b", "@c"));
        assertThat(told).containsExactly("@a", "@b", "@c");
    }

    @Test
    void whatIsBeingAskedIsNotAskedAgainAndWhatWasAnsweredIs() {
        takes = Duration.ofSeconds(3);
        run();
        ask("@a");
        millis(500);
        ask("@a");
        millis(10_000);
        assertThat(asked).hasSize(1);
        ask("@a");
        millis(10_000);
        assertThat(asked).hasSize(2);
    }

    @Test
    void roomsComeFirstAndNoRequestHasMoreThan50() {
        takes = Duration.ofSeconds(1);
        run();
        ask("@p", 0, 60);
        ask("@@r", 0, 30);
        millis(10_000);
        assertThat(asked).extracting(List::size).containsExactly(50, 40);
        assertThat(asked.get(0).subList(0, 30)).allMatch(name -> name.startsWith("@@"));
        assertThat(told).hasSize(90).doesNotHaveDuplicates();
    }

    @Test
    void aRequestThatFailsIsSplitUntilTheOneThatSpoilsItStandsAlone() {
        spoils = name -> name.equals("@p7");
        run();
        ask("@p", 0, 40);
        millis(20_000);
        assertThat(told).hasSize(39).doesNotHaveDuplicates().doesNotContain("@p7");
        assertThat(asked).extracting(List::size).startsWith(40, 10, 10, 10, 10, 5, 5, 1);
        int requests = asked.size();
        ask("@p7");
        millis(10_000);
        assertThat(asked).as("left out for the session").hasSize(requests);
    }

    @Test
    void afterThreeFailuresInARowEachIsAskedAlone() {
        run();
        failures.addAll(List.of(garbage(), garbage(), garbage()));
        ask("@p", 0, 20);
        millis(20_000);
        assertThat(asked).extracting(List::size).startsWith(20, 10, 10).endsWith(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(told).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void throttlingPausesForAMinuteThenLongerAndLosesNothing() {
        run();
        failures.addAll(List.of(new ThrottledException("1205"), new ThrottledException("1205")));
        ask("@a", "@b");
        millis(200);
        ask("@c");
        millis(59_999);
        assertThat(asked).hasSize(1);
        millis(1_000);
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).containsExactly("@a", "@b", "@c");
        millis(119_000);
        assertThat(asked).hasSize(2);
        millis(2_000);
        assertThat(told).containsExactly("@a", "@b", "@c");
        assertThat(pauses).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(2));
    }

    @Test
    void anUnreachableHostSplitsNothing() {
        run();
        failures.addAll(List.of(new HostUnreachableException("down"), new HostUnreachableException("down")));
        ask("@p", 0, 20);
        millis(10_000);
        assertThat(asked).extracting(List::size).containsExactly(20, 20, 20);
        assertThat(told).hasSize(20);
    }

    @Test
    void whoIsMissingInAnAnswerIsAskedForOnceMore() {
        isKnown = name -> !name.equals("@nobody");
        run();
        ask("@a", "@nobody");
        millis(10_000);
        assertThat(asked).containsExactly(List.of("@a", "@nobody"), List.of("@nobody"));
        assertThat(questions.isLeftOut(query("@nobody"))).isTrue();
    }

    @Test
    void anAnswerThatIsOvertakenIsAskedForAgain() {
        takes = Duration.ofSeconds(1);
        run();
        ask("@@room", "@a");
        millis(500);
        questions.overtake(UserName.of("@@room"));
        millis(800);
        assertThat(told).containsExactly("@a");
        millis(5_000);
        assertThat(told).containsExactly("@a", "@@room");
        assertThat(asked).containsExactly(List.of("@@room", "@a"), List.of("@@room"));
    }

    @Test
    void whoWaitsIsToldOfTheAnswerTheRefusalAndTheEnd() {
        List<String> done = new ArrayList<>();
        isKnown = name -> !name.equals("@nobody");
        var running = questions.run(answers -> Mono.empty()).subscribe();
        for (String name : List.of("@a", "@nobody")) {
            questions.answer(query(name)).subscribe(nothing -> {}, error -> {}, () -> done.add(name));
        }
        millis(250);
        assertThat(done).containsExactly("@a");
        millis(500);
        assertThat(done).containsExactly("@a", "@nobody");
        questions.answer(query("@late")).subscribe(nothing -> {}, error -> {}, () -> done.add("@late"));
        running.dispose();
        assertThat(done).containsExactly("@a", "@nobody", "@late");
        questions.answer(query("@later")).subscribe(nothing -> {}, error -> {}, () -> done.add("@later"));
        assertThat(done).contains("@later");
    }

    @Test
    void theEndOfTheSessionEndsIt() {
        run();
        failures.add(new SessionEndedException(1101, "over"));
        ask("@a");
        millis(1_000);
        assertThat(ended).isInstanceOf(SessionEndedException.class);
    }

    private static ContactQuery query(String name) {
        return ContactQuery.of(UserName.of(name));
    }

    @Test
    void whoComesBackAfterTheyWereWithdrawnIsAskedAboutAnew() {
        takes = Duration.ofSeconds(3);
        run();
        ask("@a");
        millis(500);
        questions.withdraw(UserName.of("@a"));
        ask("@a");
        millis(10_000);
        assertThat(asked).containsExactly(List.of("@a"), List.of("@a"));
        assertThat(told).containsExactly("@a");
    }

    @Test
    void anAnswerAboutAMemberIsOvertakenAsWell() {
        takes = Duration.ofSeconds(3);
        run();
        questions.ask(new ContactQuery(UserName.of("@a"), UserName.of("@@room")));
        millis(500);
        questions.overtake(UserName.of("@a"));
        millis(3_000);
        assertThat(told).isEmpty();
        millis(10_000);
        assertThat(asked).hasSize(2);
        assertThat(told).containsExactly("@a");
    }

    @Test
    void nobodyWaitsForEverForWhoWasWithdrawn() {
        takes = Duration.ofSeconds(3);
        Disposable running = questions.run(answers -> Mono.empty()).subscribe();
        var waited = new AtomicInteger();
        questions
                .answer(ContactQuery.of(UserName.of("@a")))
                .subscribe(done -> {}, error -> {}, waited::incrementAndGet);
        millis(500);
        questions.withdraw(UserName.of("@a"));
        running.dispose();
        assertThat(waited).hasValue(1);
    }
}
