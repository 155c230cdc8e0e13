package io.wxflux.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Faults and limits as the control API writes them. */
final class ControlFaults {

    private ControlFaults() {}

    /** Reads {@code {"fault": "page", "code": 503}} and the like. */
    static Fault fault(JsonNode body) {
        return switch (Json.text(body.path("fault"))) {
            case "page" -> new Fault.Page(body.path("code").asInt(503));
            case "empty" -> new Fault.EmptyBody();
            case "hang" -> new Fault.Hang();
            case "reset" -> new Fault.Reset();
            case "status-zero" -> new Fault.StatusZero();
            case "retcode" ->
                new Fault.Retcode(
                        body.path("code").asInt(1100), body.path("selector").asInt(0));
            case "cut-answer" -> new Fault.CutAnswer();
            case "lost-answer" -> new Fault.LostAnswer();
            case "late" -> new Fault.Late(millis(body, 1000));
            case "informational" -> new Fault.Informational(body.path("code").asInt(103));
            case "drip" ->
                new Fault.Drip(
                        body.path("head").asBoolean(false),
                        Math.max(1, body.path("bytes").asInt(1)),
                        millis(body, 50));
            case "content-types" -> new Fault.ContentTypes(types(body));
            case "truncated-gzip" -> new Fault.TruncatedGzip();
            case "stuck" -> new Fault.Stuck(body.path("selector").asInt(2));
            case "empty-keys" -> new Fault.EmptyKeys();
            case "fewer-contacts" -> new Fault.FewerContacts();
            case "endless-pages" -> new Fault.EndlessPages();
            case "scrambled" ->
                new Fault.Scrambled(
                        body.path("twice").asBoolean(false),
                        body.path("reversed").asBoolean(false));
            default ->
                throw new IllegalArgumentException("fault is page, empty, hang, reset, status-zero, retcode,"
                        + " cut-answer, lost-answer, late, informational, drip, content-types, truncated-gzip, stuck,"
                        + " empty-keys, scrambled, fewer-contacts or endless-pages");
        };
    }

    /** Reads {@code {"seed": 42, "share": 0.05, "every": 3000, "longest": 6000}}. */
    static Storm storm(JsonNode body) {
        if (!body.has("seed")) {
            throw new IllegalArgumentException("a storm needs a seed");
        }
        Storm usual = Storm.of(body.path("seed").asLong());
        return usual.withShare(body.path("share").asDouble(usual.share()))
                .withEpisodes(
                        Duration.ofMillis(
                                body.path("every").asLong(usual.every().toMillis())),
                        Duration.ofMillis(
                                body.path("longest").asLong(usual.longest().toMillis())));
    }

    private static Duration millis(JsonNode body, long otherwise) {
        return Duration.ofMillis(body.path("millis").asLong(otherwise));
    }

    private static List<String> types(JsonNode body) {
        List<String> types = new ArrayList<>();
        body.path("types").forEach(each -> types.add(Json.text(each)));
        return types.isEmpty() ? List.of("text/javascript", "text/html; charset=gbk") : types;
    }

    /** Reads {@code {"call": "webwxsend*", "count": 20, "seconds": 60}}. */
    static RateLimit limit(JsonNode body) {
        String call = Json.text(body.path("call"));
        if (call.isEmpty()) {
            throw new IllegalArgumentException("a limit needs a call such as webwxverifyuser or webwxsend*");
        }
        return RateLimit.of(
                        call,
                        body.path("count").asInt(1),
                        Duration.ofSeconds(body.path("seconds").asLong(60)))
                .withAccount(Json.text(body.path("account")));
    }
}
