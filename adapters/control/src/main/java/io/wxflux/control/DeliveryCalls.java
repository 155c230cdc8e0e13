package io.wxflux.control;

import io.wxflux.Engine;
import io.wxflux.MessageTrace;
import io.wxflux.event.SinkStatus;
import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.sink.KeptLetter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The sinks, what they rejected, and what became of a message. */
final class DeliveryCalls {
    /** Letters in one answer, and in one replay: more are for the next. */
    private static final int MOST_LETTERS = 1_000;

    /** Shorter than the time after which a quiet connection is closed. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    private static final byte[] EMPTY_LINE = {'\n'};
    private static final byte[] END = {};

    private final Engine engine;

    DeliveryCalls(Engine engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/sinks", List.of(), this::sinks),
                Route.post("/v1/sinks/{sink}/forget", List.of(), this::forget),
                Route.get("/v1/dead-letters", List.of("sink", "account", "id"), this::letters),
                Route.post("/v1/dead-letters/replay", List.of("sink", "account", "id"), this::replay),
                Route.get("/v1/messages/{id}/trace", List.of("account"), this::trace));
    }

    private Mono<Answer> sinks(Call call) {
        ArrayNode sinks = Json.array();
        for (SinkStatus status : engine.sinks()) {
            ObjectNode sink = sinks.addObject()
                    .put("name", status.name())
                    .put("configured", status.configured())
                    .put("required", status.required())
                    .put("accounts", status.accounts())
                    .put("behind", status.behind())
                    .put("events", status.events());
            Json.known(sink, "trouble", status.trouble());
        }
        ObjectNode json = Json.object();
        json.set("sinks", sinks);
        return Mono.just(Answer.ok(json));
    }

    private Mono<Answer> forget(Call call) {
        return Routes.done(engine.forgetSink(call.variable("sink")));
    }

    private Mono<Answer> letters(Call call) {
        Predicate<KeptLetter> wanted = wanted(
                call.query().get("sink"),
                call.query().get("account"),
                call.query().get("id"));
        return engine.deadLetters()
                .filter(wanted)
                .take(MOST_LETTERS + 1L)
                .collectList()
                .map(found -> {
                    ArrayNode letters = Json.array();
                    found.stream().limit(MOST_LETTERS).forEach(letter -> letters.add(json(letter)));
                    ObjectNode json = Json.object();
                    json.set("letters", letters);
                    json.put("more", found.size() > MOST_LETTERS);
                    return Answer.ok(json);
                });
    }

    /**
     * One after the other, oldest first, each with a line of its own; one that is rejected again stays and does not hold up
     * the next. The last line tells whether there are more.
     */
    private Mono<Answer> replay(Call call) {
        Predicate<KeptLetter> wanted =
                wanted(call.textOrNull("sink"), call.textOrNull("account"), call.textOrNull("id"));
        Flux<byte[]> lines = engine.deadLetters()
                .filter(wanted)
                .take(MOST_LETTERS + 1L)
                .collectList()
                .flatMapMany(found -> Flux.fromIterable(found)
                        .take(MOST_LETTERS)
                        .concatMap(this::replayed, 1)
                        .concatWith(Flux.defer(() ->
                                Flux.just(Json.object().put("done", true).put("more", found.size() > MOST_LETTERS)))))
                .onErrorResume(error -> {
                    Problem problem = Problem.from(error);
                    return problem == null ? Flux.error(error) : Flux.just(problem.json());
                })
                .map(Json::line);
        return Mono.just(new Answer.Lines(Flux.merge(
                        lines.concatWith(Flux.just(END)),
                        Flux.interval(SIGN_OF_LIFE).map(tick -> EMPTY_LINE).onBackpressureDrop())
                .takeUntil(line -> line.length == 0)));
    }

    private Mono<ObjectNode> replayed(KeptLetter letter) {
        return engine.replay(letter)
                .then(Mono.fromSupplier(() -> json(letter).put("replayed", true)))
                .onErrorResume(error -> Mono.just(
                        json(letter).put("replayed", false).put("error", String.valueOf(error.getMessage()))));
    }

    /** An id is that of the event, or of the message alone. */
    private static Predicate<KeptLetter> wanted(@Nullable String sink, @Nullable String account, @Nullable String id) {
        return letter -> (sink == null || letter.sink().equals(sink))
                && (account == null || letter.account().value().equals(account))
                && (id == null
                        || letter.eventId().equals(id)
                        || letter.eventId().equals(letter.account().value() + "-" + id));
    }

    private static ObjectNode json(KeptLetter letter) {
        ObjectNode json = Json.object();
        json.put("sink", letter.sink());
        json.put("account", letter.account().value());
        json.put("id", letter.eventId());
        json.put("type", letter.type());
        json.put("sequence", letter.sequence());
        json.put("time", letter.time().toString());
        json.put("reason", letter.reason());
        return json;
    }

    private Mono<Answer> trace(Call call) {
        String account = call.query().get("account");
        Predicate<AccountId> wanted = id -> account == null || id.value().equals(account);
        return engine.trace(new MsgId(call.variable("id")), wanted)
                .collectList()
                .map(found -> {
                    ArrayNode traces = Json.array();
                    found.forEach(trace -> traces.add(json(trace)));
                    ObjectNode json = Json.object();
                    json.set("traces", traces);
                    return Answer.ok(json);
                });
    }

    private static ObjectNode json(MessageTrace trace) {
        ObjectNode json = Json.object();
        json.put("account", trace.account().value());
        json.put("id", trace.id().value());
        Json.known(json, "received", trace.received());
        trace.offset().ifPresent(offset -> json.put("offset", offset));
        ObjectNode sinks = json.putObject("sinks");
        new TreeMap<>(trace.sinks())
                .forEach((name, place) ->
                        sinks.put(name, place.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        ArrayNode letters = json.putArray("deadLetters");
        trace.deadLetters().forEach(letter -> letters.add(json(letter)));
        return json;
    }
}
