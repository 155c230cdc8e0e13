package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.hostile.JsonCorpus;
import io.wxflux.internal.transport.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * Hundreds of bodies that are no answer, one after the other, each in the way of a message: the process lives, the session
 * lives, nothing is lost or doubled, and the key is never replaced by a broken one.
 */
class MalformedSyncStoryTests {
    private static final String BASE = "\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"}";

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    /** By name. None is an answer of the service that would end a session or acknowledge anything. */
    private static Map<String, Mono<HttpAnswer>> malformed() {
        Map<String, Mono<HttpAnswer>> all = new LinkedHashMap<>();
        // All of them are read by JsonCorpusTest.
        int[] number = {0};
        JsonCorpus.bad().forEach((name, body) -> {
            if (number[0]++ % 6 == 0) {
                all.put("no JSON: " + name, answer(200, body));
            }
        });
        for (String key : keys()) {
            all.put(
                    "key " + key,
                    ok("{" + BASE + ",\"AddMsgList\":[],\"SyncKey\":" + key + ",\"SyncCheckKey\":" + key + "}"));
            all.put("key alone " + key, ok("{" + BASE + ",\"SyncKey\":" + key + "}"));
        }
        for (String count : List.of("-1", "1", "999999", "\"x\"", "null", "{}", "1e9", "99999999999999999999")) {
            all.put(
                    "count " + count,
                    ok("{" + BASE + ",\"AddMsgCount\":" + count + ",\"ModContactCount\":" + count
                            + ",\"DelContactCount\":" + count
                            + ",\"AddMsgList\":[],\"ModContactList\":[],\"SyncKey\":{\"Count\":" + count
                            + ",\"List\":[]}}"));
        }
        for (String list : List.of("null", "0", "\"\"", "{}", "[[]]", "{\"MsgId\":\"1\"}")) {
            all.put(
                    "lists " + list,
                    ok("{" + BASE + ",\"ModContactList\":" + list + ",\"DelContactList\":" + list + ",\"Profile\":"
                            + list + ",\"ContinueFlag\":" + list + ",\"SKey\":" + list + "}"));
        }
        for (int ret : new int[] {1, 2, -1, -2, 3, 100, 404, 9999, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            all.put(
                    "ret " + ret,
                    ok("{\"BaseResponse\":{\"Ret\":" + ret + ",\"ErrMsg\":\"\"},\"AddMsgList\":[{\"MsgId\":\"1\"}],"
                            + "\"SyncKey\":{\"Count\":1,\"List\":[{\"Key\":1,\"Val\":999999}]}}"));
        }
        for (int status :
                new int[] {0, 204, 301, 302, 304, 400, 401, 403, 404, 408, 429, 500, 501, 502, 503, 504, 520, 599}) {
            all.put(
                    "status " + status,
                    answer(status, "<html><body>busy</body></html>".getBytes(StandardCharsets.UTF_8)));
            all.put("bare status " + status, answer(status, new byte[0]));
        }
        for (String page : List.of(
                "<html></html>",
                "<!DOCTYPE html><html><head><title>Login required</title></head></html>",
                "window.synccheck={retcode:\"0\",selector:\"2\"}",
                "window.code=200;",
                "<error><ret>0</ret></error>",
                "ok",
                "\u001f\u008b\b\0",
                "\0".repeat(500),
                "\ufeff",
                "%PDF-1.4",
                "HTTP/1.1 200 OK\r\n\r\n{}",
                "2\r\n{}\r\n0\r\n\r\n")) {
            all.put("page " + page, ok(page));
        }
        byte[] whole = WireText.sync(
                        List.of(WireText.text("1", "@friend", "@self", "half a message")),
                        WireText.key(1, 999_999),
                        WireText.key(2, 999_999),
                        true)
                .getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length += 12) {
            all.put("cut at " + length, answer(200, Arrays.copyOf(whole, length)));
        }
        all.put("no connection", ModelAccount.unreachable());
        all.put("no answer", Mono.never());
        return all;
    }

    private static List<String> keys() {
        return List.of(
                "null",
                "0",
                "\"1_2\"",
                "[]",
                "{}",
                "{\"Count\":0,\"List\":[]}",
                "{\"Count\":0}",
                "{\"Count\":1}",
                "{\"Count\":1,\"List\":null}",
                "{\"Count\":1,\"List\":[]}",
                "{\"Count\":2,\"List\":[{\"Key\":1,\"Val\":999999}]}",
                "{\"Count\":0,\"List\":[{\"Key\":1,\"Val\":999999}]}",
                "{\"Count\":-1,\"List\":[{\"Key\":1}]}",
                "{\"Count\":1,\"List\":[{\"Key\":1}]}",
                "{\"Count\":1,\"List\":[{\"Val\":1}]}",
                "{\"Count\":1,\"List\":[{}]}",
                "{\"Count\":1,\"List\":[null]}",
                "{\"Count\":1,\"List\":[7]}",
                "{\"Count\":1,\"List\":[{\"Key\":\"x\",\"Val\":\"y\"}]}",
                "{\"Count\":1,\"List\":[{\"Key\":1.5,\"Val\":2}]}",
                "{\"Count\":1,\"List\":[{\"Key\":1,\"Val\":99999999999999999999}]}",
                "{\"Count\":1,\"List\":[{\"Key\":4294967297,\"Val\":1}]}",
                "{\"Count\":65,\"List\":["
                        + String.join(
                                ",",
                                IntStream.range(0, 65)
                                        .mapToObj(i -> "{\"Key\":" + i + ",\"Val\":1}")
                                        .toList())
                        + "]}");
    }

    private static Mono<HttpAnswer> ok(String body) {
        return answer(200, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Mono<HttpAnswer> answer(int status, byte[] body) {
        return Mono.just(new HttpAnswer(status, null, body));
    }

    private void signedIn() {
        story.account("alice").account("bob").start().seconds(30);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private void nothingHappened(List<String> sent) {
        assertThat(story.sink.texts("alice")).isEqualTo(sent);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(alice.logins()).isEqualTo(1);
        assertThat(story.failure()).isNull();
        assertThat(story.deadLetters).isEmpty();
    }

    @Test
    void noBodyOfASyncLosesOrEndsAnything() {
        signedIn();
        Map<String, Mono<HttpAnswer>> bodies = malformed();
        assertThat(bodies).hasSizeGreaterThanOrEqualTo(200);
        List<String> sent = new ArrayList<>();
        bodies.forEach((name, body) -> {
            alice.once("webwxsync", body);
            String text = "message " + sent.size();
            sent.add(text);
            alice.receives(text);
            story.seconds(90);
            assertThat(story.sink.texts("alice")).as("after %s", name).hasSize(sent.size());
        });
        nothingHappened(sent);
    }

    @Test
    void noBodyOfASyncCheckLosesOrEndsAnything() {
        signedIn();
        List<String> sent = new ArrayList<>();
        int[] number = {0};
        malformed().forEach((name, body) -> {
            // Half of them, and no answer that is one.
            if (number[0]++ % 2 == 0 || name.startsWith("page window.synccheck")) {
                return;
            }
            for (int host = 0; host < 2; host++) {
                alice.once("synccheck", body);
            }
            String text = "message " + sent.size();
            sent.add(text);
            alice.receives(text);
            story.seconds(120);
            assertThat(story.sink.texts("alice")).as("after %s", name).hasSize(sent.size());
        });
        nothingHappened(sent);
    }

    /** The same for ten minutes and for every call of the cycle: as few requests as in any outage. */
    @Test
    void aServiceThatSaysNothingElseIsNotAskedOften() {
        signedIn();
        List<Mono<HttpAnswer>> bodies = List.copyOf(malformed().values());
        int[] next = {0};
        for (String operation : List.of("synccheck", "webwxsync")) {
            alice.always(operation, call -> {
                Mono<HttpAnswer> body = bodies.get(next[0]++ % bodies.size());
                return body == bodies.get(bodies.size() - 1) ? ModelAccount.unreachable() : body;
            });
        }
        alice.receives("while it is ill");
        story.seconds(120);
        for (int minute = 2; minute < 12; minute++) {
            story.server.forgetRequests();
            story.seconds(60);
            assertThat(story.server.requests("alice")).hasSizeLessThanOrEqualTo(12);
        }
        alice.normal();
        story.seconds(120);
        nothingHappened(List.of("while it is ill"));
    }
}
