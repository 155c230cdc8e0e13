package io.wxflux.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.ProtocolViolationException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aUuidIsFoundWhateverTheBlanks() {
        var usual = LoginScripts.jsLogin(bytes(Documents.JSLOGIN));
        assertThat(usual.code()).isEqualTo(200);
        assertThat(usual.uuid()).isEqualTo("abcDEF12_w==");
        assertThat(LoginScripts.jsLogin(bytes("window.QRLogin.code=200;window.QRLogin.uuid='u-1';\n"))
                        .uuid())
                .isEqualTo("u-1");
        assertThat(LoginScripts.jsLogin(bytes("window.QRLogin.code = 400;")))
                .isEqualTo(new LoginScripts.JsLogin(400, ""));
    }

    @Test
    void theUuidIsNotPrinted() {
        assertThat(LoginScripts.jsLogin(bytes(Documents.JSLOGIN)).toString()).doesNotContain("abcDEF");
    }

    @Test
    void aConfirmedLoginNamesTheRedirect() {
        var poll = LoginScripts.poll(bytes(Documents.LOGIN_200));
        assertThat(poll.code()).isEqualTo(200);
        assertThat(poll.redirectUri()).startsWith("https://wx.example/").endsWith("scan=1700000000");
        assertThat(poll.toString()).doesNotContain("ticket");
    }

    @Test
    void aScannedCodeMayBringAPicture() {
        assertThat(LoginScripts.poll(bytes("window.code=201;window.userAvatar = 'data:img/jpg;base64,QUJD';")))
                .isEqualTo(new LoginScripts.LoginPoll(201, "", true));
        assertThat(LoginScripts.poll(bytes("window.code=201;")).avatar()).isFalse();
        assertThat(LoginScripts.poll(bytes("window.code=408;\r\n")).code()).isEqualTo(408);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html><body>window.code=200;</body></html>",
                "window.code=20",
                "window.code=200;",
                "window.code=200;window.redirect_uri=\"https://wx.example/a",
                "window.code=200;window.redirect_uri=\"https://wx.example/a b\";",
                "window.code=200;window.redirect_uri=\"https://wx.example/\\r\\nX: 1\";",
                "window.code=abc;",
                "window.code=99999999999;",
                "window.code=408;window.code=200;",
                "window.other=1;",
                "window.code=408; trailing",
            })
    void whatIsNoPollScriptIsAnError(String body) {
        assertThatThrownBy(() -> LoginScripts.poll(bytes(body)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("login poll")
                .hasMessageNotContaining("example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "window.synccheck={retcode:\"0\",selector:\"0\"} | 0 | 0",
                "window.synccheck={retcode:\"0\",selector:\"2\"} | 0 | 2",
                "window.synccheck = { retcode : '0' , selector : '7' } ; | 0 | 7",
                "window.synccheck={\"retcode\":0,\"selector\":6} | 0 | 6",
                "window.synccheck={selector:\"0\",retcode:\"1101\"} | 1101 | 0",
                "window.synccheck={retcode:\"-1\",selector:\"0\"} | -1 | 0",
                "window.synccheck={retcode:\"1102\"} | 1102 | 0",
            })
    void aCheckIsReadWhateverItsBlanksAndQuotes(String body, int retcode, int selector) {
        var signal = SyncCheckScript.parse(bytes(body));
        assertThat(signal).isEqualTo(new SyncCheckScript.SyncSignal(retcode, selector));
        assertThat(signal.hasNews()).isEqualTo(selector != 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{}",
                "<!DOCTYPE html><html></html>",
                "window.synccheck={}",
                "window.synccheck={retcode:\"0\"}",
                "window.synccheck={retcode:\"0\",selector:\"2\"",
                "window.synccheck={retcode:\"0\",selector:\"",
                "window.synccheck={retcode:\"\",selector:\"0\"}",
                "window.synccheck={retcode:\"0\",retcode:\"1100\",selector:\"0\"}",
                "window.synccheck={retcode:\"0\",selector:\"0\"}<html>",
                "window.synccheck={retcode:\"x\",selector:\"0\"}",
            })
    void aBrokenCheckIsNeverNothingNew(String body) {
        assertThatThrownBy(() -> SyncCheckScript.parse(bytes(body)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("synccheck");
    }

    @Test
    void aScriptOfAMegabyteIsNotLookedAt() {
        assertThatThrownBy(() -> SyncCheckScript.parse(new byte[1 << 20]))
                .isInstanceOf(ProtocolViolationException.class);
    }
}
