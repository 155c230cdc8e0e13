package io.wxflux.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The Set-Cookie headers of a session, in the service's own style of dates. */
final class SetCookies {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd-MMM-yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final long HOURS = 3600;
    private static final long YEARS = 10L * 365 * 24 * HOURS;

    private SetCookies() {}

    /** What webwxnewloginpage sets. */
    static List<String> onLogin(Session session, long now, long life) {
        String host = session.family().api();
        return List.of(
                cookie("wxuin", Long.toString(session.account().uin()), host, now + life),
                cookie("wxsid", session.sid(), host, now + life),
                cookie("wxloadtime", Long.toString(session.loginTime()), host, now + life),
                cookie("mm_lang", "zh_CN", host, now + life),
                cookie("webwx_data_ticket", session.dataTicket(), parent(session), now + life),
                cookie("webwxuvid", session.uvid(), host, now + YEARS),
                cookie("webwx_auth_ticket", session.authTicket(), host, now + YEARS));
    }

    /** What every webwxsync renews. */
    static List<String> onSync(Session session, long now, long life) {
        String host = session.family().api();
        return List.of(
                cookie("wxloadtime", session.loginTime() + "_expired", host, now + life),
                cookie("wxpluginkey", Long.toString(session.loginTime() - 859), host, now + life),
                cookie("wxuin", Long.toString(session.account().uin()), host, now + 6 * life),
                cookie("wxsid", session.sid(), host, now + life),
                cookie("webwx_data_ticket", session.dataTicket(), parent(session), now + life));
    }

    private static String parent(Session session) {
        return "." + session.family().parentDomain();
    }

    private static String cookie(String name, String value, String domain, long expires) {
        return name + "=" + value + "; Domain=" + domain + "; Path=/; Expires="
                + DATE.format(Instant.ofEpochSecond(expires)) + "; Secure";
    }
}
