package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.HostFamily;
import io.wxflux.internal.transport.HttpCall;
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
    public static Mono<SendReceipt> text(
            Service service,
            HostFamily hosts,
            Credentials credentials,
            UserName from,
            UserName to,
            String text,
            String clientMsgId) {
        return Mono.defer(() -> service.ask(HttpCall.post(
                                "webwxsendmsg",
                                hosts.api(),
                                Service.CGI + "/webwxsendmsg",
                                RequestBodies.sendText(
                                        credentials.baseRequest(service.stamps()), from, to, text, clientMsgId))
                        .query("lang", service.language())
                        .query("pass_ticket", credentials.passTicket())
                        .header("Referer", Service.referer(hosts.api()))
                        .header("Origin", Service.origin(hosts.api()))
                        .on(HttpCall.Lane.COMMAND, service.http().requestTimeout(), Service.MIB)))
                .map(answer -> SendBody.parse(ReturnCodes.body("webwxsendmsg", answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted("webwxsendmsg", body.ret()))
                .map(body -> new SendReceipt(body.id(), clientMsgId));
    }
}
