package io.wxflux;

import static io.wxflux.WireText.ok;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One account at the {@link ModelServer}: its phone, its session and its messages. */
final class ModelAccount {
    private static final Pattern SYNC_KEY = Pattern.compile("\"Key\":(\\d+),\"Val\":(\\d+)");
    private static final long BASE = 5_000;

    final String id;
    long uin;
    int page = 50;
    boolean offersPush = true;
    Duration syncTakes = Duration.ZERO;
    Phone phone = Phone.confirms();
    String self = "";

    /** Told of every key that webwxsync shows, before it is answered. */
    Function<Long, String> onKey = key -> "";

    /** The contacts that init brings, as they are. */
    String first = "";

    private final List<String> modified = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();
    private final ModelServer server;
    private final Deque<Phone> nextPhones = new ArrayDeque<>();
    private final Map<String, Phone> prompts = new HashMap<>();
    private final Map<String, Integer> polls = new HashMap<>();
    private final Map<String, Deque<Mono<HttpAnswer>>> once = new HashMap<>();
    private final Map<String, Function<HttpCall, @Nullable Mono<HttpAnswer>>> always = new HashMap<>();
    private final List<String> messages = new ArrayList<>();
    private final List<String> sentTexts = new ArrayList<>();
    private Sinks.Empty<Void> news = Sinks.empty();
    private int logins;
    private int inFlight;
    private long acknowledged;
    private String sid = "";
    private int ended;
    private @Nullable MemoryCookies lastJar;
    private long initKey;

    ModelAccount(ModelServer server, String id, long uin) {
        this.server = server;
        this.id = id;
        this.uin = uin;
    }

    /** How the owner treats the next logins, one after the other; then {@link #phone} again. */
    ModelAccount next(Phone... phones) {
        nextPhones.addAll(List.of(phones));
        return this;
    }

    /** The next call of the operation gets this answer and has no other effect. */
    ModelAccount once(String operation, Mono<HttpAnswer> answer) {
        once.computeIfAbsent(operation, name -> new ArrayDeque<>()).add(answer);
        return this;
    }

    ModelAccount once(String operation, String body) {
        return once(operation, Mono.just(ok(body)));
    }

    static Mono<HttpAnswer> unreachable() {
        return Mono.error(() -> new HostUnreachableException("the model says: no connection"));
    }

    /** Every call of the operation for which the rule has an answer gets it; null takes the usual way. */
    void always(String operation, Function<HttpCall, @Nullable Mono<HttpAnswer>> rule) {
        always.put(operation, rule);
    }

    void normal() {
        always.clear();
    }

    /** Somebody writes to the account. */
    void receives(String... texts) {
        for (String text : texts) {
            messages.add(WireText.text(Long.toString(7_000_000L + messages.size()), "@friend", self(), text));
        }
        wake();
    }

    /** A message as it is, with its own id. */
    void receivesRaw(String json) {
        messages.add(json);
        wake();
    }

    /** The next webwxsync tells of this, together with a message. */
    void modifies(String name, String nickName) {
        modified.add(WireText.contact(name, nickName));
        receives("with a change");
    }

    void deletes(String name) {
        deleted.add("{\"UserName\":\"" + name + "\"}");
        receives("with a change");
    }

    private void wake() {
        Sinks.Empty<Void> waiting = news;
        news = Sinks.empty();
        waiting.tryEmitEmpty();
    }

    /** The service ends the session with this code. */
    void endSession(int code) {
        ended = code;
        wake();
    }

    /** The service sets a cookie anew with whatever it answers next. */
    void renewCookies(String value) {
        if (lastJar != null) {
            lastJar.put("wxsid", value);
        }
    }

    int logins() {
        return logins;
    }

    /** How many messages the client has given a receipt for. */
    long acknowledged() {
        return acknowledged;
    }

    List<String> sentTexts() {
        return sentTexts;
    }

    /** How the account is called in this login; the same in all, unless a test gives it another name. */
    String self() {
        return self.isEmpty() ? "@self-" + id : self;
    }

    Mono<HttpAnswer> answer(HttpCall call, MemoryCookies jar) {
        lastJar = jar;
        boolean ofCycle =
                call.operation().equals("synccheck") || call.operation().equals("webwxsync");
        if (ofCycle && ++inFlight > 1) {
            server.offence(id + " has two calls of the cycle in flight, the second is " + call);
        }
        boolean[] left = {!ofCycle};
        Runnable leave = () -> {
            if (!left[0]) {
                left[0] = true;
                inFlight--;
            }
        };
        return usual(call, jar).doOnCancel(leave).doOnTerminate(leave);
    }

    private Mono<HttpAnswer> usual(HttpCall call, MemoryCookies jar) {
        Deque<Mono<HttpAnswer>> scripted = once.get(call.operation());
        if (scripted != null && !scripted.isEmpty()) {
            return scripted.poll();
        }
        Function<HttpCall, @Nullable Mono<HttpAnswer>> rule = always.get(call.operation());
        Mono<HttpAnswer> ruled = rule == null ? null : rule.apply(call);
        if (ruled != null) {
            return ruled;
        }
        HttpAnswer fixed = ModelServer.fixed(call);
        return fixed != null
                ? Mono.just(fixed)
                : switch (call.operation()) {
                    case "jslogin" -> Mono.just(ok(WireText.jslogin(prompt("q"))));
                    case "webwxpushloginurl" ->
                        Mono.just(ok(
                                offersPush && !jar.snapshot().isEmpty()
                                        ? WireText.push(prompt("p"))
                                        : "{\"ret\":\"1\",\"msg\":\"no\"}"));
                    case "login poll" -> loginPoll(ScriptedExchange.query(call, "uuid"));
                    case "webwxnewloginpage" -> Mono.just(ok(newSession(jar)));
                    case "webwxinit" -> Mono.just(ok(init(call)));
                    case "synccheck" -> check(call);
                    case "webwxsync" -> Mono.delay(syncTakes, server.time).map(tick -> ok(sync(call)));
                    case "webwxsendmsg", "webwxsendemoticon", "webwxsendappmsg" -> Mono.just(ok(send(call)));
                    case "webwxrevokemsg" ->
                        Mono.just(ok(
                                "{\"BaseResponse\":{\"Ret\":0},\"Introduction\":\"2 min\",\"SysWording\":\"gone\"}"));
                    default -> Mono.error(new AssertionError("the model knows no " + call.operation()));
                };
    }

    private String prompt(String kind) {
        String uuid = kind + "-" + id + "-" + (prompts.size() + 1);
        prompts.put(uuid, nextPhones.isEmpty() ? phone : nextPhones.poll());
        return uuid;
    }

    private Mono<HttpAnswer> loginPoll(String uuid) {
        Phone owner = prompts.get(uuid);
        int number = polls.merge(uuid, 1, Integer::sum);
        return owner == null
                ? Mono.just(ok(WireText.poll(400)))
                : owner.poll(number, server.time).map(WireText::ok);
    }

    private String newSession(MemoryCookies jar) {
        logins++;
        sid = "sid-" + id + "-" + logins;
        ended = 0;
        jar.put("wxsid", sid);
        return WireText.loginPage(uin, sid, "@crypt_" + logins);
    }

    private int refusal(String shown) {
        return ended != 0 ? ended : shown.equals(sid) && !sid.isEmpty() ? 0 : 1101;
    }

    private String init(HttpCall call) {
        String body = ScriptedExchange.body(call);
        int refusal = refusal(body.contains("\"" + sid + "\"") ? sid : "another");
        initKey = BASE + messages.size();
        return refusal != 0
                ? WireText.ret(refusal)
                : WireText.init(uin, self(), "@crypt_i" + logins, WireText.key(1, initKey))
                        .replace("\"ContactList\":[]", "\"ContactList\":[" + first + "]");
    }

    private Mono<HttpAnswer> check(HttpCall call) {
        int refusal = refusal(ScriptedExchange.query(call, "sid"));
        if (refusal != 0) {
            return Mono.just(ok(WireText.check(refusal, 0)));
        }
        String[] key = ScriptedExchange.query(call, "synckey").split("_", 2);
        if (key.length < 2) {
            server.offence(id + " shows synccheck no key");
            return Mono.just(ok(WireText.check(0, 0)));
        }
        if (!key[0].equals("2") && Long.parseLong(key[1]) > initKey) {
            server.offence(id + " shows synccheck another key than its own");
        }
        if (Long.parseLong(key[1]) < BASE + messages.size()) {
            return Mono.just(ok(WireText.check(0, 2)));
        }
        return news.asMono()
                .then(Mono.defer(() -> Mono.just(ok(WireText.check(ended, ended == 0 ? 2 : 0)))))
                .timeout(ModelServer.HOLD, Mono.just(ok(WireText.check(0, 0))), server.time);
    }

    private String sync(HttpCall call) {
        int refusal = refusal(ScriptedExchange.query(call, "sid"));
        if (refusal != 0) {
            return WireText.ret(refusal);
        }
        Matcher shown = SYNC_KEY.matcher(ScriptedExchange.body(call));
        if (!shown.find() || !shown.group(1).equals("1")) {
            server.offence(id + " shows webwxsync another key than its own: " + ScriptedExchange.body(call));
            return WireText.ret(-1);
        }
        String objection = onKey.apply(Long.parseLong(shown.group(2)));
        if (!objection.isEmpty()) {
            server.offence(id + ": " + objection);
        }
        int from = (int) (Long.parseLong(shown.group(2)) - BASE);
        if (from < acknowledged) {
            server.offence(id + " goes back from " + acknowledged + " to " + from);
        }
        acknowledged = from;
        int to = Math.min(messages.size(), from + page);
        String changes = "\"ModContactList\":[" + String.join(",", modified) + "]";
        String removals = "\"DelContactList\":[" + String.join(",", deleted) + "]";
        modified.clear();
        deleted.clear();
        return WireText.sync(
                        messages.subList(from, to),
                        WireText.key(1, BASE + to),
                        WireText.key(2, BASE + to),
                        to < messages.size())
                .replace("\"ModContactList\":[]", changes)
                .replace("\"DelContactList\":[]", removals);
    }

    private String send(HttpCall call) {
        int refusal = refusal(ScriptedExchange.body(call).contains("\"" + sid + "\"") ? sid : "another");
        if (refusal != 0) {
            return WireText.ret(refusal);
        }
        sentTexts.add(ScriptedExchange.body(call));
        return WireText.sent(Long.toString(9_000_000L + sentTexts.size()));
    }
}
