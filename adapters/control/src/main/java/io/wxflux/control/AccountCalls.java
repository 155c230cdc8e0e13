package io.wxflux.control;

import io.wxflux.Engine;
import io.wxflux.error.EventsMissedException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountStatus;
import io.wxflux.sink.CloudEvents;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The accounts and what happens to them. */
final class AccountCalls {
    /** Shorter than the time after which a quiet connection is closed. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    private static final byte[] EMPTY_LINE = {'\n'};

    private final Engine engine;
    private final Function<AccountEvent, String> summary;

    AccountCalls(Engine engine, Function<AccountEvent, String> summary) {
        this.engine = engine;
        this.summary = summary;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/accounts", List.of(), this::list),
                Route.get(Routes.ACCOUNT, List.of(), this::one),
                Route.post(Routes.ACCOUNT + "/login", List.of(), this::login),
                Route.get("/v1/events", List.of("account"), this::events));
    }

    private Mono<Answer> list(Call call) {
        ArrayNode accounts = Json.array();
        engine.accounts().forEach(status -> accounts.add(ContactJson.of(status)));
        ObjectNode json = Json.object();
        json.set("accounts", accounts);
        return Mono.just(Answer.ok(json));
    }

    private Mono<Answer> one(Call call) {
        AccountStatus status = Routes.account(engine, call).status();
        return Mono.just(Answer.ok(ContactJson.of(status)));
    }

    private Mono<Answer> login(Call call) {
        return Routes.done(Routes.account(engine, call).signIn());
    }

    private Mono<Answer> events(Call call) {
        String account = call.query().get("account");
        if (account != null) {
            requireAccount(account);
        }
        Flux<byte[]> lines = engine.events()
                .filter(event -> account == null || event.account().value().equals(account))
                .map(this::line)
                // A client that was too slow missed some; it is told, and goes on with what is new.
                .onErrorResume(EventsMissedException.class, error -> Flux.just(overflow(error.missed())));
        // The first line is the sign that the next event will be seen.
        return Mono.just(new Answer.Lines(Flux.merge(
                        Flux.just(EMPTY_LINE).concatWith(lines).concatWith(Flux.just(new byte[0])),
                        Flux.interval(SIGN_OF_LIFE).map(tick -> EMPTY_LINE).onBackpressureDrop())
                .takeUntil(line -> line.length == 0)));
    }

    private void requireAccount(String id) {
        if (engine.accounts().stream()
                .noneMatch(status -> status.account().value().equals(id))) {
            throw Routes.unknown(engine, id);
        }
    }

    private byte[] line(AccountEvent event) {
        byte[] encoded = CloudEvents.encode(event);
        ObjectNode extension = Json.object();
        extension.put("summary", summary.apply(event));
        // An extension attribute of CloudEvents: the object goes on where it ended.
        byte[] more = Json.line(extension);
        byte[] line = new byte[encoded.length + more.length - 1];
        System.arraycopy(encoded, 0, line, 0, encoded.length - 1);
        line[encoded.length - 1] = ',';
        System.arraycopy(more, 1, line, encoded.length, more.length - 1);
        return line;
    }

    private static byte[] overflow(long missed) {
        return Json.line(Json.object()
                .put("error", "overflow")
                .put("message", "too slow: " + missed + " events were missed")
                .put("missed", missed)
                .put("remedy", "ask again"));
    }
}
