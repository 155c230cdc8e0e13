package io.wxflux.internal.protocol;

import io.wxflux.internal.wire.PeopleBodies;
import io.wxflux.internal.wire.RoomBody;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** PROTOCOL 13: webwxupdatechatroom. <b>Emits</b> each time what the service says became of the people. */
public final class UpdateRoom {
    private static final String OPERATION = "webwxupdatechatroom";

    private UpdateRoom() {}

    /** Puts people into a room that takes them without asking. */
    public static Mono<RoomBody> add(SignedIn signedIn, UserName room, List<UserName> people) {
        return members(signedIn, "addmember", "AddMemberList", room, people);
    }

    /** Sends invitation cards, which a room of many members needs. */
    public static Mono<RoomBody> invite(SignedIn signedIn, UserName room, List<UserName> people) {
        return members(signedIn, "invitemember", "InviteMemberList", room, people);
    }

    /** The owner's only. */
    public static Mono<RoomBody> remove(SignedIn signedIn, UserName room, List<UserName> people) {
        return members(signedIn, "delmember", "DelMemberList", room, people);
    }

    public static Mono<RoomBody> rename(SignedIn signedIn, UserName room, String topic) {
        return update(signedIn, "modtopic", () -> PeopleBodies.renameRoom(signedIn.baseRequest(), room, topic));
    }

    public static Mono<RoomBody> quit(SignedIn signedIn, UserName room) {
        return update(signedIn, "quitchatroom", () -> PeopleBodies.quitRoom(signedIn.baseRequest(), room));
    }

    private static Mono<RoomBody> members(
            SignedIn signedIn, String fun, String field, UserName room, List<UserName> people) {
        return update(signedIn, fun, () -> PeopleBodies.changeMembers(signedIn.baseRequest(), room, field, people));
    }

    private static Mono<RoomBody> update(SignedIn signedIn, String fun, Supplier<byte[]> body) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(
                                signedIn.post(OPERATION, body.get())
                                        .query("fun", fun)
                                        .query("lang", signedIn.service().language())
                                        .query(
                                                "pass_ticket",
                                                signedIn.credentials().passTicket()),
                                4 * Service.MIB)))
                .map(answer -> RoomBody.parse(OPERATION, ReturnCodes.body(OPERATION, answer)))
                .doOnNext(answer -> ReturnCodes.requireAccepted(OPERATION + " " + fun, answer.ret()));
    }
}
