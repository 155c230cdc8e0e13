package io.wxflux.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.Remedy;
import io.wxflux.error.WxfluxException;
import io.wxflux.internal.transport.HttpAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table from codes to remedies (PROTOCOL 14), read back. */
class ReturnCodesTests {
    @ParameterizedTest
    @CsvSource({
        "1100, RELOGIN",
        "1101, RELOGIN",
        "1102, RELOGIN",
        "-14, RELOGIN",
        "1, RELOGIN",
        "3, RELOGIN",
        "1203, STOP",
        "1205, COOL_DOWN",
        "-1, RETRY",
        "9999, RETRY"
    })
    void aCodeOfASessionCallAsksForOneThing(int code, Remedy remedy) {
        assertThatThrownBy(() -> ReturnCodes.requireOk("webwxsync", code))
                .isInstanceOfSatisfying(
                        WxfluxException.class,
                        error -> assertThat(error.remedy()).isEqualTo(remedy))
                .hasMessageContaining("webwxsync");
    }

    @ParameterizedTest
    @CsvSource({"1204, STOP", "-2, STOP", "7, STOP", "-1, RETRY", "1205, COOL_DOWN", "1101, RELOGIN"})
    void aCodeOfACommandConcernsTheCommand(int code, Remedy remedy) {
        assertThatThrownBy(() -> ReturnCodes.requireAccepted("webwxsendmsg", code))
                .isInstanceOfSatisfying(
                        WxfluxException.class,
                        error -> assertThat(error.remedy()).isEqualTo(remedy));
    }

    @ParameterizedTest
    @CsvSource({
        "0, NEXT_HOST",
        "500, NEXT_HOST",
        "502, NEXT_HOST",
        "503, NEXT_HOST",
        "301, RETRY",
        "402, RETRY",
        "403, RETRY"
    })
    void aStatusThatBringsNoBodyIsAnErrorThatPasses(int status, Remedy remedy) {
        assertThatThrownBy(() -> ReturnCodes.body("webwxinit", new HttpAnswer(status, null, new byte[0])))
                .isInstanceOfSatisfying(
                        WxfluxException.class,
                        error -> assertThat(error.remedy()).isEqualTo(remedy));
    }

    @Test
    void zeroIsGood() {
        assertThatCode(() -> ReturnCodes.requireOk("webwxsync", 0)).doesNotThrowAnyException();
        assertThatCode(() -> ReturnCodes.requireAccepted("webwxsendmsg", 0)).doesNotThrowAnyException();
    }
}
