package io.wxflux.internal.protocol;

import io.wxflux.internal.wire.RequestBodies;
import io.wxflux.internal.wire.SendBody;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UserName;
import reactor.core.publisher.Mono;

/** PROTOCOL 10: sending. The caller chooses the ClientMsgId once and shows it in every attempt. */
public final class Send {
    private Send() {}

    public static String newClientMsgId(Service service) {
        return service.stamps().clientMsgId();
    }

    /** One attempt. */
    public static Mono<SendReceipt> text(SignedIn signedIn, UserName to, String text, String clientMsgId) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(
                                signedIn.post(
                                                "webwxsendmsg",
                                                RequestBodies.sendText(
                                                        signedIn.baseRequest(), signedIn.self(), to, text, clientMsgId))
                                        .query("lang", signedIn.service().language())
                                        .query(
                                                "pass_ticket",
                                                signedIn.credentials().passTicket()),
                                Service.MIB)))
                .map(answer -> SendBody.parse(ReturnCodes.body("webwxsendmsg", answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted("webwxsendmsg", body.ret()))
                .map(body -> new SendReceipt(body.id(), clientMsgId));
    }
}
