package io.wxflux.internal.session;

import io.wxflux.error.RequestRefusedException;
import io.wxflux.internal.journal.SerialGate;
import io.wxflux.internal.protocol.CreateRoom;
import io.wxflux.internal.protocol.SignedIn;
import io.wxflux.internal.protocol.UpdateRoom;
import io.wxflux.internal.session.RoomOutcomes.Judge;
import io.wxflux.internal.session.RoomOutcomes.Part;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.internal.wire.RoomBody;
import io.wxflux.model.Contact;
import io.wxflux.model.CreatedRoom;
import io.wxflux.model.RoomChange;
import io.wxflux.model.UserName;
import io.wxflux.options.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Making and changing rooms (PROTOCOL 13). */
public final class RoomCalls {
    /** No source says how many names one request may hold; a refusal should concern few. */
    private static final int PART = 40;

    /** Rooms share these lanes by hash: changes of one room happen one after the other, memory is bounded. */
    private static final int LANES = 16;

    private final Commands commands;
    private final int inviteStart;
    private final SerialGate[] lanes = new SerialGate[LANES];

    /** @param inviteStart from how many members on a room takes invitations only */
    RoomCalls(Commands commands, int inviteStart) {
        this.commands = commands;
        this.inviteStart = inviteStart;
        Arrays.setAll(lanes, lane -> new SerialGate());
    }

    /** As {@link io.wxflux.Rooms#create}. */
    public Mono<CreatedRoom> create(List<UserName> members, String topic) {
        return Mono.defer(() -> {
            List<UserName> people = GivenNames.people(members, 2);
            // The account itself is a member too; a room of two others can be made in any case.
            int most = Math.min(people.size(), Math.max(2, inviteStart - 2));
            List<UserName> first = people.subList(0, most);
            return commands.change(Operation.ROOM_CREATE, signedIn -> CreateRoom.create(signedIn, first, topic))
                    .flatMap(made -> filled(made, first, people.subList(most, people.size()), topic));
        });
    }

    private Mono<CreatedRoom> filled(RoomBody made, List<UserName> first, List<UserName> rest, String topic) {
        UserName room = made.room();
        // The room is there: whatever fails from here on is told by outcomes, so that its name is not lost.
        return after(room)
                .flatMap(read -> inParts(rest, true, (signedIn, part) -> UpdateRoom.invite(signedIn, room, part))
                        .map(invited -> {
                            var outcomes = new ArrayList<>(RoomOutcomes.of(
                                    List.of(Part.answered(first, made)), RoomOutcomes.added(read.orElse(null))));
                            outcomes.addAll(RoomOutcomes.of(invited, RoomOutcomes.invited()));
                            return new CreatedRoom(room, topic, outcomes);
                        }));
    }

    /** As {@link io.wxflux.Rooms#add}. */
    public Mono<RoomChange> add(UserName room, List<UserName> who) {
        return inTurn(room, () -> {
            List<UserName> people = GivenNames.people(who, 1);
            return takesInvitationsOnly(room, people)
                    .flatMap(invite -> invite
                            ? inParts(people, false, (signedIn, part) -> UpdateRoom.invite(signedIn, room, part))
                                    .map(parts -> new RoomChange(room, RoomOutcomes.of(parts, RoomOutcomes.invited())))
                            : change(
                                    room,
                                    people,
                                    (signedIn, part) -> UpdateRoom.add(signedIn, room, part),
                                    read -> RoomOutcomes.added(read.orElse(null))));
        });
    }

    /** The 40 rule, with the new ones counted. A room of unknown size is invited to, which every room takes. */
    private Mono<Boolean> takesInvitationsOnly(UserName room, List<UserName> people) {
        return commands.known(room)
                .filter(contact -> !contact.members().isEmpty())
                .switchIfEmpty(commands.read(room))
                .map(contact -> contact.members().isEmpty() || sizeWith(contact, people) >= inviteStart)
                .defaultIfEmpty(true);
    }

    private static long sizeWith(Contact room, List<UserName> people) {
        List<UserName> there =
                room.members().stream().map(Contact.Member::userName).toList();
        return Math.max(there.size(), room.memberCount())
                + people.stream().filter(person -> !there.contains(person)).count();
    }

    /** As {@link io.wxflux.Rooms#remove}. */
    public Mono<RoomChange> remove(UserName room, List<UserName> who) {
        return inTurn(
                room,
                () -> change(
                        room,
                        GivenNames.people(who, 1),
                        (signedIn, part) -> UpdateRoom.remove(signedIn, room, part),
                        read -> RoomOutcomes.removed(read.orElse(null))));
    }

    /** As {@link io.wxflux.Rooms#rename}. */
    public Mono<Void> rename(UserName room, String topic) {
        return inTurn(room, () -> {
            if (topic.isBlank()) {
                throw new IllegalArgumentException("a room cannot be given an empty name");
            }
            return commands.known(room)
                    .map(Contact::nickName)
                    .defaultIfEmpty(topic)
                    .flatMap(old -> commands.change(
                                    Operation.ROOM_CHANGE, signedIn -> UpdateRoom.rename(signedIn, room, topic))
                            .then(after(room, topic))
                            .flatMap(read -> keepsItsName(read, old, topic)
                                    ? Mono.error(new RequestRefusedException("webwxupdatechatroom modtopic was"
                                            + " answered with 0, but the room still has its old name: the service does"
                                            + " so where it does not let an account rename the room by the web"))
                                    : Mono.empty()));
        });
    }

    private static boolean keepsItsName(Optional<Contact> read, String old, String topic) {
        return !old.equals(topic)
                && read.map(Contact::nickName).filter(old::equals).isPresent();
    }

    /** As {@link io.wxflux.Rooms#quit}. */
    public Mono<Void> quit(UserName room) {
        return inTurn(
                room,
                () -> commands.change(Operation.ROOM_CHANGE, signedIn -> UpdateRoom.quit(signedIn, room))
                        .then(commands.forget(room)));
    }

    private interface Update {
        Mono<RoomBody> ask(SignedIn signedIn, List<UserName> people);
    }

    private Mono<RoomChange> change(
            UserName room, List<UserName> people, Update update, Function<Optional<Contact>, Judge> judge) {
        return inParts(people, false, update)
                .flatMap(parts ->
                        after(room).map(read -> new RoomChange(room, RoomOutcomes.of(parts, judge.apply(read)))));
    }

    /** @param begun whether something was done already, so that a failure is an outcome and no error */
    private Mono<List<Part>> inParts(List<UserName> people, boolean begun, Update update) {
        if (people.isEmpty()) {
            return Mono.just(List.of());
        }
        List<UserName> now = people.subList(0, Math.min(PART, people.size()));
        List<UserName> later = people.subList(now.size(), people.size());
        return commands.change(Operation.ROOM_CHANGE, signedIn -> update.ask(signedIn, now))
                .map(answer -> Part.answered(now, answer))
                .onErrorResume(error -> begun ? Mono.just(Part.failed(now, error)) : Mono.error(error))
                .flatMap(part -> part.answer() == null
                        ? Mono.just(List.of(part, Part.failed(later, null)))
                        : inParts(later, true, update)
                                .map(more -> Flux.concat(Flux.just(part), Flux.fromIterable(more)))
                                .flatMap(Flux::collectList));
    }

    /** The room as the service has it now, which is the only proof of what it did. */
    private Mono<Optional<Contact>> after(UserName room) {
        return commands.read(room).map(Optional::of).defaultIfEmpty(Optional.empty());
    }

    /** As {@link #after(UserName)}; what cannot be read is taken to have the topic that it was given. */
    private Mono<Optional<Contact>> after(UserName room, String topic) {
        return after(room)
                .flatMap(read -> read.isPresent()
                        ? Mono.just(read)
                        : commands.learn(ContactPatch.ofNickName(room, topic)).thenReturn(read));
    }

    private <T> Mono<T> inTurn(UserName room, Supplier<Mono<T>> operation) {
        return lanes[Math.floorMod(room.hashCode(), LANES)].inTurn(() -> {
            GivenNames.room(room);
            return operation.get();
        });
    }
}
