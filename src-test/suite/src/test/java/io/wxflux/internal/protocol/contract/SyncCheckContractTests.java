package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.ThrottledException;
import io.wxflux.internal.protocol.Sync;
import io.wxflux.internal.wire.SyncCheckScript.SyncSignal;
import io.wxflux.model.SyncKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** PROTOCOL 8.1. */
class SyncCheckContractTests {
    private static final SyncKey KEY = new SyncKey(List.of(
            new SyncKey.Entry(1, 698_325_105),
            new SyncKey.Entry(2, 698_325_111),
            new SyncKey.Entry(1_000, 1_546_210_682)));

    @RegisterExtension
    final Wire wire = new Wire();

    private Mono<SyncSignal> check() {
        return Sync.check(wire.service(), Wire.PUSH, Wire.CREDENTIALS, KEY);
    }

    private static ResponseDefinitionBuilder signal(String retcode, String selector) {
        return Wire.script("window.synccheck={retcode:\"" + retcode + "\",selector:\"" + selector + "\"}");
    }

    @Test
    void asksThePushHostWithTheWholeQuery() {
        wire.answer(signal("0", "0"));

        Wire.await(check());

        Seen seen = wire.seen().isGetOf(Wire.PUSH, Wire.CGI + "synccheck");
        assertThat(seen.query())
                .containsExactly(
                        "r=1700000000123",
                        "skey=%40crypt_0a_canary",
                        "sid=canarySid%2B%2F1%3D%3D",
                        "uin=3000000007",
                        "deviceid=e#",
                        "synckey=1_698325105%7C2_698325111%7C1000_1546210682",
                        "_=1700000000124");
        assertThat(seen.header("Referer")).isEqualTo("https://wx2.qq.com/?&lang=zh_CN");
    }

    @Test
    void theStampRisesWithEveryCallThoughTheClockStandsStill() {
        wire.answer(signal("0", "0"));

        Wire.await(check().repeat(4).then());

        assertThat(wire.allSeen())
                .extracting(seen -> seen.query("_"))
                .containsExactly("1700000000124", "1700000000125", "1700000000126", "1700000000127", "1700000000128");
    }

    @Test
    void theApiHostServesAsWell() {
        wire.answer(signal("0", "2"));

        Wire.await(Sync.check(wire.service(), Wire.API, Wire.CREDENTIALS, KEY));

        assertThat(wire.seen().isGetOf(Wire.API, Wire.CGI + "synccheck").header("Referer"))
                .isEqualTo("https://wx2.qq.com/?&lang=zh_CN");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 42})
    void everySelectorButZeroIsNews(int selector) {
        wire.answer(signal("0", Integer.toString(selector)));

        SyncSignal signal = Wire.await(check());

        assertThat(signal).isEqualTo(new SyncSignal(0, selector));
        assertThat(signal.hasNews()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "window.synccheck={retcode:\"0\",selector:\"0\"}",
                "window.synccheck = { retcode : \"0\", selector : \"0\" };",
                "window.synccheck={\"retcode\":\"0\",\"selector\":\"0\"}\n",
                "window.synccheck={retcode:0,selector:0}"
            })
    void theScriptMayBeSpacedAndQuotedOtherwise(String script) {
        wire.answer(Wire.script(script));

        SyncSignal signal = Wire.await(check());

        assertThat(signal).isEqualTo(new SyncSignal(0, 0));
        assertThat(signal.hasNews()).isFalse();
    }

    /** An end of the session is not believed from here: webwxsync confirms it. */
    @ParameterizedTest
    @ValueSource(ints = {1100, 1101, 1102, 1203, -14, 1, 3})
    void anEndOfTheSessionIsASignalAndNoError(int code) {
        wire.answer(signal(Integer.toString(code), "0"));

        SyncSignal signal = Wire.await(check());
        Sync.requireUsable(signal);

        assertThat(signal.retcode()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"1205", "-1", "-2", "9999"})
    void everyOtherCodeBecomesItsError(int code) {
        wire.answer(signal(Integer.toString(code), "0"));

        var error = Wire.failure(check().doOnNext(Sync::requireUsable));

        assertThat(error)
                .isInstanceOf(
                        switch (code) {
                            case 1205 -> ThrottledException.class;
                            default -> ProtocolViolationException.class;
                        })
                .hasMessageContaining("synccheck was answered with")
                .hasMessageContaining(Integer.toString(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "window.synccheck={retcode:\"0\",selector:\"",
                "window.synccheck={retcode:\"0\"}",
                "window.synccheck={selector:\"2\"}",
                "window.synccheck={retcode:\"canary\",selector:\"0\"}",
                "<html><head><title>canary</title></head></html>",
                "{\"retcode\":0,\"selector\":0}"
            })
    void nothingReadableIsNeverNothingNew(String body) {
        wire.answer(Wire.script(body));

        assertThat(Wire.failure(check()))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageStartingWith("synccheck was answered with");
    }

    @Test
    void aPollThatIsHeldTooLongIsGivenUp() {
        wire.answer(signal("0", "0").withFixedDelay(2_000));
        var impatient = wire.service(wire.http().withPollTimeout(Duration.ofMillis(200)));

        assertThat(Wire.failure(Sync.check(impatient, Wire.PUSH, Wire.CREDENTIALS, KEY)))
                .isInstanceOf(HostUnreachableException.class)
                .hasMessageStartingWith("synccheck at webpush.wx2.qq.com: no complete answer within 200 ms");
    }
}
