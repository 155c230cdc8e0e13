package io.wxflux.internal.wire;

import io.wxflux.error.ProtocolViolationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scripts of the login host (PROTOCOL 5.1 and 5.3). */
public final class LoginScripts {
    private static final int MOST_UUID = 128;
    private static final int MOST_URI = 4096;

    private LoginScripts() {}

    /**
     * The answer of jslogin.
     *
     * @param uuid empty unless the code is 200
     */
    public record JsLogin(int code, String uuid) {
        /** The uuid lets anybody watch this login. */
        @Override
        public String toString() {
            return "JsLogin[" + code + "]";
        }
    }

    /**
     * The answer of the login poll.
     *
     * @param redirectUri where the session is fetched; empty unless the code is 200
     * @param avatar whether a picture of the person came along
     */
    public record LoginPoll(int code, String redirectUri, boolean avatar) {
        /** The URI holds the login ticket. */
        @Override
        public String toString() {
            return "LoginPoll[" + code + "]";
        }
    }

    public static JsLogin jsLogin(byte[] body) {
        Map<String, String> values = ScriptReader.read("jslogin", body);
        int code = code("jslogin", values.get("window.QRLogin.code"), body.length);
        String uuid = code == 200 ? values.getOrDefault("window.QRLogin.uuid", "") : "";
        if (code == 200 && !SafeText.isToken(uuid, MOST_UUID)) {
            throw new ProtocolViolationException("jslogin was answered with code 200 and no usable uuid");
        }
        return new JsLogin(code, uuid);
    }

    public static LoginPoll poll(byte[] body) {
        Map<String, String> values = ScriptReader.read("login poll", body);
        int code = code("login poll", values.get("window.code"), body.length);
        String redirectUri = code == 200 ? values.getOrDefault("window.redirect_uri", "") : "";
        if (code == 200 && !SafeText.isToken(redirectUri, MOST_URI)) {
            throw new ProtocolViolationException("login poll was answered with code 200 and no usable redirect_uri");
        }
        return new LoginPoll(
                code, redirectUri, !values.getOrDefault("window.userAvatar", "").isEmpty());
    }

    private static int code(String operation, @Nullable String value, int length) {
        Long code = value == null ? null : Numbers.parse(value);
        if (code == null || code != code.intValue()) {
            throw ScriptReader.violation(operation, length);
        }
        return code.intValue();
    }
}
