package io.wxflux.internal.wire;

import io.wxflux.error.ProtocolViolationException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * HTML in the place of the login page (PROTOCOL 5.5). The session is in the cookies then; what the page names besides is
 * looked for as the browser's own script does, by its tags, and not by reading HTML.
 */
public final class HtmlLoginPage {
    private static final int MOST_TOKEN = 1024;
    private static final int MOST_MESSAGE = 200;
    private static final int LEAD = 512;

    private HtmlLoginPage() {}

    /** Whether a body is HTML, by how it begins. */
    public static boolean isHtml(byte[] body) {
        String lead = new String(body, 0, Math.min(body.length, LEAD), StandardCharsets.UTF_8)
                .replace("\ufeff", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return lead.startsWith("<!doctype html") || lead.startsWith("<html");
    }

    /**
     * @param sid the cookie wxsid that this login set; empty when it set none
     * @param uin the cookie wxuin; empty when there is none
     * @return skey and pass_ticket may be empty: webwxinit gives the one, the browser goes on without the other
     * @throws ProtocolViolationException when there is no session in it
     */
    public static LoginPage read(byte[] body, String sid, String uin) {
        String text = new String(body, StandardCharsets.UTF_8);
        Long ret = Numbers.parse(tag(text, "ret", MOST_TOKEN));
        if (ret != null && ret != 0 && ret == ret.intValue()) {
            return new LoginPage(ret.intValue(), tag(text, "message", MOST_MESSAGE), "", "", 0, "", "");
        }
        String wxsid = sid.isEmpty() ? token(text, "wxsid") : sid;
        Long wxuin = Numbers.parse(uin.isEmpty() ? tag(text, "wxuin", MOST_TOKEN) : uin);
        if (!SafeText.isToken(wxsid, MOST_TOKEN) || wxuin == null || wxuin <= 0) {
            throw new ProtocolViolationException("webwxnewloginpage was answered with " + body.length
                    + " bytes of HTML and no session; it is tried again");
        }
        return new LoginPage(0, "", token(text, "skey"), wxsid, wxuin, token(text, "pass_ticket"), "");
    }

    /** These values go into URLs and bodies: what cannot is as good as none. */
    private static String token(String text, String name) {
        String value = tag(text, name, MOST_TOKEN);
        return SafeText.isToken(value, MOST_TOKEN) ? value : "";
    }

    private static String tag(String text, String name, int most) {
        int begin = text.indexOf("<" + name + ">");
        if (begin < 0) {
            return "";
        }
        int from = begin + name.length() + 2;
        int end = text.indexOf("</" + name + ">", from);
        return end < 0 || end - from > most ? "" : text.substring(from, end);
    }
}
