package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.ModelHosts.Illness;
import io.wxflux.ModelHosts.Knock;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.options.AccountSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Hosts of the long poll die and come back: who goes where, how soon, and how often a dead host is asked. */
class FailoverStoryTests {
    private static final String API = "wx2.qq.com";
    private static final String PUSH = "webpush.wx2.qq.com";
    private static final String[] OF_QQ = {PUSH, API, "webpush.wx.qq.com", "webpush.wx8.qq.com", "webpush.weixin.qq.com"
    };

    private final Story story = new Story();
    private final ModelHosts hosts = story.server.hosts;
    private List<String> names = List.of();

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    /** So many accounts, all of one family, polling at its push host; their polls begin at all times. */
    private void polling(int accounts) {
        names = IntStream.range(0, accounts)
                .mapToObj(i -> String.format("a%04d", i))
                .toList();
        story.start();
        for (String name : names) {
            story.engine().add(AccountSpec.of(name)).subscribe();
            story.pass(ModelServer.HOLD.dividedBy(accounts));
        }
        story.seconds(40);
        assertThat(names).allMatch(name -> hosts.pollOf(name).equals(PUSH));
        hosts.forgetKnocks();
    }

    private long at(String host) {
        return names.stream().filter(name -> hosts.pollOf(name).equals(host)).count();
    }

    private static boolean isPoll(Knock knock) {
        return knock.operation().equals("synccheck");
    }

    @Test
    void allAccountsGoOnElsewhereAndComeBackWithoutAHerd() {
        polling(250);
        hosts.falls(Illness.REFUSES, PUSH);

        story.seconds(6);
        assertThat(at(API)).isEqualTo(250);
        assertThat(hosts.mostPerSecond(knock -> knock.host().equals(API) && knock.connects()))
                .isLessThanOrEqualTo(250);

        hosts.forgetKnocks();
        story.pass(Duration.ofMinutes(5));
        assertThat(at(API)).isEqualTo(250);
        List<Knock> probes = hosts.knocksAt(PUSH);
        assertThat(probes).hasSizeBetween(300 / 25 - 2, 300 / 8);
        assertThat(hosts.mostPerSecond(knock -> knock.host().equals(PUSH))).isEqualTo(1);

        hosts.recovers(PUSH);
        hosts.forgetKnocks();
        story.seconds(60);
        assertThat(at(PUSH)).isEqualTo(250);
        assertThat(hosts.mostPerSecond(Knock::connects)).isLessThanOrEqualTo(250);
        assertThat(hosts.knocks(FailoverStoryTests::isPoll))
                .extracting(Knock::host)
                .doesNotContain("webpush.wx.qq.com");
    }

    @ParameterizedTest
    @EnumSource(Illness.class)
    void whateverIsWrongWithAHostTheAccountsLeaveItAndComeBack(Illness illness) {
        polling(20);
        hosts.falls(illness, PUSH);
        // One that answers nothing is found out at the deadline of a poll.
        story.seconds(illness == Illness.HANGS ? 110 : 15);
        assertThat(at(API)).isGreaterThanOrEqualTo(illness == Illness.HANGS ? 18 : 19);

        hosts.forgetKnocks();
        names.forEach(name -> story.server.account(name).receives("while it is down"));
        // One that polls a host which answers nothing hears of it at its deadline.
        story.seconds(illness == Illness.HANGS ? 36 : 8);
        assertThat(names).allMatch(name -> story.sink.texts(name).contains("while it is down") || onlyProbes(name));
        story.pass(Duration.ofMinutes(3));
        assertThat(hosts.mostPerSecond(knock -> knock.host().equals(PUSH))).isEqualTo(1);
        assertThat(hosts.knocksAt(PUSH).size()).isLessThanOrEqualTo(200 / 8);

        hosts.recovers(PUSH);
        story.seconds(illness == Illness.HANGS ? 100 : 60);
        assertThat(at(PUSH)).isEqualTo(20);
        assertThat(names).allMatch(name -> story.sink.texts(name).equals(List.of("while it is down")));
        assertThat(names).allMatch(name -> story.server.account(name).logins() == 1);
    }

    @ParameterizedTest
    @CsvSource({"503, 20", "0, 6"})
    void aHostThatTakesPollsAndFailsLaterIsLeftToo(int status, int after) {
        polling(20);
        names.forEach(name -> story.server
                .account(name)
                .always(
                        "synccheck",
                        call -> !call.host().equals(PUSH)
                                ? null
                                : Mono.delay(Duration.ofSeconds(after), story.time)
                                        .then(status == 0 ? ModelAccount.unreachable() : busy(status))));
        // The polls that are held now, and one or two that fail.
        story.seconds(25 + 2 * after + 5);
        assertThat(at(API)).isGreaterThanOrEqualTo(18);

        hosts.forgetKnocks();
        story.pass(Duration.ofMinutes(5));
        assertThat(at(API)).isGreaterThanOrEqualTo(18);
        assertThat(hosts.knocksAt(PUSH)).hasSizeLessThanOrEqualTo(300 / 8);

        names.forEach(name -> story.server.account(name).normal());
        story.seconds(100);
        assertThat(at(PUSH)).isEqualTo(20);
    }

    private static Mono<HttpAnswer> busy(int status) {
        return Mono.just(WireText.status(status, "busy"));
    }

    /** The one that is trying the host is late by what its poll there takes. */
    private boolean onlyProbes(String name) {
        return hosts.knocksAt(PUSH).stream().anyMatch(knock -> knock.account().equals(name));
    }

    @Test
    void anAccountWhoseHostIsKnownToBeDownDoesNotConnectToIt() {
        polling(10);
        hosts.falls(Illness.REFUSES, PUSH);
        story.seconds(1);
        hosts.forgetKnocks();
        List<String> late = List.of("late-1", "late-2", "late-3", "late-4", "late-5");
        late.forEach(name -> story.engine().add(AccountSpec.of(name)).subscribe());
        story.seconds(4);

        assertThat(late).allMatch(name -> hosts.pollOf(name).equals(API));
        // One of them may be the one that finds out whether it is back.
        assertThat(hosts.knocksAt(PUSH)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aHeldPollIsNoProbeForLong() {
        polling(50);
        hosts.falls(Illness.REFUSES, PUSH);
        story.seconds(30);
        hosts.recovers(PUSH);
        hosts.forgetKnocks();
        // At most 25 s until somebody tries it, a moment until that is believed, 25 s until the last poll elsewhere
        // ends.
        story.seconds(52);
        assertThat(at(PUSH)).isEqualTo(50);
    }

    @Test
    void switchAndReturnAreToldOnceEachWithTheirReason() {
        polling(5);
        hosts.falls(Illness.REFUSES, PUSH);
        story.seconds(10);
        assertThat(story.status("a0000").pollHost()).isEqualTo(API);
        hosts.recovers(PUSH);
        story.seconds(90);
        assertThat(story.status("a0000").pollHost()).isEqualTo(PUSH);

        for (String name : names) {
            var switches = story.live(name, Lifecycle.HostSwitched.class);
            assertThat(switches).extracting(Lifecycle.HostSwitched::to).containsExactly(API, PUSH);
            assertThat(switches.get(0).reason()).contains(PUSH);
            assertThat(switches.get(1).reason()).isEqualTo(PUSH + " answers again");
        }
    }

    @Test
    void theHostOfThePollIsShownAgainAfterAnOutage() {
        polling(1);
        hosts.falls(Illness.REFUSES, OF_QQ);
        story.seconds(30);
        assertThat(story.state("a0000")).isEqualTo(AccountState.BACKING_OFF);
        assertThat(story.status("a0000").pollHost()).isNull();
        hosts.recovers(OF_QQ);
        story.seconds(90);
        assertThat(story.status("a0000").pollHost()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = "HANGS", mode = EnumSource.Mode.EXCLUDE)
    void anAccountAloneAsksSeldomInAnOutageAndIsBackWithinAMinute(Illness illness) {
        polling(1);
        long began = story.server.now();
        hosts.falls(illness, OF_QQ);
        story.pass(Duration.ofMinutes(10));

        assertThat(hosts.inMinute(began, 0).values()).allMatch(count -> count <= 20);
        for (int minute = 1; minute < 10; minute++) {
            assertThat(hosts.inMinute(began, minute).values())
                    .as("minute " + minute)
                    .allMatch(count -> count <= 3);
        }
        hosts.recovers(OF_QQ);
        story.seconds(60);
        assertThat(hosts.pollOf("a0000")).isIn(API, PUSH);
        assertThat(story.server.account("a0000").logins()).isEqualTo(1);
    }

    @Test
    void manyAccountsComeBackFromAnOutageSpreadOut() {
        polling(250);
        // A message a minute for each, before the outage and in it.
        var load = Flux.interval(Duration.ofSeconds(60).dividedBy(names.size()), story.time)
                .subscribe(i -> story.server
                        .account(names.get((int) (i % names.size())))
                        .receives("n"));
        story.seconds(60);
        int steady = hosts.knocks(knock -> true).size() / 60;
        hosts.falls(Illness.REFUSES, OF_QQ);
        story.seconds(10);
        hosts.forgetKnocks();
        long began = story.server.now();
        story.pass(Duration.ofMinutes(5));
        assertThat(hosts.mostPerSecond(knock -> true))
                .as("requests in a second of the outage")
                .isLessThanOrEqualTo(10);
        for (int minute = 0; minute < 5; minute++) {
            assertThat(hosts.inMinute(began, minute).values()).allMatch(count -> count <= 3);
        }

        hosts.recovers(OF_QQ);
        hosts.forgetKnocks();
        story.seconds(80);
        load.dispose();
        assertThat(names).allMatch(name -> story.sink.texts(name).size() >= 6);
        assertThat(hosts.mostPerSecond(knock -> true))
                .as("few accounts, so chance weighs more than in the proof")
                .isLessThanOrEqualTo(4 * steady);
        assertThat(hosts.mostPerSecond(Knock::connects)).isLessThanOrEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wx.qq.com", "wx2.qq.com", "wx8.qq.com", "web.wechat.com", "web2.wechat.com"})
    void noFamilyEverLeavesItsParentDomain(String api) {
        story.server.account("alice").phone = Phone.confirms(api);
        story.http = story.http.withPushHosts(List.of("webpush9.wx.qq.com", "webpush9.wechat.com"));
        story.account("alice").start().seconds(30);
        String parent = api.substring(api.indexOf('.') + 1);
        hosts.falls(Illness.REFUSES, "webpush." + api);
        story.seconds(3);
        assertThat(hosts.pollOf("alice")).isEqualTo(api);
        hosts.forgetKnocks();
        hosts.falls(Illness.RESETS, api);
        story.pass(Duration.ofMinutes(9));

        assertThat(hosts.knocks(FailoverStoryTests::isPoll))
                .isNotEmpty()
                .allMatch(knock -> knock.host().endsWith("." + parent));
        assertThat(hosts.knocksAt("webpush9." + (parent.equals("qq.com") ? "wx.qq.com" : "wechat.com")))
                .as("told that the session is not known there, it is not asked again for a while")
                .hasSize(1);
        assertThat(story.server.account("alice").logins()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"100, 300", "10, 60"})
    void theRateOfNewConnectionsIsAnOption(int perSecond, int within6s) {
        story.http = story.http.withConnectionsPerSecond(perSecond);
        polling(300);
        hosts.falls(Illness.REFUSES, PUSH);
        story.seconds(6);
        assertThat(at(API)).isBetween(within6s - 1L, within6s + 10L);
        assertThat(hosts.mostPerSecond(knock -> knock.host().equals(API) && knock.connects()))
                .isLessThanOrEqualTo(perSecond + perSecond / 4 + 1);
    }

    /** A strange host that is well and does not know the session must not make its own seem not worth a try. */
    @Test
    void anAccountAloneFindsItsApiHostAfterAnOutageThoughItsPushHostStaysDead() {
        polling(1);
        hosts.falls(Illness.REFUSES, OF_QQ);
        story.pass(Duration.ofMinutes(5));
        hosts.recovers("webpush.wx.qq.com", "webpush.wx8.qq.com", "webpush.weixin.qq.com");
        story.pass(Duration.ofMinutes(5));
        hosts.recovers(API);
        story.pass(Duration.ofMinutes(3));
        assertThat(at(API)).isEqualTo(1);
    }

    @Test
    void furtherHostsAreTriedLast() {
        polling(1);
        hosts.falls(Illness.REFUSES, OF_QQ);
        story.seconds(5);
        assertThat(hosts.knocksAt("webpush2.wx2.qq.com")).isEmpty();
        story.seconds(25).stop();
        story.http = story.http.withPushHosts(List.of("webpush2.wx2.qq.com"));
        hosts.recovers(OF_QQ);
        story.account("b").start().seconds(40);
        hosts.forgetKnocks();
        hosts.falls(Illness.REFUSES, OF_QQ);
        // One strange host in an attempt.
        story.seconds(60);
        assertThat(hosts.knocks(FailoverStoryTests::isPoll).stream()
                        .map(Knock::host)
                        .distinct())
                .startsWith(OF_QQ)
                .endsWith("webpush2.wx2.qq.com")
                .hasSize(OF_QQ.length + 1);
    }
}
