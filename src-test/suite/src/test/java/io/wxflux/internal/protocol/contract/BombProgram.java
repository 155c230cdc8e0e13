package io.wxflux.internal.protocol.contract;

import io.wxflux.error.WxfluxException;
import io.wxflux.internal.protocol.Download;
import io.wxflux.internal.protocol.LoginTicket;
import io.wxflux.internal.protocol.Service;
import io.wxflux.internal.protocol.Stamps;
import io.wxflux.internal.transport.Connections;
import io.wxflux.internal.transport.RedirectUri;
import io.wxflux.internal.transport.Rfc6265CookieJar;
import io.wxflux.model.MsgId;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.LoginMode;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Asks every endpoint of servers that answer with bombs, while another account goes on asking a good one. Tells what became
 * of each, and by how much the live heap has grown. Arguments: port of the good server, authority, and each bomb as
 * name=port.
 */
public final class BombProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double MIB = 1024 * 1024;

    private BombProgram() {}

    public static void main(String[] arguments) {
        Scheduler timer = Schedulers.newSingle("timer", true);
        HttpOptions http = HttpOptions.defaults().withTrust(Path.of(arguments[1]));
        Connections good = Connections.open(http.withConnectTo(local(arguments[0])), timer);
        Service other = service(good, http, timer);
        // Classes, buffers and connections that are there to stay.
        for (int i = 0; i < 20; i++) {
            Step.SYNC.on(other).block(PATIENCE);
        }
        long before = live();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger unanswered = new AtomicInteger();
        Disposable beside = Mono.defer(() -> Step.SYNC.on(other).then())
                .doOnSuccess(done -> answered.incrementAndGet())
                .onErrorResume(error -> {
                    unanswered.incrementAndGet();
                    return Mono.empty();
                })
                .delaySubscription(Duration.ofMillis(10), timer)
                .repeat()
                .subscribe();
        for (int i = 2; i < arguments.length; i++) {
            String[] bomb = arguments[i].split("=");
            Connections bad = Connections.open(http.withConnectTo(local(bomb[1])), timer);
            Service victim = service(bad, http, timer);
            meet(bomb[0], victim, before);
            victim.exchange().close().block(PATIENCE);
            bad.close().block(PATIENCE);
        }
        beside.dispose();
        System.out.printf("done: beside it %d answered and %d not%n", answered.get(), unanswered.get());
        good.close().block(PATIENCE);
        System.exit(0);
    }

    private static void meet(String bomb, Service victim, long before) {
        int failed = 0;
        long longest = 0;
        for (Step step : Step.values()) {
            long start = System.nanoTime();
            failed += isFailure(step == Step.LOGIN_PAGE ? login(victim) : step.on(victim)) ? 1 : 0;
            longest = Math.max(longest, (System.nanoTime() - start) / 1_000_000);
        }
        boolean media = isFailure(Download.open(Wire.signedIn(victim), Download.image(new MsgId("1"), ""), 0, false)
                .flatMapMany(stream -> stream.body())
                .then());
        System.out.printf(
                "%s: %d of %d failed, the longest after %d ms, download %s, live heap +%.1f MiB%n",
                bomb, failed, Step.values().length, longest, media ? "failed" : "went well", (live() - before) / MIB);
    }

    private static Mono<?> login(Service service) {
        return LoginTicket.fetch(
                service,
                RedirectUri.parse("https://" + Wire.API + Wire.CGI + "webwxnewloginpage?ticket=t"),
                LoginMode.web());
    }

    /** The message of a failure is short whatever came. */
    private static boolean isFailure(Mono<?> call) {
        String error = call.then(Mono.just(""))
                .onErrorResume(WxfluxException.class, failure -> Mono.just(failure.toString()))
                .block(PATIENCE);
        if (error != null && error.length() > 1_000) {
            System.out.println("a message of " + error.length() + " characters");
        }
        return error != null && !error.isEmpty();
    }

    private static Service service(Connections connections, HttpOptions http, Scheduler timer) {
        var jar = Rfc6265CookieJar.empty();
        return new Service(connections.exchange(jar), http, new Stamps(timer, new Random(7)), "zh_CN");
    }

    private static InetSocketAddress local(String port) {
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
