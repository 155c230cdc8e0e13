package io.wxflux.simulator;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decides whether a call may use the session it names, and notes what is wrong with it. */
final class SessionCheck {

    /** Either the session, or the code to refuse with. */
    record Admission(@Nullable Session session, int refusal) {}

    private static final Pattern DEVICE_ID = Pattern.compile("e\\d{15}");
    private static final int NO_SESSION = 1100;
    private static final int BAD_COOKIES = 1102;
    private static final int BAD_TICKET = -14;

    private final Service service;

    SessionCheck(Service service) {
        this.service = service;
    }

    /** A call that names its session in a BaseRequest. */
    Admission byBaseRequest(SimRequest request, HostFamily.Role role) {
        return byBaseRequest(request, request.json().path("BaseRequest"), role);
    }

    /** A call whose BaseRequest stands elsewhere. */
    Admission byBaseRequest(SimRequest request, JsonNode base, HostFamily.Role role) {
        String sid = Json.text(base.path("Sid"));
        Admission admission = admit(request, sid.isEmpty() ? request.cookie("wxsid") : sid, role);
        Session session = admission.session();
        if (session == null) {
            return admission;
        }
        String skey = Json.text(base.path("Skey"));
        boolean unknown =
                skey.isEmpty() && session.isWithoutSkey() && request.call().equals("webwxinit");
        boolean right = matches(session, request, "Uin", Json.text(base.path("Uin")), uin(session))
                & matches(session, request, "Sid", sid, session.sid())
                & matches(session, request, "Skey", skey, unknown ? "" : session.skey());
        if (!DEVICE_ID.matcher(Json.text(base.path("DeviceID"))).matches()) {
            bad(session, Violation.Kind.BAD_BASE_REQUEST, request, "DeviceID is not e and 15 digits");
        }
        return right ? admission : new Admission(null, BAD_TICKET);
    }

    private boolean matches(Session session, SimRequest request, String field, String shown, String wanted) {
        if (!shown.equals(wanted)) {
            bad(
                    session,
                    Violation.Kind.BAD_BASE_REQUEST,
                    request,
                    field + (shown.isEmpty() ? " is missing" : " is wrong"));
        }
        return shown.equals(wanted);
    }

    /** A call that names its session in the query or only by its cookies. */
    Admission byQuery(SimRequest request, HostFamily.Role role, String... needed) {
        String sid = request.query("sid");
        Admission admission = admit(request, sid.isEmpty() ? request.cookie("wxsid") : sid, role);
        Session session = admission.session();
        if (session == null) {
            return admission;
        }
        int refusal = 0;
        for (String name : needed) {
            String shown = request.query(name);
            String wanted = switch (name) {
                case "sid" -> session.sid();
                case "skey" -> session.skey();
                case "uin" -> uin(session);
                default -> shown;
            };
            boolean formed = name.equals("deviceid") ? DEVICE_ID.matcher(shown).matches() : !shown.isEmpty();
            if (!formed || !shown.equals(wanted)) {
                String example = "the query's " + name + (shown.isEmpty() ? " is missing" : " is wrong");
                bad(session, Violation.Kind.BAD_QUERY, request, example);
                refusal = shown.equals(wanted) || name.equals("deviceid") ? refusal : BAD_TICKET;
            }
        }
        return refusal == 0 ? admission : new Admission(null, refusal);
    }

    private static String uin(Session session) {
        return Long.toString(session.account().uin());
    }

    private Admission admit(SimRequest request, String sid, HostFamily.Role role) {
        Session session = service.session(sid).orElse(null);
        if (session == null) {
            if (sid.isEmpty()) {
                service.violations()
                        .count(Violation.Kind.BAD_BASE_REQUEST, "", request.call() + " names no session at all");
            }
            return new Admission(null, NO_SESSION);
        }
        if (!session.family().serves(role, request.host())) {
            return onForeignHost(request, session, role);
        }
        return lifeAndCookies(request, session, false);
    }

    private Admission onForeignHost(SimRequest request, Session session, HostFamily.Role role) {
        HostFamily home = session.family();
        boolean otherPushHost = role == HostFamily.Role.PUSH
                && HostFamily.isPushHost(request.host())
                && request.host().endsWith("." + home.parentDomain());
        boolean homeIsBroken = service.isBroken(home.push());
        if (!(otherPushHost && homeIsBroken)) {
            bad(session, Violation.Kind.WRONG_HOST, request, "came to " + request.host() + " instead of " + home.api());
        }
        return otherPushHost && service.settings().foreignPushHosts()
                ? lifeAndCookies(request, session, true)
                : new Admission(null, NO_SESSION);
    }

    private Admission lifeAndCookies(SimRequest request, Session session, boolean parentDomainOnly) {
        session.account().sessions().heardOf(session);
        synchronized (session.account()) {
            if (!session.isAlive()) {
                session.requestedAfterEnd();
                return new Admission(null, session.endCode());
            }
        }
        boolean foreign = foreign(request, "wxuin", uin(session), session)
                | foreign(request, "wxsid", session.sid(), session)
                | foreign(request, "webwx_data_ticket", session.dataTicket(), session);
        boolean missing = missing(request, "webwx_data_ticket", session)
                || (!parentDomainOnly && (missing(request, "wxuin", session) | missing(request, "wxsid", session)));
        return foreign || missing ? new Admission(null, BAD_COOKIES) : new Admission(session, 0);
    }

    private boolean foreign(SimRequest request, String name, String wanted, Session session) {
        for (String value : request.cookies(name)) {
            if (!value.equals(wanted)) {
                bad(session, Violation.Kind.FOREIGN_COOKIE, request, "the cookie " + name + " is of another login");
                return true;
            }
        }
        return false;
    }

    private boolean missing(SimRequest request, String name, Session session) {
        if (request.cookies(name).isEmpty()) {
            bad(session, Violation.Kind.MISSING_COOKIE, request, "the cookie " + name + " is missing");
            return true;
        }
        return false;
    }

    private void bad(Session session, Violation.Kind kind, SimRequest request, String what) {
        session.account().violation(kind, request.call() + ": " + what);
    }
}
