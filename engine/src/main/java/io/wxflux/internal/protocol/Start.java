package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.HostFamily;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.wire.BaseAnswer;
import io.wxflux.internal.wire.InitBody;
import io.wxflux.internal.wire.RequestBodies;
import io.wxflux.model.UserName;
import reactor.core.publisher.Mono;

/** PROTOCOL 6: webwxinit and webwxstatusnotify. */
public final class Start {
    /** StatusNotifyCode "initialised": the server then tells which chats the phone has. */
    private static final int INITED = 3;

    /** StatusNotifyCode "read": the phone takes its unread mark away. */
    private static final int READ = 1;

    private Start() {}

    public static Mono<InitBody> init(Service service, HostFamily hosts, Credentials credentials) {
        return Mono.defer(() -> service.ask(HttpCall.post(
                                "webwxinit",
                                hosts.api(),
                                Service.CGI + "/webwxinit",
                                RequestBodies.init(credentials.baseRequest(service.stamps())))
                        .query("r", service.stamps().notNow())
                        .query("lang", service.language())
                        .query("pass_ticket", credentials.passTicket())
                        .header("Referer", Service.referer(hosts.api()))
                        .header("Origin", Service.origin(hosts.api()))
                        .on(HttpCall.Lane.COMMAND, service.http().requestTimeout(), 16 * Service.MIB)))
                .map(answer -> InitBody.parse(ReturnCodes.body("webwxinit", answer)))
                .doOnNext(body -> ReturnCodes.requireOk("webwxinit", body.ret()));
    }

    /** Tells the service that this client is up. Optional for the session; its failure is the caller's to ignore. */
    public static Mono<Void> statusNotify(SignedIn signedIn) {
        return statusNotify(signedIn, INITED, signedIn.self());
    }

    /** Tells the phone that a conversation was read here. */
    public static Mono<Void> markRead(SignedIn signedIn, UserName conversation) {
        return statusNotify(signedIn, READ, conversation);
    }

    private static Mono<Void> statusNotify(SignedIn signedIn, int code, UserName to) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(
                                signedIn.post(
                                                "webwxstatusnotify",
                                                RequestBodies.statusNotify(
                                                        signedIn.baseRequest(),
                                                        code,
                                                        signedIn.self(),
                                                        to,
                                                        Long.toString(signedIn.service()
                                                                .stamps()
                                                                .now())))
                                        .query("lang", signedIn.service().language())
                                        .query(
                                                "pass_ticket",
                                                signedIn.credentials().passTicket()),
                                Service.MIB)))
                .map(answer -> BaseAnswer.parse("webwxstatusnotify", ReturnCodes.body("webwxstatusnotify", answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted("webwxstatusnotify", body.ret()))
                .then();
    }
}
