package io.wxflux.simulator;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The JSON sends. The same ClientMsgId twice is one message. */
final class SendEndpoints {

    private static final int BAD_PARAMETER = 1;
    private static final int REFUSED_RECIPIENT = 1204;

    private final Service service;
    private final SessionCheck check;

    SendEndpoints(Service service, SessionCheck check) {
        this.service = service;
        this.check = check;
    }

    Mono<Reply> send(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        SimAccount account = session.account();
        JsonNode message = request.json().path("Msg");
        String key = Json.text(message.path("ClientMsgId"));
        String localId = Json.text(message.path("LocalID"));
        synchronized (account) {
            Directory people = account.people();
            boolean mine =
                    Json.text(message.path("FromUserName")).equals(people.userName(session.names(), SimPeer.self()));
            if (key.isEmpty() || !mine) {
                account.violation(
                        Violation.Kind.BAD_BASE_REQUEST, request.call() + ": ClientMsgId or FromUserName is wrong");
                return Mono.just(Reply.ret(BAD_PARAMETER));
            }
            int refusal = account.sends().nextRefusal();
            SimPeer to = people.find(session.names(), Json.text(message.path("ToUserName")));
            if (refusal == 0 && !mayReceive(to)) {
                refusal = REFUSED_RECIPIENT;
            }
            if (refusal != 0 || to == null) {
                return Mono.just(answer(refusal, "", localId));
            }
            int type = message.path("Type").asInt(0);
            SentMessage sent = account.sends()
                    .accept(
                            () -> service.ids().digits(18).replaceFirst("^0", "1"),
                            key,
                            request.call(),
                            type,
                            to,
                            Json.text(message.path("Content")));
            return Mono.just(answer(0, sent.msgId(), localId));
        }
    }

    private static boolean mayReceive(@Nullable SimPeer to) {
        return to != null && to.kind() != SimPeer.Kind.SELF && to.kind() != SimPeer.Kind.MEMBER;
    }

    private static Reply answer(int ret, String msgId, String localId) {
        return Reply.json(Json.object("BaseResponse", Json.baseResponse(ret), "MsgID", msgId, "LocalID", localId));
    }
}
