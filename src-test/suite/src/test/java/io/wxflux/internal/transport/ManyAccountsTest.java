package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.transport.HttpCall.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** A shared pool ends at 500 connections and 1,000 waiting. Every account has its own, and the threads stay few. */
class ManyAccountsTest extends ExchangeFixture {
    private static final int ACCOUNTS = 1_100;

    @Test
    void holdsTheLongPollsOfAllAtOnce() {
        List<RawServer.Client> held = new ArrayList<>();
        server((request, client) -> {
            if (request.number() == 1) {
                client.ok("connected");
                return;
            }
            held.add(client);
            if (held.size() == ACCOUNTS) {
                held.forEach(each -> each.ok("news"));
            }
        });
        Map<String, Integer> threads = new ConcurrentHashMap<>();
        List<Exchange> accounts = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(connections.exchange(Rfc6265CookieJar.empty()));
        }
        HttpCall poll = HttpCall.get("synccheck", "webpush.wx.qq.com", "/cgi-bin/mmwebwx-bin/synccheck")
                .on(Lane.POLL, Duration.ofSeconds(120), 100);

        // A few handshakes at a time: all at once are slower than their timeout on a small machine.
        Flux.fromIterable(accounts)
                .flatMap(account -> account.exchange(poll), 16, 1)
                .blockLast(Duration.ofSeconds(120));
        StepVerifier.create(Flux.fromIterable(accounts)
                        .flatMap(
                                account -> account.exchange(poll)
                                        .doOnNext(answer -> threads.merge(
                                                Thread.currentThread().getName(), 1, Integer::sum)),
                                ACCOUNTS,
                                1))
                .expectNextCount(ACCOUNTS)
                .expectComplete()
                .verify(Duration.ofSeconds(120));

        assertThat(server.accepted).hasValue(ACCOUNTS);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("wxflux-"))
                .hasSizeBetween(1, Math.max(2, Runtime.getRuntime().availableProcessors()))
                .allMatch(Thread::isDaemon);
        int busiest =
                threads.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        assertThat(busiest).as("answers by thread: %s", threads).isLessThan(ACCOUNTS * 3 / 4);
        Flux.fromIterable(accounts).flatMap(Exchange::close, 64).blockLast(PATIENCE);
        await(() -> server.open() == 0);
    }
}
