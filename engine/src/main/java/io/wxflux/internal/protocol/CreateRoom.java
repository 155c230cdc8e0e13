package io.wxflux.internal.protocol;

import io.wxflux.error.RequestRefusedException;
import io.wxflux.internal.wire.PeopleBodies;
import io.wxflux.internal.wire.RoomBody;
import io.wxflux.model.UserName;
import java.util.List;
import reactor.core.publisher.Mono;

/** PROTOCOL 13: webwxcreatechatroom. */
public final class CreateRoom {
    private static final String OPERATION = "webwxcreatechatroom";

    private CreateRoom() {}

    /**
     * <b>Emits</b> the answer, which names the room. <b>Errors</b> {@link RequestRefusedException} also for a Ret 0
     * without a room.
     *
     * @param members two or more others
     */
    public static Mono<RoomBody> create(SignedIn signedIn, List<UserName> members, String topic) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(
                                signedIn.post(
                                                OPERATION,
                                                PeopleBodies.createRoom(signedIn.baseRequest(), members, topic))
                                        .query("r", signedIn.service().stamps().now())
                                        .query("lang", signedIn.service().language())
                                        .query(
                                                "pass_ticket",
                                                signedIn.credentials().passTicket()),
                                4 * Service.MIB)))
                .map(answer -> RoomBody.parse(OPERATION, ReturnCodes.body(OPERATION, answer)))
                .doOnNext(body -> {
                    ReturnCodes.requireAccepted(OPERATION, body.ret());
                    if (!body.room().isRoom()) {
                        throw new RequestRefusedException(OPERATION
                                + " was answered with 0 and no room: the service does so where it does not let an"
                                + " account make rooms by the web");
                    }
                });
    }
}
