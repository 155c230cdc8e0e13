package io.wxflux.simulation;

import io.wxflux.MemoryCookies;
import io.wxflux.WireText;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.transport.CookieJar;
import io.wxflux.internal.transport.Exchange;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.transport.HttpStream;
import io.wxflux.model.AccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** The service and the way to it: every request of every account passes here, and may meet a fault. */
final class SimulatedService {
    static final long HOLD_MILLIS = 25_000;
    private static final Set<String> LOGIN =
            Set.of("jslogin", "login poll", "webwxpushloginurl", "webwxnewloginpage", "webwxinit");

    /** What the engine lets a few accounts do at a time, see {@code LoginOptions.concurrentLogins}. */
    private static final Set<String> OPENING = Set.of("webwxnewloginpage", "webwxinit");

    final Hosts hosts = new Hosts();
    private final VirtualTime time;
    private final Trace trace;
    private final SplittableRandom random;
    private final Swarm swarm;
    private final SimulatedStore store;
    private final Map<String, SimulatedAccount> accounts = new LinkedHashMap<>();
    private final Map<String, RequestRate> rates = new LinkedHashMap<>();
    private final Set<Pending> open = new LinkedHashSet<>();
    private final HostLoad load;
    private final Openings openings;
    private boolean healed;

    /** A full store parks accounts, which then ask at a pace of their own. */
    boolean storeTrouble;

    SimulatedService(VirtualTime time, Trace trace, SplittableRandom random, Swarm swarm, SimulatedStore store) {
        this.time = time;
        this.trace = trace;
        this.random = random;
        this.swarm = swarm;
        this.store = store;
        this.load = new HostLoad(trace);
        this.openings = new Openings(swarm.concurrentLogins);
    }

    SimulatedAccount add(String id) {
        var account =
                new SimulatedAccount(id, 1_000 + accounts.size(), swarm.family(), time, trace, random.split(), swarm);
        accounts.put(id, account);
        rates.put(id, new RequestRate(id, trace));
        return account;
    }

    Collection<SimulatedAccount> accounts() {
        return accounts.values();
    }

    SimulatedAccount account(String id) {
        SimulatedAccount known = accounts.get(id);
        if (known == null) {
            throw new AssertionError("the engine asks for an account that nobody added: " + id);
        }
        return known;
    }

    /** What an account announces. */
    void observed(AccountEvent event) {
        RequestRate rate = rates.get(event.account().value());
        if (rate != null && event instanceof Lifecycle.BackingOff) {
            rate.backsOff(time.elapsed());
        }
    }

    HostLoad load() {
        return load;
    }

    void heal() {
        healed = true;
        hosts.heal();
        accounts.values().forEach(SimulatedAccount::heal);
    }

    /** Connections to a host that goes down are cut, as far as it goes down with noise. */
    void down(@Nullable String host, Hosts.State state) {
        trace.add(host == null ? "all hosts" : host, "down: " + state.name());
        if (host == null) {
            hosts.setAll(state);
        } else {
            hosts.set(host, state);
        }
        // Who finds out that all are down sends nothing for a while, and need not.
        slept();
        if (state != Hosts.State.SILENT) {
            List.copyOf(open).stream()
                    .filter(pending -> host == null || pending.call.host().equals(host))
                    .forEach(pending -> pending.fail("the connection was reset", false, random.nextInt(30)));
        }
    }

    void up(@Nullable String host) {
        trace.add(host == null ? "all hosts" : host, "up");
        if (host == null) {
            hosts.setAll(Hosts.State.UP);
        } else {
            hosts.set(host, Hosts.State.UP);
        }
    }

    /** The process is gone, its connections with it. */
    void died(Life life) {
        List.copyOf(open).stream().filter(pending -> pending.life == life).forEach(Pending::abandon);
        rates.values().forEach(RequestRate::begin);
    }

    /** The machine slept: what was not done meanwhile is nobody's fault. */
    void slept() {
        rates.values().forEach(RequestRate::begin);
    }

    Exchange exchange(Life life, AccountId account) {
        SimulatedAccount known = account(account.value());
        var jar = new MemoryCookies();
        return new Exchange() {
            @Override
            public Mono<HttpAnswer> exchange(HttpCall call) {
                return Mono.create(client -> {
                    var pending = new Pending(life, known, call, jar, client);
                    client.onCancel(pending::cancelled);
                    pending.send();
                });
            }

            @Override
            public Mono<HttpStream> stream(HttpCall call, Duration idle) {
                return exchange(call).map(WireText::streamed);
            }

            @Override
            public CookieJar cookies() {
                return jar;
            }

            @Override
            public Mono<Void> close() {
                return Mono.empty();
            }
        };
    }

    private long latency() {
        return 1 + random.nextInt(swarm.latencyMillis);
    }

    private Swarm.@Nullable Fault draw(SimulatedAccount account, HttpCall call) {
        Swarm.Fault fault = healed ? null : swarm.fault(random);
        if (fault == null) {
            return null;
        }
        String operation = call.operation();
        boolean check = operation.equals("synccheck");
        boolean sync = operation.equals("webwxsync");
        boolean fits = switch (fault) {
            case LOST_BEFORE, LOST_AFTER, TWICE, SLOW, SILENT, TRUNCATED, BUSY, EMPTY -> true;
            // A page at the end of a login sends a browser on a visit, which is another story.
            case HTML -> !operation.equals("webwxnewloginpage");
            case STATUS_ZERO, LIE, HOT_NEWS, HOT_NOTHING -> check;
            case UNKNOWN_CODE, SYSTEM_ERROR -> check || sync;
            case THROTTLED -> sync && account.mayBeThrottled();
            case REFUSED_TOKENS, EMPTY_KEY, REDELIVERED -> sync;
        };
        return fits ? fault : null;
    }

    /** One request on its way. */
    private final class Pending {
        private final Life life;
        private final SimulatedAccount account;
        private final HttpCall call;
        private final MemoryCookies jar;
        private final MonoSink<HttpAnswer> client;
        private final boolean ofCycle;
        private final Runnable news = this::answerHeld;
        private Swarm.@Nullable Fault fault;
        private @Nullable Disposable deadline;
        private @Nullable Disposable hold;
        private long heldSince;
        private boolean toDeadHost;
        private boolean arrived;
        private boolean answered;
        private boolean done;

        private Pending(
                Life life, SimulatedAccount account, HttpCall call, MemoryCookies jar, MonoSink<HttpAnswer> client) {
            this.life = life;
            this.account = account;
            this.call = call;
            this.jar = jar;
            this.client = client;
            this.ofCycle =
                    call.operation().equals("synccheck") || call.operation().equals("webwxsync");
        }

        private void send() {
            if (!life.touch()) {
                return;
            }
            trace.add(account.id, call.toString());
            if (ofCycle) {
                if (open.stream().anyMatch(other -> other.ofCycle && other.account == account)) {
                    trace.offence(
                            Invariant.NO_OVERLAP,
                            account.id + " has two calls of the cycle in flight, the second is " + call);
                }
                AccountId id = AccountId.of(account.id);
                if (account.inspect(call, store.durable(id), store.outdated(id))) {
                    rate().turned();
                }
            }
            if (OPENING.contains(call.operation())) {
                rate().queued(since -> openings.freeSince(account.id, since));
                openings.enters(account.id);
            }
            if (ofCycle || LOGIN.contains(call.operation())) {
                rate().sent(time.elapsed(), call.operation());
            }
            Hosts.State state = hosts.of(call.host());
            toDeadHost = state != Hosts.State.UP;
            // A strange host that answers "1100" costs one request more, and the session's own hosts nothing.
            if (swarm.herd && ofCycle && Hosts.isOf(account.api, call.host())) {
                load.sent(call.host(), account.id, time.elapsed());
            }
            open.add(this);
            deadline = time.in(life, call.deadline().toMillis(), () -> failNow("the deadline passed", false));
            fault = draw(account, call);
            if (fault != null) {
                trace.add(account.id, fault.name());
            }
            switch (state) {
                case UP -> onItsWay();
                case REFUSES -> fail("no connection", true, latency());
                case RESETS -> fail("the connection was reset", false, latency());
                case SILENT -> {}
                case BUSY -> answer(503, "busy", latency());
                case HTML ->
                    answer(
                            call.operation().equals("webwxnewloginpage") ? 502 : 200,
                            "<html>back soon</html>",
                            latency());
            }
        }

        private void onItsWay() {
            if (fault == Swarm.Fault.LOST_BEFORE) {
                fail("no connection", random.nextBoolean(), latency());
            } else if (fault == Swarm.Fault.BUSY) {
                answer(503, "busy", latency());
            } else if (fault == Swarm.Fault.HTML) {
                answer(200, "<html>back soon</html>", latency());
            } else if (fault == Swarm.Fault.EMPTY) {
                answer(200, "", latency());
            } else if (fault == Swarm.Fault.UNKNOWN_CODE || fault == Swarm.Fault.SYSTEM_ERROR) {
                int code = fault == Swarm.Fault.SYSTEM_ERROR ? -1 : 9_999;
                answer(
                        200,
                        call.operation().equals("synccheck") ? WireText.check(code, 0) : WireText.ret(code),
                        latency());
            } else if (fault == Swarm.Fault.THROTTLED) {
                answer(200, WireText.ret(1205), latency());
            } else if (fault == Swarm.Fault.STATUS_ZERO) {
                answer(0, "\u0001binary", latency());
            } else if (fault != Swarm.Fault.SILENT) {
                long slower = fault == Swarm.Fault.SLOW ? 1_000 + random.nextInt(20_000) : 0;
                time.in(latency() + slower, this::arrive);
            } else if (random.nextBoolean()) {
                // It is done, and nobody hears of it.
                time.in(latency(), this::arrive);
            }
        }

        private void arrive() {
            if (done || arrived) {
                return;
            }
            arrived = true;
            if (fault == Swarm.Fault.TWICE) {
                account.serve(call, null);
            }
            SimulatedAccount.Reply reply = account.serve(call, fault);
            if (reply instanceof SimulatedAccount.Reply.Now now) {
                reply(now.body());
            } else if (reply instanceof SimulatedAccount.Reply.Held held) {
                heldSince = time.millis();
                if (ofCycle) {
                    account.await(news);
                }
                hold = time.in(held.millis(), news);
            }
        }

        private void answerHeld() {
            account.leave(news);
            if (hold != null) {
                hold.dispose();
            }
            if (!done) {
                reply(account.afterHold(call));
            }
        }

        private void reply(String body) {
            if (answered) {
                return;
            }
            if (fault == Swarm.Fault.LOST_AFTER) {
                fail("the connection was reset", false, latency());
            } else if (fault == Swarm.Fault.TRUNCATED) {
                answer(200, body.substring(0, random.nextInt(body.length())), latency());
            } else if (fault != Swarm.Fault.SILENT) {
                answer(200, body, latency());
            }
        }

        private void answer(int status, String body, long after) {
            answered = true;
            time.in(life, after, () -> {
                if (done) {
                    return;
                }
                leave();
                trace.add(account.id, call.operation() + " -> " + status + " " + cut(body));
                judge(status, body);
                cookies(status, body);
                client.success(WireText.status(status, body));
            });
        }

        private void judge(int status, String body) {
            if (fault == Swarm.Fault.THROTTLED) {
                rate().begin();
            }
            boolean good = status == 200 && fault != Swarm.Fault.TRUNCATED && isGood(body);
            if (good) {
                rate().succeeded();
                // With news it is the page that counts: until one is kept, a failure is one more of those before.
                if (call.operation().equals("synccheck") && body.contains("selector:\"0\"")) {
                    rate().turned();
                }
            } else if (ofCycle && (toDeadHost || fault != null) && fault != Swarm.Fault.THROTTLED) {
                rate().failed(time.elapsed(), !toDeadHost && !storeTrouble);
            }
        }

        private boolean isGood(String body) {
            return switch (call.operation()) {
                case "synccheck" -> heldSince > 0 && time.millis() - heldSince > HOLD_MILLIS / 2;
                case "webwxsync" -> body.contains("\"MsgId\"");
                case "login poll" -> heldSince > 0 || body.contains("=20");
                default -> LOGIN.contains(call.operation()) && fault == null;
            };
        }

        private void cookies(int status, String body) {
            if (call.operation().equals("webwxnewloginpage") && status == 200) {
                SimulatedAccount.Session now = account.session();
                jar.put("wxsid", now == null || fault == Swarm.Fault.TRUNCATED ? "" : now.sid);
            }
        }

        private RequestRate rate() {
            RequestRate known = rates.get(account.id);
            if (known == null) {
                throw new AssertionError("no rate of " + account.id);
            }
            return known;
        }

        private void fail(String why, boolean neverSent, long after) {
            answered = true;
            time.in(life, after, () -> failNow(why, neverSent));
        }

        private void failNow(String why, boolean neverSent) {
            if (done) {
                return;
            }
            lateEffect();
            leave();
            trace.add(account.id, call.operation() + " fails: " + why);
            if (ofCycle) {
                rate().failed(time.elapsed(), !toDeadHost && !storeTrouble);
            }
            String message = call.operation() + " at " + call.host() + ": " + why;
            client.error(
                    neverSent ? HostUnreachableException.neverSent(message) : new HostUnreachableException(message));
        }

        private void cancelled() {
            if (!done) {
                trace.add(account.id, call.operation() + " is cancelled");
                abandon();
            }
        }

        private void abandon() {
            lateEffect();
            leave();
        }

        /** What was on its way when its client left may still have been done, though never after what it asks next. */
        private void lateEffect() {
            if (!arrived && !answered && hosts.of(call.host()) == Hosts.State.UP && random.nextBoolean()) {
                arrived = true;
                account.serve(call, fault);
            }
        }

        private void leave() {
            done = true;
            open.remove(this);
            if (OPENING.contains(call.operation())) {
                openings.leaves(account.id, time.elapsed());
            }
            account.leave(news);
            if (deadline != null) {
                deadline.dispose();
            }
            if (hold != null) {
                hold.dispose();
            }
        }
    }

    private static String cut(String body) {
        String line = body.replace('\n', ' ');
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }

    static List<String> names(int count) {
        var names = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            names.add("a" + i);
        }
        return names;
    }

    /** Those that are noticed at once, by everybody at the same time. */
    static List<Hosts.State> noisyWaysDown() {
        return List.of(Hosts.State.REFUSES, Hosts.State.RESETS, Hosts.State.BUSY, Hosts.State.HTML);
    }

    static List<Hosts.State> waysDown() {
        return new ArrayList<>(Arrays.asList(Hosts.State.values()).subList(1, Hosts.State.values().length));
    }
}
