package io.wxflux;

import io.wxflux.internal.session.RoomCalls;
import io.wxflux.internal.session.Session;
import io.wxflux.model.CreatedRoom;
import io.wxflux.model.RoomChange;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Rooms in whichever session is open when somebody subscribes. */
final class SessionRooms implements Rooms {
    private final Supplier<Session> session;

    SessionRooms(Supplier<Session> session) {
        this.session = session;
    }

    private RoomCalls calls() {
        return session.get().rooms();
    }

    @Override
    public Mono<CreatedRoom> create(List<UserName> members, String topic) {
        return Mono.defer(() -> calls().create(members, topic));
    }

    @Override
    public Mono<RoomChange> add(UserName room, List<UserName> people) {
        return Mono.defer(() -> calls().add(room, people));
    }

    @Override
    public Mono<RoomChange> remove(UserName room, List<UserName> people) {
        return Mono.defer(() -> calls().remove(room, people));
    }

    @Override
    public Mono<Void> rename(UserName room, String topic) {
        return Mono.defer(() -> calls().rename(room, topic));
    }

    @Override
    public Mono<Void> quit(UserName room) {
        return Mono.defer(() -> calls().quit(room));
    }
}
