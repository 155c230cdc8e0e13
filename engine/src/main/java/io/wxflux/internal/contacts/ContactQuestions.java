package io.wxflux.internal.contacts;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.error.ThrottledException;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.internal.wire.RequestBodies.ContactQuery;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * What one session asks webwxbatchgetcontact (PROTOCOL 7.2): questions of all sides are collected for a moment, each is
 * asked once, rooms before people, at most 50 in a request and one request at a time. A request that fails is split until
 * the one that spoils it stands alone and is left out.
 */
public final class ContactQuestions {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.contacts");

    /** The server cuts or refuses larger requests. */
    private static final int MOST = 50;

    private static final int FAILURES = 3;
    private static final Duration COLLECT = Duration.ofMillis(200);
    private static final Duration FIRST_COOLING = Duration.ofMinutes(1);
    private static final Duration LONGEST_COOLING = Duration.ofMinutes(30);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Function<List<ContactQuery>, Mono<List<ContactPatch>>> request;
    private final Consumer<Duration> throttled;
    private final Scheduler scheduler;
    private final Map<ContactQuery, Question> open = new ConcurrentHashMap<>();
    private final Set<Question> withdrawn = ConcurrentHashMap.newKeySet();
    private final Set<ContactQuery> leftOut = ConcurrentHashMap.newKeySet();
    private final Queue<Question> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Sinks.Empty<Void>> bell = new AtomicReference<>(Sinks.empty());
    private volatile boolean closed;

    /** Nothing is asked before a while is over that nobody waits for. */
    private volatile boolean resting;

    /** What is being asked now. */
    private volatile List<Question> inFlight = List.of();

    // Touched by the running loop alone.
    private final List<Question> waiting = new ArrayList<>();
    private int failures;
    private int coolings;
    private int outages;

    private static final class Question {
        final ContactQuery query;
        final Sinks.Empty<Void> settled = Sinks.empty();
        volatile boolean overtaken;
        volatile boolean told;
        volatile boolean withdrawn;
        int group = MOST;
        boolean missed;

        Question(ContactQuery query) {
            this.query = query;
        }
    }

    /**
     * What came back.
     *
     * @param overtaken whether something newer is known of somebody by now, or they are gone
     */
    public record Answers(List<ContactPatch> contacts, Predicate<UserName> overtaken) {}

    /**
     * @param request asks the service
     * @param throttled told of every pause that the service imposes
     */
    public ContactQuestions(
            Function<List<ContactQuery>, Mono<List<ContactPatch>>> request,
            Consumer<Duration> throttled,
            Scheduler scheduler) {
        this.request = request;
        this.throttled = throttled;
        this.scheduler = scheduler;
    }

    /** Asks soon; nothing happens when it is being asked already, or was left out. */
    public void ask(ContactQuery query) {
        question(query);
    }

    /** Asks soon, and completes when the answer is in the snapshot or there will be none. */
    public Mono<Void> answer(ContactQuery query) {
        return Mono.defer(() -> {
            Question question = question(query);
            return question == null ? Mono.empty() : question.settled.asMono();
        });
    }

    /**
     * Asks soon, and anew if an answer is under way: something was changed since that was asked. <b>Emits</b> whether the
     * service told of it; then that is in the snapshot.
     */
    public Mono<Boolean> afresh(ContactQuery query) {
        return Mono.defer(() -> {
            overtake(query.userName());
            Question question = question(query);
            return question == null
                    ? Mono.just(false)
                    : question.settled.asMono().then(Mono.fromSupplier(() -> question.told));
        });
    }

    private @Nullable Question question(ContactQuery query) {
        if (closed || leftOut.contains(query)) {
            return null;
        }
        var mine = new Question(query);
        Question known = open.putIfAbsent(query, mine);
        if (known != null) {
            return known;
        }
        arrivals.add(mine);
        ring();
        if (closed) {
            mine.settled.tryEmitEmpty();
        }
        return mine;
    }

    private void ring() {
        Sinks.Empty<Void> waitsFor = bell.get();
        if (waitsFor != null) {
            waitsFor.tryEmitEmpty();
        }
    }

    /** The service told something of it by another way: an answer under way may be older, and is asked for again. */
    void overtake(UserName name) {
        for (Question question : inFlight) {
            if (question.query.userName().equals(name)) {
                question.overtaken = true;
            }
        }
    }

    /** Whoever it is about is gone: an answer, even one under way, is of no use. */
    void withdraw(UserName name) {
        Question question = open.get(ContactQuery.of(name));
        if (question != null) {
            withdrawn.add(question);
            question.withdrawn = true;
            // Should they come back, they are asked about anew.
            open.remove(question.query, question);
            if (closed) {
                settle(question);
            }
        }
    }

    boolean isLeftOut(ContactQuery query) {
        return leftOut.contains(query);
    }

    /** The service wants to be left alone, or cannot be reached: answers will not come soon. */
    boolean isResting() {
        return resting;
    }

    public boolean isClosed() {
        return closed;
    }

    /**
     * Asks whatever there is to ask. <b>Emits</b> nothing and does not complete. <b>Errors</b> with what the sink of the
     * answers fails with, and when the service says that the session is over. <b>Cancellation</b> ends it; nobody waits for
     * an answer any more.
     *
     * @param answers makes what came back part of the snapshot
     */
    public Mono<Void> run(Function<Answers, Mono<Void>> answers) {
        return Mono.defer(this::something)
                .then(Mono.delay(COLLECT, scheduler))
                .then(Mono.defer(() -> next(answers)))
                .repeat()
                .then()
                .doFinally(signal -> close());
    }

    private void close() {
        closed = true;
        open.values().forEach(question -> question.settled.tryEmitEmpty());
        open.clear();
        withdrawn.forEach(question -> question.settled.tryEmitEmpty());
        withdrawn.clear();
    }

    private Mono<Void> something() {
        Sinks.Empty<Void> next = Sinks.empty();
        // In this order: whoever arrives from now on rings the new bell.
        bell.set(next);
        return arrivals.isEmpty() && waiting.isEmpty() ? next.asMono() : Mono.empty();
    }

    private Mono<Void> next(Function<Answers, Mono<Void>> answers) {
        for (Question arrived = arrivals.poll(); arrived != null; arrived = arrivals.poll()) {
            waiting.add(arrived);
        }
        for (Question question : List.copyOf(waiting)) {
            if (question.withdrawn) {
                waiting.remove(question);
                settle(question);
            }
        }
        List<Question> batch = batch();
        if (batch.isEmpty()) {
            return Mono.empty();
        }
        inFlight = batch;
        return Mono.defer(() -> request.apply(
                        batch.stream().map(question -> question.query).toList()))
                .map(contacts -> new Asked(contacts, null))
                .onErrorResume(ContactQuestions::isOfRequest, error -> Mono.just(new Asked(List.of(), error)))
                .flatMap(asked -> asked.error() == null
                        ? answered(batch, asked.contacts(), answers)
                        : failed(batch, asked.error()));
    }

    private record Asked(
            List<ContactPatch> contacts, @Nullable Throwable error) {}

    /** All others are of the session. */
    private static boolean isOfRequest(Throwable error) {
        return !(error instanceof SessionEndedException ended && ended.code() >= 1100);
    }

    /** Of one size: what was split stays apart from what never failed. */
    private List<Question> batch() {
        Question first = null;
        for (Question question : waiting) {
            boolean isBetter = first == null || isRoom(question) && !isRoom(first);
            first = isBetter ? question : first;
        }
        var batch = new ArrayList<Question>();
        if (first != null) {
            int group = first.group;
            for (int rooms = 1; rooms >= 0; rooms--) {
                for (Question question : waiting) {
                    if (batch.size() < group && question.group == group && isRoom(question) == (rooms == 1)) {
                        batch.add(question);
                    }
                }
            }
            waiting.removeAll(new HashSet<>(batch));
        }
        return batch;
    }

    private static boolean isRoom(Question question) {
        return question.query.userName().isRoom();
    }

    private Mono<Void> answered(
            List<Question> batch, List<ContactPatch> contacts, Function<Answers, Mono<Void>> answers) {
        failures = 0;
        coolings = 0;
        outages = 0;
        Set<UserName> there = new HashSet<>();
        Set<UserName> half = new HashSet<>();
        contacts.forEach(contact -> (isWhole(contact) ? there : half).add(contact.userName()));
        Predicate<UserName> overtaken = name -> batch.stream()
                .anyMatch(question ->
                        question.query.userName().equals(name) && (question.overtaken || question.withdrawn));
        return Mono.defer(() -> answers.apply(new Answers(contacts, overtaken))).then(Mono.fromRunnable(() -> {
            inFlight = List.of();
            for (Question question : batch) {
                if (question.withdrawn) {
                    settle(question);
                } else if (question.overtaken) {
                    question.overtaken = false;
                    waiting.add(question);
                } else if (there.contains(question.query.userName())) {
                    question.told = true;
                    settle(question);
                } else if (question.missed) {
                    leaveOut(question);
                } else {
                    question.missed = true;
                    waiting.add(question);
                }
            }
        }));
    }

    /** Rooms come without their members now and then (PROTOCOL 18.9). */
    private static boolean isWhole(ContactPatch contact) {
        return contact.memberCount() == 0 || contact.members() != null;
    }

    private void settle(Question question) {
        open.remove(question.query, question);
        withdrawn.remove(question);
        question.settled.tryEmitEmpty();
    }

    private void leaveOut(Question question) {
        leftOut.add(question.query);
        settle(question);
    }

    private Mono<Void> failed(List<Question> batch, Throwable error) {
        inFlight = List.of();
        batch.forEach(question -> question.overtaken = false);
        if (error instanceof ThrottledException) {
            waiting.addAll(0, batch);
            Duration pause = grown(FIRST_COOLING, LONGEST_COOLING, coolings++);
            throttled.accept(pause);
            return rest(pause);
        }
        if (error instanceof HostUnreachableException) {
            waiting.addAll(0, batch);
            return rest(grown(FIRST_WAIT, LONGEST_WAIT, outages++));
        }
        failures++;
        log.debug("a request about {} contacts failed: {}", batch.size(), error.getMessage());
        if (batch.size() == 1) {
            leaveOut(batch.get(0));
            return Mono.empty();
        }
        for (Question question : batch) {
            question.group = failures >= FAILURES || batch.size() <= 5 ? 1 : batch.size() <= 10 ? 5 : 10;
            waiting.add(question);
        }
        return Mono.empty();
    }

    private Mono<Void> rest(Duration pause) {
        return Mono.defer(() -> {
            resting = pause.compareTo(FIRST_WAIT) > 0;
            return Mono.delay(pause, scheduler).then().doFinally(signal -> resting = false);
        });
    }

    private static Duration grown(Duration first, Duration longest, int times) {
        Duration grown = first.multipliedBy(1L << Math.min(times, 10));
        return grown.compareTo(longest) < 0 ? grown : longest;
    }
}
