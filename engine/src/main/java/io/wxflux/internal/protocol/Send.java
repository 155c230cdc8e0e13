package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.wire.RecallBody;
import io.wxflux.internal.wire.SendBodies;
import io.wxflux.internal.wire.SendBody;
import io.wxflux.model.MsgId;
import io.wxflux.model.Recalled;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UserName;
import reactor.core.publisher.Mono;

/** PROTOCOL 10: sending and taking back. The caller chooses the ClientMsgId once and shows it in every attempt. */
public final class Send {
    private static final String RECALL = "webwxrevokemsg";

    private Send() {}

    public static String newClientMsgId(Service service) {
        return service.stamps().clientMsgId();
    }

    /** One attempt. */
    public static Mono<SendReceipt> message(SignedIn signedIn, UserName to, Draft draft, String clientMsgId) {
        Draft.Call call = draft.call();
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(request(signedIn, to, draft, clientMsgId), Service.MIB)))
                .map(answer -> SendBody.parse(call.endpoint, ReturnCodes.body(call.endpoint, answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted(call.endpoint, body.ret()))
                .map(body -> new SendReceipt(body.id(), clientMsgId));
    }

    private static HttpCall.Builder request(SignedIn signedIn, UserName to, Draft draft, String clientMsgId) {
        Draft.Call call = draft.call();
        HttpCall.Builder request = signedIn.post(
                call.endpoint,
                SendBodies.message(signedIn.baseRequest(), signedIn.self(), to, draft.form(), clientMsgId));
        if (!call.fun.isEmpty()) {
            request.query("fun", call.fun);
        }
        if (call.json) {
            request.query("f", "json");
        }
        if (!draft.mod().isEmpty()) {
            request.query("mod", draft.mod());
        }
        return request.query("lang", signedIn.service().language())
                .query("pass_ticket", signedIn.credentials().passTicket());
    }

    /** @param clientMsgId the message's own, where it is known; some must be there */
    public static Mono<Recalled> recall(SignedIn signedIn, UserName conversation, MsgId id, String clientMsgId) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(
                                signedIn.post(
                                                RECALL,
                                                SendBodies.recall(
                                                        signedIn.baseRequest(), id, conversation, clientMsgId))
                                        .query("lang", signedIn.service().language())
                                        .query(
                                                "pass_ticket",
                                                signedIn.credentials().passTicket()),
                                Service.MIB)))
                .map(answer -> RecallBody.parse(ReturnCodes.body(RECALL, answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted(RECALL, body.ret()))
                .map(RecallBody::recalled);
    }
}
