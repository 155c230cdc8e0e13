package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What a client does with people: requests and answers, remarks, pins, searches, links it wants to know safe. */
final class ContactCalls {

    static final int PINNED = 2048;

    private static final int BAD_PARAMETER = 1;
    private static final int REFUSED = 1204;
    private static final int SEARCHED = 50;

    private final SessionCheck check;

    ContactCalls(SessionCheck check) {
        this.check = check;
    }

    private static Mono<Reply> wrong(Session session, SimRequest request, String what) {
        session.account().violation(Violation.Kind.BAD_CALL, request.call() + ": " + what);
        return Mono.just(Reply.ret(BAD_PARAMETER));
    }

    // friends --------------------------------------------------------------------------------------------------------

    Mono<Reply> verifyUser(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        JsonNode body = request.json();
        JsonNode one = body.path("VerifyUserList").path(0);
        if (body.path("VerifyUserListSize").asInt(0) != 1
                || body.path("VerifyUserList").size() != 1) {
            return wrong(session, request, "VerifyUserList is not of one user");
        }
        if (body.path("SceneListCount").asInt(0) != 1
                || body.path("SceneList").path(0).asInt(0) != 33) {
            return wrong(session, request, "SceneList is not 33 alone");
        }
        if (!Json.text(body.path("skey")).equals(session.skey())) {
            return wrong(session, request, "skey is missing or wrong");
        }
        if (request.query("r").isEmpty()) {
            return wrong(session, request, "r is missing in the query");
        }
        return verify(
                session,
                request,
                body.path("Opcode").asInt(0),
                Json.text(one.path("Value")),
                Json.text(one.path("VerifyUserTicket")));
    }

    private static Mono<Reply> verify(Session session, SimRequest request, int opcode, String value, String ticket) {
        SimAccount account = session.account();
        String text = Json.text(request.json().path("VerifyContent"));
        SimPeer who;
        synchronized (account) {
            who = find(account.people(), session.names(), value);
            if (who == null || who.kind() == SimPeer.Kind.ROOM || who.kind() == SimPeer.Kind.SELF) {
                return wrong(session, request, "Value is nobody");
            }
            boolean answers = opcode == 3 || opcode == 4;
            if (answers && !ticket.equals(account.people().ticket(who))) {
                return wrong(session, request, "VerifyUserTicket is not the one of the request");
            }
            if (opcode < 1 || opcode > 6) {
                return wrong(session, request, "Opcode is none of 1 to 6");
            }
            boolean official = who.kind() == SimPeer.Kind.OFFICIAL;
            if ((opcode == 1 && !official)
                    || (opcode == 2 && official)
                    || (answers && !account.friends().isAsking(who))) {
                return Mono.just(Reply.ret(REFUSED));
            }
            account.friends().verified(new SimFriends.Verification(opcode, who, text));
            if (opcode == 4) {
                account.friends().stopAsking(who);
            }
        }
        if (opcode == 1 || opcode == 3) {
            account.friends().confirm(who);
        }
        return Mono.just(Reply.ret(0));
    }

    /** By a UserName, or by the name that cards, requests and searches have. */
    private static @Nullable SimPeer find(Directory people, UserNames names, String value) {
        if (!value.startsWith("v1_")) {
            return people.find(names, value);
        }
        for (int i = 1; i <= SEARCHED; i++) {
            for (SimPeer who : List.of(SimPeer.stranger(i), SimPeer.official(i))) {
                if (people.encryptedName(who).equals(value)) {
                    return who;
                }
            }
        }
        return null;
    }

    /** By the id that never changes, by nickname, or by the simulator's own name such as {@code stranger:3}. */
    Mono<Reply> search(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        String word = Json.text(request.json().path("KeyWord"));
        if (word.isBlank()) {
            return wrong(session, request, "KeyWord is missing");
        }
        List<Object> found = new ArrayList<>();
        SimAccount account = session.account();
        synchronized (account) {
            Directory people = account.people();
            for (int i = 1; i <= SEARCHED; i++) {
                for (SimPeer who : List.of(SimPeer.stranger(i), SimPeer.official(i))) {
                    boolean fits = who.toString().equals(word)
                            || people.realId(who).equals(word)
                            || people.plainName(who).equals(word);
                    if (fits) {
                        found.add(Json.object(
                                "EncryUserName", people.encryptedName(who),
                                "UserName", people.userName(session.names(), who),
                                "NickName", people.wireName(who),
                                "VerifyFlag", who.kind() == SimPeer.Kind.OFFICIAL ? 24 : 0));
                    }
                }
            }
        }
        return Mono.just(
                Reply.json(Json.object("BaseResponse", Json.baseResponse(0), "Count", found.size(), "List", found)));
    }

    // remark and pin -------------------------------------------------------------------------------------------------

    Mono<Reply> opLog(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        SimAccount account = session.account();
        JsonNode body = request.json();
        SimPeer who;
        Map<String, Object> fields = new HashMap<>();
        synchronized (account) {
            who = account.people().find(session.names(), Json.text(body.path("UserName")));
            if (who == null || !account.people().isContact(who)) {
                return wrong(session, request, "UserName is no contact");
            }
            String remark = account.friends().remark(who);
            String given = WireText.encode(Json.text(body.path("RemarkName")));
            switch (body.path("CmdId").asInt(0)) {
                case 2 -> {
                    if (!body.has("RemarkName") || who.kind() == SimPeer.Kind.ROOM) {
                        return wrong(session, request, "a remark without RemarkName, or of a room");
                    }
                    fields.put("RemarkName", given);
                }
                case 3 -> {
                    int op = body.path("OP").asInt(-1);
                    if (op != 0 && op != 1) {
                        return wrong(session, request, "OP is neither 0 nor 1");
                    }
                    if (!given.equals(remark)) {
                        account.violation(
                                Violation.Kind.BAD_CALL, "webwxoplog: a pin without the RemarkName wiped the remark");
                        fields.put("RemarkName", given);
                    }
                    int flag = ContactJson.contactFlag(who, account.people()) & ~PINNED;
                    fields.put("ContactFlag", op == 1 ? flag | PINNED : flag);
                }
                default -> {
                    return wrong(session, request, "CmdId is neither 2 nor 3");
                }
            }
        }
        account.queue(SimMessage.contactChanged(who, fields));
        return Mono.just(Reply.ret(0));
    }

    // links ----------------------------------------------------------------------------------------------------------

    Mono<Reply> checkUrl(SimRequest request) {
        SessionCheck.Admission admission = check.byQuery(request, HostFamily.Role.API, "skey", "deviceid");
        Session session = admission.session();
        String url = request.query("requrl");
        if (session == null) {
            return Mono.just(Reply.html(200, ""));
        }
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            return wrong(session, request, "requrl is no address of the web");
        }
        if (!request.query("opcode").equals("2") || !request.query("scene").equals("1")) {
            return wrong(session, request, "opcode is not 2 or scene is not 1");
        }
        return Mono.just(Reply.html(302, "").withHeader("Location", url.replaceAll("[\r\n]", "")));
    }

    Mono<Reply> feedback(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        return Mono.just(Reply.ret(admission.refusal()));
    }
}
