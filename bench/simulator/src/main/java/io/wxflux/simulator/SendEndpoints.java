package io.wxflux.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The sends, and taking them back. The same ClientMsgId twice is one message. */
final class SendEndpoints {

    private static final int BAD_PARAMETER = 1;
    private static final int REFUSED_RECIPIENT = 1204;
    private static final long RECALL_SECONDS = 120;

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
        Reply reply;
        List<SimMessage> afterwards;
        synchronized (account) {
            SentMessage[] sent = new SentMessage[1];
            reply = send(request.call(), request.query("fun"), session, message, sent);
            afterwards = sent[0] == null ? List.of() : account.friends().answerOf(sent[0].to());
        }
        account.wake();
        afterwards.forEach(account::queue);
        return Mono.just(reply);
    }

    private Reply send(String call, String fun, Session session, JsonNode message, SentMessage[] result) {
        SimAccount account = session.account();
        Directory people = account.people();
        String key = Json.text(message.path("ClientMsgId"));
        String localId = Json.text(message.path("LocalID"));
        boolean mine = Json.text(message.path("FromUserName")).equals(people.userName(session.names(), SimPeer.self()));
        if (key.isEmpty() || !mine) {
            account.violation(Violation.Kind.BAD_BASE_REQUEST, call + ": ClientMsgId or FromUserName is wrong");
            return Reply.ret(BAD_PARAMETER);
        }
        String wantedFun = call.equals("webwxsendmsg") ? "" : call.equals("webwxsendemoticon") ? "sys" : "async";
        if (!wantedFun.isEmpty() && !fun.equals(wantedFun)) {
            account.violation(Violation.Kind.BAD_QUERY, call + ": fun is not " + wantedFun);
        }
        int refusal = account.sends().nextRefusal();
        SimPeer to = people.find(session.names(), Json.text(message.path("ToUserName")));
        if (refusal == 0 && !mayReceive(to, people)) {
            refusal = REFUSED_RECIPIENT;
        }
        if (refusal != 0 || to == null) {
            return answer(refusal, "", localId);
        }
        SentMessage known = account.sends().again(key);
        if (known != null) {
            return answer(0, known.msgId(), localId);
        }
        SendRules.Verdict verdict = new SendRules(service.files(), session, message).check(call);
        if (verdict.problem() != null) {
            account.violation(Violation.Kind.BAD_SEND, call + ": " + verdict.problem());
            return answer(BAD_PARAMETER, "", localId);
        }
        SentMessage sent = accepted(call, account, message, key, to, verdict.file());
        result[0] = sent;
        return answer(0, sent.msgId(), localId);
    }

    private SentMessage accepted(
            String call, SimAccount account, JsonNode message, String key, SimPeer to, @Nullable UploadedFile file) {
        int type = message.path("Type").asInt(0);
        String content = Json.text(message.path("Content"));
        String msgId = service.settings().echo()
                ? account.msgId(account.append(Echo.of(call, type, to, content, file)))
                : service.ids().digits(18).replaceFirst("^0", "1");
        SentMessage sent = new SentMessage(
                msgId,
                key,
                call,
                type,
                to,
                content,
                1,
                Json.text(message.path("MsgSource")),
                file == null ? null : new SentMessage.File(file.fileName(), file.mediaType(), file.size(), file.md5()),
                service.seconds(),
                false);
        account.sends().add(sent);
        if (file != null) {
            account.media().put(msgId, file);
        }
        return sent;
    }

    private static boolean mayReceive(@Nullable SimPeer to, Directory people) {
        return to != null && to.kind() != SimPeer.Kind.SELF && to.kind() != SimPeer.Kind.MEMBER && people.isContact(to);
    }

    private static Reply answer(int ret, String msgId, String localId) {
        return Reply.json(Json.object("BaseResponse", Json.baseResponse(ret), "MsgID", msgId, "LocalID", localId));
    }

    // taking back ----------------------------------------------------------------------------------------------------

    Mono<Reply> revoke(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        SimAccount account = session.account();
        JsonNode body = request.json();
        String msgId = Json.text(body.path("SvrMsgId"));
        SentMessage sent;
        synchronized (account) {
            sent = account.sends().find(msgId);
            String to = Json.text(body.path("ToUserName"));
            boolean right = sent != null
                    && !Json.text(body.path("ClientMsgId")).isEmpty()
                    && to.equals(account.people().userName(session.names(), sent.to()));
            if (!right || sent == null) {
                account.violation(
                        Violation.Kind.BAD_CALL,
                        "webwxrevokemsg: of no message this account sent, or ToUserName or ClientMsgId is wrong");
                return Mono.just(revoked(BAD_PARAMETER, ""));
            }
            if (service.seconds() - sent.time() > RECALL_SECONDS) {
                return Mono.just(revoked(BAD_PARAMETER, ""));
            }
            account.sends().takeBack(msgId);
        }
        if (service.settings().echo() && !sent.recalled()) {
            account.queue(SimMessage.recall(sent.to(), null, msgId, "你撤回了一条消息").sentTo(sent.to()));
        }
        return Mono.just(revoked(0, "已撤回"));
    }

    private static Reply revoked(int ret, String wording) {
        return Reply.json(Json.object(
                "BaseResponse",
                Json.baseResponse(ret),
                "Introduction",
                "你可以撤回2分钟内发送的消息(部分旧版本微信不支持这个功能)。",
                "SysWording",
                wording));
    }
}
