package io.wxflux.internal.protocol;

import io.wxflux.internal.wire.BaseAnswer;
import io.wxflux.internal.wire.PeopleBodies;
import io.wxflux.model.UserName;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** PROTOCOL 12.2: webwxoplog, what the account's owner notes about a contact. */
public final class Oplog {
    private Oplog() {}

    /** @param remark empty takes it away */
    public static Mono<Void> remark(SignedIn signedIn, UserName userName, String remark) {
        return ask(signedIn, () -> PeopleBodies.remark(signedIn.baseRequest(), userName, remark));
    }

    /** @param remark the one the contact has now, which the service sets anew with every pin */
    public static Mono<Void> pin(SignedIn signedIn, UserName userName, boolean pinned, String remark) {
        return ask(signedIn, () -> PeopleBodies.pin(signedIn.baseRequest(), userName, pinned, remark));
    }

    private static Mono<Void> ask(SignedIn signedIn, Supplier<byte[]> body) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(
                                signedIn.post("webwxoplog", body.get())
                                        .query("lang", signedIn.service().language())
                                        .query(
                                                "pass_ticket",
                                                signedIn.credentials().passTicket()),
                                Service.MIB)))
                .map(answer -> BaseAnswer.parse("webwxoplog", ReturnCodes.body("webwxoplog", answer)))
                .doOnNext(answer -> ReturnCodes.requireAccepted("webwxoplog", answer.ret()))
                .then();
    }
}
