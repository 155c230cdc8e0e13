package io.wxflux;

import static io.wxflux.WireText.status;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.transport.CookieJar;
import io.wxflux.internal.transport.Exchange;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.transport.HttpStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A strict conversation: every call must be the one the script expects next, and gets the answer that stands there. A
 * call that the script does not expect, or a script that was not played to its end, fails {@link #verify()}.
 */
final class ScriptedExchange implements Exchange {
    private final Scheduler time;
    private final MemoryCookies cookies = new MemoryCookies();
    private final Deque<Step> script = new ArrayDeque<>();
    private final List<String> offences = new ArrayList<>();
    private final List<HttpCall> calls = new ArrayList<>();

    ScriptedExchange(Scheduler time) {
        this.time = time;
    }

    Step expect(String operation) {
        return new Step(operation);
    }

    /** The calls so far, in order. */
    List<HttpCall> calls() {
        return calls;
    }

    /** @throws AssertionError unless the whole script was played and nothing else */
    void verify() {
        if (!offences.isEmpty()) {
            throw new AssertionError(String.join("\n", offences));
        }
        if (!script.isEmpty()) {
            throw new AssertionError("the script goes on, but nobody called: " + script);
        }
    }

    @Override
    public Mono<HttpAnswer> exchange(HttpCall call) {
        return Mono.defer(() -> {
            calls.add(call);
            Step next = script.poll();
            String problem = next == null ? "the script is at its end" : next.problemWith(call);
            if (next == null || !problem.isEmpty()) {
                offences.add("call " + calls.size() + " is \"" + call + "\", but " + problem);
                return Mono.never();
            }
            return next.answer;
        });
    }

    @Override
    public Mono<HttpStream> stream(HttpCall call, Duration idle) {
        return exchange(call).map(WireText::streamed);
    }

    @Override
    public CookieJar cookies() {
        return cookies;
    }

    @Override
    public Mono<Void> close() {
        return Mono.empty();
    }

    static String query(HttpCall call, String name) {
        return call.query().stream()
                .filter(field -> field.name().equals(name))
                .map(HttpCall.Field::value)
                .findFirst()
                .orElse("");
    }

    static String header(HttpCall call, String name) {
        return call.headers().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HttpCall.Field::value)
                .findFirst()
                .orElse("");
    }

    static String body(HttpCall call) {
        return call.body() == null ? "" : new String(Objects.requireNonNull(call.body()), StandardCharsets.UTF_8);
    }

    /** One expected call and its answer. */
    final class Step {
        private final String operation;
        private final List<String> facts = new ArrayList<>();
        private final List<Predicate<HttpCall>> checks = new ArrayList<>();
        private Mono<HttpAnswer> answer = Mono.never();

        private Step(String operation) {
            this.operation = operation;
        }

        Step at(String host) {
            return fact("at " + host, call -> call.host().equals(host));
        }

        /** An empty value means: not there. */
        Step query(String name, String value) {
            return fact(
                    name + "=" + value,
                    call -> ScriptedExchange.query(call, name).equals(value));
        }

        /** An empty value means: not there. */
        Step header(String name, String value) {
            return fact(
                    name + ": " + value,
                    call -> ScriptedExchange.header(call, name).equals(value));
        }

        Step body(String part) {
            return fact(
                    "a body with " + part, call -> ScriptedExchange.body(call).contains(part));
        }

        private Step fact(String words, Predicate<HttpCall> check) {
            facts.add(words);
            checks.add(check);
            return this;
        }

        ScriptedExchange answers(String body) {
            return with(Mono.just(WireText.ok(body)));
        }

        ScriptedExchange answers(int code, String body) {
            return with(Mono.just(status(code, body)));
        }

        ScriptedExchange answersAfter(Duration delay, String body) {
            return with(Mono.delay(delay, time).thenReturn(WireText.ok(body)));
        }

        ScriptedExchange fails() {
            return with(Mono.error(new HostUnreachableException("the script says: no connection")));
        }

        ScriptedExchange neverAnswers() {
            return with(Mono.never());
        }

        private ScriptedExchange with(Mono<HttpAnswer> next) {
            answer = next;
            script.add(this);
            return ScriptedExchange.this;
        }

        private String problemWith(HttpCall call) {
            if (!call.operation().equals(operation)) {
                return "the script expects " + this;
            }
            for (int i = 0; i < checks.size(); i++) {
                if (!checks.get(i).test(call)) {
                    return "the script expects " + facts.get(i) + " here";
                }
            }
            return "";
        }

        @Override
        public String toString() {
            return operation + " " + facts;
        }
    }
}
