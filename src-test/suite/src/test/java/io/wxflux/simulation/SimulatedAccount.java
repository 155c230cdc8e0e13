package io.wxflux.simulation;

import io.wxflux.WireText;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.model.SyncPosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One account as the service has it: its phone, its sessions, its messages, and what it has been acknowledged. The truth
 * that everything is judged by.
 */
final class SimulatedAccount {
    private static final Pattern KEYS = Pattern.compile("\"Key\":(\\d+),\"Val\":(\\d+)");
    private static final long BASE = 5_000;
    private static final long FIRST_ID = 7_000_000_000_000L;
    private static final int MOST_REFUSED_PROMPTS = 2;

    final String id;
    final long uin;
    final String api;

    private final VirtualTime time;
    private final Trace trace;
    private final SplittableRandom random;
    private final int page;
    private final int chunkyBytes;
    private final List<Session> sessions = new ArrayList<>();
    private final Map<String, Prompt> prompts = new HashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private int total;
    private int furthest;
    private int prompted;
    private int refusedPrompts;
    private boolean confirmed;
    private boolean healed;
    private int throttled;

    SimulatedAccount(
            String id, long uin, String api, VirtualTime time, Trace trace, SplittableRandom random, Swarm swarm) {
        this.id = id;
        this.uin = uin;
        this.api = api;
        this.time = time;
        this.trace = trace;
        this.random = random;
        this.page = swarm.page;
        this.chunkyBytes = swarm.chunkyBytes;
        // A herd is not about its phones.
        this.healed = swarm.herd;
    }

    /** A login's session. Indices are of messages: one is owed when it was acknowledged, or can still be had. */
    static final class Session {
        final String sid;
        final Set<String> initKeys = new HashSet<>();
        int ended;
        /** What comes before was over before the session had a key. -1 = no key was shown yet. */
        int start = -1;

        int newestInit = -1;
        int acknowledged;
        int handedOver;
        boolean used;
        boolean refusedOnce;

        Session(String sid) {
            this.sid = sid;
        }

        boolean isAlive() {
            return ended == 0;
        }
    }

    /** A uuid that the phone was shown. */
    private static final class Prompt {
        enum Plan {
            CONFIRMS,
            LOOKS_AWAY,
            CANCELS,
            RUNS_OUT
        }

        final Plan plan;
        final long scannedAt;
        final long confirmedAt;
        boolean told;

        Prompt(Plan plan, long scannedAt, long confirmedAt) {
            this.plan = plan;
            this.scannedAt = scannedAt;
            this.confirmedAt = confirmedAt;
        }
    }

    /** A request's answer: at once, or after the poll was held. */
    sealed interface Reply {
        record Now(String body) implements Reply {}

        /** Held until something happens, at most so long. */
        record Held(long millis) implements Reply {}
    }

    static String idOf(int index) {
        return Long.toString(FIRST_ID + index);
    }

    static int indexOf(String msgId) {
        return (int) (Long.parseLong(msgId) - FIRST_ID);
    }

    String text(int index) {
        return "m" + index + " for " + id;
    }

    String self() {
        return "@self-" + id;
    }

    int total() {
        return total;
    }

    void heal() {
        healed = true;
    }

    @Nullable
    Session session() {
        return sessions.isEmpty() ? null : sessions.get(sessions.size() - 1);
    }

    /** Whether the engine has a session and was handed over everything in it. */
    boolean isCaughtUp() {
        Session now = session();
        return now != null && now.isAlive() && now.used && (now.start < 0 ? now.newestInit : now.handedOver) == total;
    }

    /** Whether a sink must have it in the end. */
    boolean isOwed(int index) {
        for (Session session : sessions) {
            int start = session.start < 0 ? session.newestInit : session.start;
            int end = session.isAlive() ? total : session.acknowledged;
            if (start >= 0 && index >= start && index < end) {
                return true;
            }
        }
        return false;
    }

    void receives(int count) {
        total += count;
        trace.add(id, "has messages up to", total);
        wake();
    }

    /** The service ends the session for real. @return whether there was one to end */
    boolean endSession(int code) {
        Session now = session();
        if (now == null || !now.isAlive() || !now.used) {
            return false;
        }
        now.ended = code;
        trace.add(id, "the service ends the session with", code);
        wake();
        return true;
    }

    private void wake() {
        List<Runnable> woken = List.copyOf(waiting);
        waiting.clear();
        woken.forEach(Runnable::run);
    }

    /** Told when a held poll may have something to say. */
    void await(Runnable news) {
        waiting.add(news);
    }

    void leave(Runnable news) {
        waiting.remove(news);
    }

    /**
     * Looks at a request as it leaves the client: what it shows must be the durable position.
     *
     * @param outdated another one that is as good at this moment
     * @return whether that is further on than ever before
     */
    boolean inspect(HttpCall call, @Nullable SyncPosition durable, @Nullable SyncPosition outdated) {
        boolean sync = call.operation().equals("webwxsync");
        String shown = sync ? syncKey(call) : query(call, "synckey");
        if (durable == null || shown.isEmpty()) {
            trace.offence(
                    Invariant.KEY_DURABLE,
                    id + " shows " + call.operation() + " the key \"" + shown + "\" and has no durable position");
            return false;
        }
        if (outdated != null && shown.equals((sync ? outdated.syncKey() : outdated.syncCheckKey()).query())) {
            return false;
        }
        String right = (sync ? durable.syncKey() : durable.syncCheckKey()).query();
        String other = (sync ? durable.syncCheckKey() : durable.syncKey()).query();
        Session now = session();
        boolean ofInit = now != null && now.initKeys.contains(shown);
        if (!shown.startsWith(sync ? "1_" : "2_") && !ofInit || shown.equals(other) && !shown.equals(right)) {
            trace.offence(
                    Invariant.RIGHT_KEY, id + " shows " + call.operation() + " another key than its own: " + shown);
        } else if (!shown.equals(right)) {
            trace.offence(
                    Invariant.KEY_DURABLE,
                    id + " shows " + call.operation() + " the key " + shown + " while " + right + " is durable");
        }
        boolean further = index(shown) > furthest;
        furthest = Math.max(furthest, index(shown));
        return further;
    }

    Reply serve(HttpCall call, Swarm.@Nullable Fault fault) {
        return switch (call.operation()) {
            case "webwxstatusnotify", "webwxlogout" -> new Reply.Now(WireText.ret(refusal(call)));
            case "webwxgetcontact" -> {
                int refusal = refusal(call);
                yield new Reply.Now(refusal == 0 ? WireText.contacts("@friend-" + id) : WireText.ret(refusal));
            }
            case "webwxbatchgetcontact" -> {
                int refusal = refusal(call);
                yield new Reply.Now(refusal == 0 ? WireText.batchContacts() : WireText.ret(refusal));
            }
            case "jslogin" -> new Reply.Now(WireText.jslogin(prompt("q")));
            case "webwxpushloginurl" ->
                new Reply.Now(
                        sessions.isEmpty() || !healed && random.nextInt(4) == 0
                                ? "{\"ret\":\"1\",\"msg\":\"no\"}"
                                : WireText.push(prompt("p")));
            case "login poll" -> loginPoll(query(call, "uuid"));
            case "webwxnewloginpage" -> new Reply.Now(newSession());
            case "webwxinit" -> new Reply.Now(init(call));
            case "synccheck" -> check(call, fault);
            case "webwxsync" -> new Reply.Now(sync(call, fault));
            default -> throw new AssertionError("the simulated service knows no " + call.operation());
        };
    }

    private String prompt(String kind) {
        Session now = session();
        if (now != null && now.isAlive() && now.used) {
            trace.offence(Invariant.NO_FALSE_LOGIN, id + " asks its owner to sign in though its session lives");
        }
        String uuid = kind + "-" + id + "-" + ++prompted;
        var plan = Prompt.Plan.CONFIRMS;
        if (!healed && refusedPrompts < MOST_REFUSED_PROMPTS && random.nextInt(4) == 0) {
            refusedPrompts++;
            plan = Prompt.Plan.values()[1 + random.nextInt(3)];
        } else {
            refusedPrompts = 0;
        }
        long scanned = time.millis() + 500 + random.nextInt(20_000);
        prompts.put(uuid, new Prompt(plan, scanned, scanned + 500 + random.nextInt(15_000)));
        return uuid;
    }

    private Reply loginPoll(String uuid) {
        Prompt prompt = prompts.get(uuid);
        if (prompt == null) {
            return new Reply.Now(WireText.poll(400));
        }
        long now = time.millis();
        if (now < prompt.scannedAt) {
            long wait = prompt.scannedAt - now;
            return wait > SimulatedService.HOLD_MILLIS
                    ? new Reply.Held(SimulatedService.HOLD_MILLIS)
                    : new Reply.Held(Math.max(1, wait));
        }
        return switch (prompt.plan) {
            case LOOKS_AWAY -> new Reply.Held(SimulatedService.HOLD_MILLIS);
            case CANCELS -> new Reply.Now(WireText.poll(202));
            case RUNS_OUT -> new Reply.Now(WireText.poll(400));
            case CONFIRMS -> {
                if (!prompt.told) {
                    prompt.told = true;
                    yield new Reply.Now(WireText.poll(201));
                }
                if (now < prompt.confirmedAt) {
                    yield new Reply.Held(Math.max(1, prompt.confirmedAt - now));
                }
                confirmed = true;
                yield new Reply.Now(WireText.confirmed(WireText.redirectUri(api)));
            }
        };
    }

    /** What a poll that was held says in the end. */
    String afterHold(HttpCall call) {
        if (call.operation().equals("synccheck")) {
            int refusal = refusal(call);
            return WireText.check(refusal, refusal == 0 && isBehind(call) ? 2 : 0);
        }
        Prompt prompt = prompts.get(query(call, "uuid"));
        if (prompt == null || time.millis() < prompt.scannedAt || prompt.plan == Prompt.Plan.LOOKS_AWAY) {
            return WireText.poll(408);
        }
        return loginPoll(query(call, "uuid")) instanceof Reply.Now now ? now.body() : WireText.poll(408);
    }

    private String newSession() {
        if (!confirmed) {
            trace.offence(Invariant.NO_SURPRISE, id + " asks for a login page that nobody confirmed");
        }
        Session before = session();
        if (before != null && before.isAlive()) {
            before.ended = 1101;
        }
        var next = new Session("sid-" + id + "-" + (sessions.size() + 1));
        sessions.add(next);
        trace.add(id, "signs in, session", sessions.size());
        return WireText.loginPage(uin, next.sid, "@crypt_" + sessions.size());
    }

    /** 0 = the call is of the session that lives. */
    private int refusal(HttpCall call) {
        if (!Hosts.isOf(api, call.host())) {
            return 1100;
        }
        Session now = session();
        String sid = query(call, "sid");
        boolean mine = now != null
                && (sid.isEmpty()
                        ? query(call, "pass_ticket").endsWith(now.sid) || bodyHas(call, now.sid)
                        : sid.equals(now.sid));
        return now == null || !mine ? 1101 : now.ended;
    }

    private String init(HttpCall call) {
        int refusal = refusal(call);
        Session now = session();
        if (refusal != 0 || now == null) {
            return WireText.ret(refusal);
        }
        // Newer than what the engine has: one that goes on with it skips what lies between.
        String key = key(1, total);
        now.initKeys.add("1_" + (BASE + total) + "|1000_" + time.millis() / 1_000);
        now.newestInit = total;
        return WireText.init(uin, self(), "@crypt_i" + sessions.size(), key);
    }

    private boolean isBehind(HttpCall call) {
        return index(query(call, "synckey")) < total;
    }

    private Reply check(HttpCall call, Swarm.@Nullable Fault fault) {
        int refusal = refusal(call);
        if (refusal != 0) {
            return new Reply.Now(WireText.check(refusal, 0));
        }
        Session now = session();
        if (now != null) {
            now.used = true;
        }
        if (fault == Swarm.Fault.LIE) {
            return new Reply.Now(WireText.check(1100 + random.nextInt(3), 0));
        }
        if (fault == Swarm.Fault.HOT_NEWS) {
            return new Reply.Now(WireText.check(0, 1 + random.nextInt(7)));
        }
        if (fault == Swarm.Fault.HOT_NOTHING) {
            return new Reply.Now(WireText.check(0, 0));
        }
        return isBehind(call) ? new Reply.Now(WireText.check(0, 2)) : new Reply.Held(SimulatedService.HOLD_MILLIS);
    }

    private String sync(HttpCall call, Swarm.@Nullable Fault fault) {
        int refusal = refusal(call);
        Session now = session();
        if (refusal != 0 || now == null) {
            return WireText.ret(refusal);
        }
        now.used = true;
        if (fault == Swarm.Fault.REFUSED_TOKENS && !now.refusedOnce) {
            now.refusedOnce = true;
            return WireText.ret(-14);
        }
        int from = index(syncKey(call));
        if (now.start < 0) {
            now.start = from;
            now.acknowledged = from;
            now.handedOver = from;
            if (from > now.newestInit) {
                trace.offence(Invariant.KEY_DURABLE, id + " begins with a key that no init gave");
            }
        }
        if (from < now.acknowledged) {
            trace.offence(Invariant.KEY_DURABLE, id + " goes back from " + now.acknowledged + " to " + from);
        }
        if (from > now.handedOver) {
            trace.offence(
                    Invariant.NOTHING_LOST,
                    id + " acknowledges up to " + from + " and was handed over up to " + now.handedOver);
        }
        now.acknowledged = Math.max(now.acknowledged, from);
        int to = Math.min(total, from + page);
        now.handedOver = Math.max(now.handedOver, to);
        int first = fault == Swarm.Fault.REDELIVERED ? Math.max(now.start, from - 1 - random.nextInt(5)) : from;
        var messages = new ArrayList<String>();
        for (int i = Math.min(first, from); i < to; i++) {
            messages.add(message(i));
        }
        boolean keyless = fault == Swarm.Fault.EMPTY_KEY;
        return WireText.sync(
                messages,
                keyless ? WireText.NO_KEY : key(1, to),
                keyless ? WireText.NO_KEY : key(2, to),
                to < total && !keyless);
    }

    private String message(int index) {
        String from = index % 41 == 40 ? "@stranger-" + index : "@friend-" + id;
        String padding = chunkyBytes == 0 ? "" : " " + "x".repeat(chunkyBytes);
        return WireText.text(idOf(index), from, self(), text(index) + padding);
    }

    /** Two values: where it is, and the time, which moves even when nothing else does. */
    private String key(int number, int index) {
        return "{\"Count\":2,\"List\":[{\"Key\":" + number + ",\"Val\":" + (BASE + index) + "},{\"Key\":1000,\"Val\":"
                + time.millis() / 1_000 + "}]}";
    }

    private static int index(String key) {
        int from = key.indexOf('_') + 1;
        int to = key.indexOf('|');
        return from < 1 || to < from ? 0 : (int) (Long.parseLong(key, from, to, 10) - BASE);
    }

    /** In the form that synccheck has. */
    private static String syncKey(HttpCall call) {
        Matcher pair = KEYS.matcher(body(call));
        var key = new StringBuilder();
        while (pair.find()) {
            key.append(key.length() == 0 ? "" : "|")
                    .append(pair.group(1))
                    .append('_')
                    .append(pair.group(2));
        }
        return key.toString();
    }

    /** Two in a row are as much as a test can wait for. */
    boolean mayBeThrottled() {
        return throttled++ < 2;
    }

    static String query(HttpCall call, String name) {
        for (HttpCall.Field field : call.query()) {
            if (field.name().equals(name)) {
                return field.value();
            }
        }
        return "";
    }

    private static boolean bodyHas(HttpCall call, String sid) {
        return body(call).contains("\"" + sid + "\"");
    }

    private static String body(HttpCall call) {
        byte[] body = call.body();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }
}
