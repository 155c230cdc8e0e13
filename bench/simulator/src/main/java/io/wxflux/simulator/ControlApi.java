package io.wxflux.simulator;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.JsonNode;

/** The scenario API over plain HTTP and JSON, on the loopback address only; see the README for its calls. */
final class ControlApi {

    private static final Logger log = LoggerFactory.getLogger(ControlApi.class);
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
    private static final int DEFAULT_PAGE = 1000;

    private final Simulator simulator;
    private final int port;

    ControlApi(Simulator simulator, int port) {
        this.simulator = simulator;
        this.port = port;
    }

    DisposableServer listen(LoopResources loops) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .runOn(loops)
                .route(this::routes)
                .bindNow();
    }

    private void routes(HttpServerRoutes routes) {
        routes.get("/accounts", json((request, body) -> accounts()));
        routes.post("/accounts", json((request, body) -> addAccounts(body)));
        routes.get("/accounts/{name}/log", json((request, body) -> logOf(request)));
        routes.get("/accounts/{name}/sent", json((request, body) -> sent(request)));
        routes.post("/accounts/{name}/messages", json((request, body) -> queue(account(request), body)));
        routes.post("/accounts/{name}/end", json((request, body) -> end(account(request), body)));
        routes.post("/accounts/{name}/restart", json((request, body) -> restart(account(request))));
        routes.post("/accounts/{name}/login", json((request, body) -> login(account(request), body)));
        routes.post("/accounts/{name}/sends", json((request, body) -> sends(account(request), body)));
        routes.get("/accounts/{name}/friends", json((request, body) -> ControlPeople.friends(account(request))));
        routes.post("/accounts/{name}/friends", json((request, body) -> ControlPeople.friend(account(request), body)));
        routes.get(
                "/accounts/{name}/contacts",
                json((request, body) -> account(request).friends().truth()));
        routes.get("/accounts/{name}/rooms", json((request, body) -> ControlPeople.rooms(account(request))));
        routes.post("/accounts/{name}/rooms", json((request, body) -> ControlPeople.room(account(request), body)));
        routes.get("/limits", json((request, body) -> limits()));
        routes.post("/limits", json((request, body) -> done(() -> simulator.limit(ControlFaults.limit(body)))));
        routes.delete("/limits", json((request, body) -> done(simulator::clearLimits)));
        routes.get("/logins", json((request, body) -> logins()));
        routes.post("/scan", json((request, body) -> scan(body)));
        routes.get("/faults", json((request, body) -> faults()));
        routes.delete("/faults", json((request, body) -> done(simulator::clearFaults)));
        routes.post("/hosts/{host}/fault", json((request, body) -> fault(param(request, "host"), body)));
        routes.delete(
                "/hosts/{host}/fault",
                json((request, body) -> done(() -> simulator.clearFaults(param(request, "host")))));
        routes.get("/storm", json((request, body) -> simulator.stormNotes()));
        routes.post("/storm", json((request, body) -> done(() -> simulator.startStorm(ControlFaults.storm(body)))));
        routes.delete("/storm", raw((request, body) -> done(simulator::stopStorm), simulator.disk()));
        routes.post("/judge", raw((request, body) -> judge(body), simulator.disk()));
        routes.get("/load", json((request, body) -> Json.object("queued", simulator.loadQueued())));
        routes.post("/load", json((request, body) -> load(body)));
        routes.get("/backlog", json((request, body) -> Json.object("served", simulator.backlogServed())));
        routes.post("/backlog", json((request, body) -> done(() -> backlog(body))));
        routes.delete("/backlog", json((request, body) -> done(simulator::stopBacklog)));
        routes.post("/hold", json((request, body) -> done(() -> hold(body))));
        routes.get("/traffic", json((request, body) -> traffic()));
        routes.get("/violations", json((request, body) -> violations()));
        routes.delete("/violations", json((request, body) -> done(simulator::clearViolations)));
        routes.get(
                "/ca.pem",
                (request, response) -> response.header("Content-Type", "application/x-pem-file")
                        .sendString(Mono.fromSupplier(simulator::caPem)));
    }

    private BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> json(
            BiFunction<HttpServerRequest, JsonNode, Object> call) {
        return raw((request, body) -> call.apply(request, Json.read(body)), Schedulers.immediate());
    }

    /** @param where the call is answered */
    private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> raw(
            BiFunction<HttpServerRequest, byte[], Object> call, Scheduler where) {
        return (request, response) -> request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .publishOn(where)
                .flatMap(body -> {
                    Object answer;
                    int status = 200;
                    try {
                        if (!LOOPBACK.matcher(request.requestHeaders().get("Host", ""))
                                .matches()) {
                            throw new IllegalArgumentException("the control API answers to the loopback address only");
                        }
                        answer = call.apply(request, body);
                    } catch (IllegalArgumentException | IllegalStateException wrong) {
                        log.debug("control call refused", wrong);
                        status = 400;
                        answer = Json.object("error", String.valueOf(wrong.getMessage()));
                    }
                    return response.status(status)
                            .header("Content-Type", "application/json")
                            .sendByteArray(Mono.just(Json.bytes(answer)))
                            .then();
                });
    }

    private static Object done(Runnable action) {
        action.run();
        return Json.object("ok", true);
    }

    private static String param(HttpServerRequest request, String name) {
        String value = request.param(name);
        return value == null ? "" : QueryStringDecoder.decodeComponent(value);
    }

    private SimAccount account(HttpServerRequest request) {
        return simulator.account(param(request, "name"));
    }

    // accounts -------------------------------------------------------------------------------------------------------

    private Object accounts() {
        Map<String, Long> wrong = new java.util.HashMap<>();
        simulator.violations().forEach(each -> wrong.merge(each.account(), each.count(), Long::sum));
        List<Object> all = new ArrayList<>();
        for (SimAccount account : simulator.accounts()) {
            all.add(Json.object(
                    "name", account.name(),
                    "uin", account.uin(),
                    "home", account.spec().home(),
                    "state", account.isLoggedIn() ? "logged-in" : account.logins() == 0 ? "new" : "logged-out",
                    "logins", account.logins(),
                    "queued", account.lastSeq(),
                    "served", account.served(),
                    "acknowledged", account.acknowledged(),
                    "skipped", account.skipped(),
                    "sent", account.sent().size(),
                    "requestsAfterEnd", account.requestsAfterEnd(),
                    "violations", wrong.getOrDefault(account.name(), 0L)));
        }
        return all;
    }

    private Object addAccounts(JsonNode body) {
        if (body.has("count")) {
            SimAccountSpec usual = SimAccountSpec.of("like", 1);
            SimAccountSpec like = usual.withContacts(
                    body.path("friends").asInt(usual.friends()),
                    body.path("rooms").asInt(usual.rooms()),
                    body.path("membersPerRoom").asInt(usual.membersPerRoom()));
            return names(simulator.addAccounts(body.path("count").asInt(0), like));
        }
        SimAccountSpec spec =
                SimAccountSpec.of(Json.text(body.path("name")), body.path("uin").asLong(0));
        spec = new SimAccountSpec(
                spec.name(),
                spec.uin(),
                body.path("nickName").asString(spec.nickName()),
                body.path("friends").asInt(spec.friends()),
                body.path("officials").asInt(spec.officials()),
                body.path("rooms").asInt(spec.rooms()),
                body.path("membersPerRoom").asInt(spec.membersPerRoom()),
                body.path("home").asString(spec.home()));
        return names(List.of(simulator.addAccount(spec)));
    }

    private static Object names(List<SimAccount> accounts) {
        return Json.object("added", accounts.stream().map(SimAccount::name).toList());
    }

    private Object logOf(HttpServerRequest request) {
        SimAccount account = account(request);
        Map<String, List<String>> query = new QueryStringDecoder(request.uri()).parameters();
        long from = Long.parseLong(query.getOrDefault("from", List.of("1")).get(0));
        int max = Integer.parseInt(
                query.getOrDefault("max", List.of("" + DEFAULT_PAGE)).get(0));
        List<Object> entries = new ArrayList<>();
        for (QueuedMessage message : account.queued(from, max)) {
            entries.add(Json.object(
                    "seq", message.seq(),
                    "msgId", message.msgId(),
                    "msgType", message.msgType(),
                    "text", message.text()));
        }
        return Json.object(
                "last", account.lastSeq(),
                "served", account.served(),
                "acknowledged", account.acknowledged(),
                "skipped", account.skipped(),
                "messages", entries);
    }

    private Object sent(HttpServerRequest request) {
        List<Object> all = new ArrayList<>();
        for (SentMessage message : account(request).sent()) {
            all.add(Json.object(
                    "msgId", message.msgId(),
                    "clientMsgId", message.clientMsgId(),
                    "call", message.call(),
                    "type", message.type(),
                    "to", message.to().toString(),
                    "content", message.content(),
                    "mentions", message.mentions(),
                    "file", file(message.file()),
                    "recalled", message.recalled(),
                    "attempts", message.attempts()));
        }
        return all;
    }

    private static Object file(SentMessage.@Nullable File file) {
        return file == null
                ? Map.of()
                : Json.object(
                        "name", file.name(), "mediaType", file.mediaType(), "size", file.size(), "md5", file.md5());
    }

    private static Object queue(SimAccount account, JsonNode body) {
        if (Json.text(body.path("kind")).equals("burst")) {
            account.queueBurst(body.path("count").asInt(1));
            return Json.object("last", account.lastSeq());
        }
        long seq = account.queue(ControlMessages.read(account, body));
        return Json.object("seq", seq, "msgId", account.msgId(seq));
    }

    private static Object end(SimAccount account, JsonNode body) {
        return done(() -> account.end(body.path("retcode").asInt(1101)));
    }

    private static Object restart(SimAccount account) {
        return done(account::declareRestart);
    }

    private static Object login(SimAccount account, JsonNode body) {
        if (body.has("refuse")) {
            int ret = body.path("refuse").asInt(1203);
            if (ret == 0) {
                account.acceptLogins();
            } else if (body.path("webOnly").asBoolean(false)) {
                account.refuseWebLogins();
            } else {
                account.refuseLogins(ret);
            }
        }
        if (body.has("push")) {
            account.onPushLogin(PushLogin.valueOf(upper(body.path("push"))));
        }
        if (body.has("page")) {
            account.answerLoginsWith(LoginPage.valueOf(upper(body.path("page")).replace('-', '_')));
        }
        if (body.has("lang")) {
            account.speak(SystemTexts.valueOf(upper(body.path("lang"))));
        }
        return Json.object("ok", true);
    }

    private static Object sends(SimAccount account, JsonNode body) {
        return done(() -> account.refuseSends(
                body.path("refuse").asInt(1205), body.path("times").asInt(1)));
    }

    // logins ---------------------------------------------------------------------------------------------------------

    private Object logins() {
        List<Object> all = new ArrayList<>();
        for (PendingLogin login : simulator.pendingLogins()) {
            SimAccount account = login.account();
            all.add(Json.object(
                    "uuid", login.uuid(),
                    "push", login.isPush(),
                    "state", login.state().name(),
                    "account", account == null ? "" : account.name()));
        }
        return all;
    }

    private Object scan(JsonNode body) {
        PendingLogin login = simulator.login(Json.text(body.path("uuid")));
        switch (Json.text(body.path("action"))) {
            case "scan" -> login.scan(simulator.account(Json.text(body.path("account"))));
            case "confirm" -> login.confirm();
            case "cancel" -> login.cancel();
            case "expire" -> login.expire();
            default -> throw new IllegalArgumentException("action is scan, confirm, cancel or expire");
        }
        return Json.object("state", login.state().name());
    }

    // faults, load, judgement ----------------------------------------------------------------------------------------

    private Object faults() {
        return simulator.faults().stream().map(FaultRule::toString).toList();
    }

    private Object fault(String host, JsonNode body) {
        simulator.addFault(FaultRule.on(host, ControlFaults.fault(body))
                .withCall(Json.text(body.path("call")))
                .withAccount(Json.text(body.path("account")))
                .withTimes(body.path("times").asInt(Integer.MAX_VALUE))
                .withProbability(body.path("probability").asDouble(1)));
        return Json.object("ok", true);
    }

    private Object limits() {
        return simulator.limits().stream().map(RateLimit::toString).toList();
    }

    private Object load(JsonNode body) {
        double rate = body.path("rate").asDouble(0);
        Map<String, Integer> weights = weights(body);
        if (rate > 0 && body.path("stamped").asBoolean(false)) {
            simulator.startStampedLoad(rate, weights, body.path("batch").asInt(1));
        } else if (rate > 0) {
            simulator.startLoad(rate, weights);
        } else {
            simulator.stopLoad();
        }
        return Json.object("rate", rate);
    }

    private static Map<String, Integer> weights(JsonNode body) {
        Map<String, Integer> weights = new java.util.LinkedHashMap<>();
        body.path("kinds")
                .properties()
                .forEach(each -> weights.put(each.getKey(), each.getValue().asInt(0)));
        return weights;
    }

    private void backlog(JsonNode body) {
        int most = body.path("most").asInt(50);
        simulator.startBacklog(
                body.path("least").asInt(Math.min(20, most)),
                most,
                weights(body),
                body.path("goesOn").asBoolean(true));
    }

    private void hold(JsonNode body) {
        simulator.holdSyncCheck(Duration.ofMillis(body.path("millis").asLong(0)));
    }

    private Object traffic() {
        Traffic traffic = simulator.traffic();
        return Json.object(
                "connections",
                traffic.connections(Traffic.ALL),
                "requests",
                traffic.requests(Traffic.ALL),
                "synccheck",
                traffic.calls("synccheck"),
                "webwxsync",
                traffic.calls("webwxsync"));
    }

    private Object judge(byte[] events) {
        Verdict verdict = simulator.judge(new String(events, StandardCharsets.UTF_8).lines());
        return Json.object(
                "exact", verdict.isExact(),
                "ok", verdict.ok(),
                "lost", verdict.lost(),
                "unexpected", verdict.unexpected(),
                "duplicated", verdict.duplicated(),
                "reordered", verdict.reordered(),
                "recovered", verdict.recovered(),
                "examples", verdict.examples());
    }

    private Object violations() {
        List<Object> all = new ArrayList<>();
        for (Violation violation : simulator.violations()) {
            all.add(Json.object(
                    "kind", violation.kind().name(),
                    "account", violation.account(),
                    "count", violation.count(),
                    "firstExample", violation.firstExample()));
        }
        return all;
    }

    private static String upper(JsonNode node) {
        return Json.text(node).toUpperCase(Locale.ROOT);
    }
}
