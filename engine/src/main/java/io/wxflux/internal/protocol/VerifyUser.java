package io.wxflux.internal.protocol;

import io.wxflux.internal.wire.BaseAnswer;
import io.wxflux.internal.wire.PeopleBodies;
import io.wxflux.model.Concealed;
import reactor.core.publisher.Mono;

/** PROTOCOL 12.1: webwxverifyuser, one person a call. */
public final class VerifyUser {
    private VerifyUser() {}

    /** What is asked about the person (OFF:7576-7581). */
    public enum Opcode {
        /** Follow an official account: it asks for no consent. */
        ADD(1),
        REQUEST(2),
        ACCEPT(3),
        REJECT(4);

        private final int number;

        Opcode(int number) {
            this.number = number;
        }
    }

    /**
     * Completes when the service took it.
     *
     * @param value a UserName or a handle
     * @param ticket what came with the name; may be empty
     * @param content what the other side reads; may be empty
     */
    public static Mono<Void> verify(
            SignedIn signedIn, Opcode opcode, Concealed value, Concealed ticket, String content) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(
                                signedIn.post(
                                                "webwxverifyuser",
                                                PeopleBodies.verifyUser(
                                                        signedIn.baseRequest(),
                                                        opcode.number,
                                                        value.reveal(),
                                                        ticket.reveal(),
                                                        content))
                                        .query("r", signedIn.service().stamps().now())
                                        .query("lang", signedIn.service().language())
                                        .query(
                                                "pass_ticket",
                                                signedIn.credentials().passTicket()),
                                Service.MIB)))
                .map(answer -> BaseAnswer.parse("webwxverifyuser", ReturnCodes.body("webwxverifyuser", answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted("webwxverifyuser", body.ret()))
                .then();
    }
}
