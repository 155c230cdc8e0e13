package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.transport.HttpCall.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Many accounts at the same hosts, of which one connection in ten says more than it was asked: interim answers, second answers,
 * late ones. Nobody ever gets what is another's, neither an answer nor a cookie.
 */
class CrossAccountTest extends ExchangeFixture {
    private static final List<String> HOSTS = List.of("wx.qq.com", "webpush.wx.qq.com", "wx2.qq.com");

    @Test
    void fortyAccounts() {
        prove(40, 12, HOSTS.size());
    }

    @Test
    @Tag("proof")
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void aThousandAccounts() {
        prove(1_000, 5, 1);
    }

    private void prove(int accounts, int calls, int hosts) {
        Map<Integer, AtomicInteger> odd = new ConcurrentHashMap<>();
        AtomicInteger strangeCookies = new AtomicInteger();
        server((request, client) -> {
            String who = request.line().replaceAll(".*[?&]who=(\\d+).*", "$1");
            String cookies = request.header("Cookie");
            if (cookies != null && !cookies.contains("mine=" + who + ";") && !cookies.endsWith("mine=" + who)) {
                strangeCookies.incrementAndGet();
            }
            String answer = answer(who);
            int connection = request.connection();
            if (connection % 10 != 0) {
                client.send(answer);
                return;
            }
            int kind = odd.computeIfAbsent(connection, n -> new AtomicInteger(n / 10 % 5))
                    .get();
            switch (kind) {
                case 0 -> client.send("HTTP/1.1 102 Processing\r\n\r\n" + answer);
                case 1 -> client.send("HTTP/1.1 103 Early Hints\r\n\r\n" + answer);
                case 2 -> client.send(answer + answer);
                case 3 -> {
                    client.send(answer);
                    client.after(2, () -> client.send(answer));
                }
                default -> {
                    client.send(answer + "HTTP/1.1 200 OK\r\nContent-Le");
                    client.after(2, () -> client.send("ngth: 0\r\n\r\n"));
                }
            }
        });
        List<Exchange> all = new ArrayList<>();
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger right = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        try {
            for (int i = 0; i < accounts; i++) {
                all.add(connections.exchange(Rfc6265CookieJar.empty()));
            }
            Flux.range(0, accounts)
                    .flatMap(
                            who -> Flux.merge(
                                    Flux.range(0, calls)
                                            .concatMap(n -> ask(
                                                    all.get(who), who, n, hosts, Lane.COMMAND, wrong, right, failed)),
                                    Flux.range(0, calls)
                                            .concatMap(n ->
                                                    ask(all.get(who), who, n, hosts, Lane.POLL, wrong, right, failed))),
                            32)
                    .then()
                    .block(Duration.ofMinutes(14));
        } finally {
            all.forEach(each -> each.close().block(PATIENCE));
        }
        System.out.printf(
                "%d accounts: %d answers, %d failed, %d in the wrong account, %d strange connections%n",
                accounts, right.get(), failed.get(), wrong.get(), odd.size());
        assertThat(wrong).as("answers of others").hasValue(0);
        assertThat(strangeCookies).as("cookies of others").hasValue(0);
        assertThat(odd).as("connections that said too much").hasSizeGreaterThan(accounts / 10);
        assertThat(right.get() + failed.get()).isEqualTo(2 * accounts * calls);
        assertThat(right.get()).isGreaterThan(accounts * calls);
        assertThat(failed.get()).as("an interim answer is none").isPositive();
    }

    private static String answer(String who) {
        String body = "for " + who;
        return "HTTP/1.1 200 OK\r\nSet-Cookie: mine=" + who + "; Domain=qq.com; Path=/\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static Mono<Void> ask(
            Exchange exchange,
            int who,
            int n,
            int hosts,
            Lane lane,
            AtomicInteger wrong,
            AtomicInteger right,
            AtomicInteger failed) {
        HttpCall call = HttpCall.get("test", HOSTS.get(n % hosts), PATH)
                .query("who", who)
                .on(lane, Duration.ofSeconds(60), 1_000);
        return exchange.exchange(call)
                .doOnNext(answer -> (text(answer).equals("for " + who) ? right : wrong).incrementAndGet())
                .onErrorResume(HostUnreachableException.class, error -> {
                    failed.incrementAndGet();
                    return Mono.empty();
                })
                .then();
    }
}
