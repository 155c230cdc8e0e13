package io.wxflux.internal.wire;

import io.wxflux.error.ProtocolViolationException;
import java.nio.charset.StandardCharsets;

/**
 * The answer of webwxnewloginpage (PROTOCOL 5.5): the credentials of a new session, a refusal, or another address.
 *
 * @param ret 0 for a session; -1 when the page has neither a code nor credentials, which is a refusal too
 * @param message for the person; empty or OK on success
 * @param passTicket percent-encoded, as received
 * @param redirectUrl where to go instead; empty when there is nowhere
 */
public record LoginPage(
        int ret, String message, String skey, String wxsid, long wxuin, String passTicket, String redirectUrl) {
    private static final String OPERATION = "webwxnewloginpage";
    private static final int LIMIT = 256 * 1024;
    private static final int MOST_TOKEN = 1024;
    private static final int MOST_URI = 4096;
    private static final int NO_CODE = -1;

    /** Credentials are checked only where they matter: on success. */
    public static LoginPage parse(byte[] body) {
        XmlElement page = body.length > LIMIT ? null : XmlReader.read(new String(body, StandardCharsets.UTF_8), LIMIT);
        if (page == null || !page.name().equals("error")) {
            throw new ProtocolViolationException(
                    OPERATION + " was answered with " + body.length + " bytes that are no login page");
        }
        String message = page.text("message");
        String redirectUrl = page.text("redirecturl");
        String code = page.text("ret");
        Long ret = Numbers.parse(code);
        if (ret == null ? !code.isEmpty() : ret != ret.intValue()) {
            throw new ProtocolViolationException(OPERATION + " was answered with a ret that is no number");
        }
        if (ret != null && ret != 0) {
            return new LoginPage(ret.intValue(), message, "", "", 0, "", "");
        }
        if (!redirectUrl.isEmpty()) {
            return new LoginPage(0, message, "", "", 0, "", token("redirecturl", redirectUrl, MOST_URI));
        }
        Long uin = Numbers.parse(page.text("wxuin"));
        if (ret == null
                && (page.text("skey").isEmpty() || page.text("pass_ticket").isEmpty())) {
            return new LoginPage(NO_CODE, message, "", "", 0, "", "");
        }
        if (uin == null || uin <= 0) {
            throw new ProtocolViolationException(OPERATION + " was answered with no usable wxuin");
        }
        return new LoginPage(
                0,
                message,
                token("skey", page.text("skey"), MOST_TOKEN),
                token("wxsid", page.text("wxsid"), MOST_TOKEN),
                uin,
                token("pass_ticket", page.text("pass_ticket"), MOST_TOKEN),
                "");
    }

    /** These values go into URLs and cookies. */
    private static String token(String name, String value, int most) {
        if (!SafeText.isToken(value, most)) {
            throw new ProtocolViolationException(OPERATION + " was answered with no usable " + name);
        }
        return value;
    }

    @Override
    public String toString() {
        return "LoginPage[ret " + ret + ", " + message + "]";
    }
}
