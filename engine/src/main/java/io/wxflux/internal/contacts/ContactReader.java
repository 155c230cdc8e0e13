package io.wxflux.internal.contacts;

import io.wxflux.internal.wire.LoginForm;
import io.wxflux.internal.wire.RequestBodies.ContactQuery;
import io.wxflux.model.Contact;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.Party;
import io.wxflux.model.UserName;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the snapshot, piece by piece: names for an event, somebody, everybody. */
public final class ContactReader {
    private final ContactStore store;

    ContactReader(ContactStore store) {
        this.store = store;
    }

    /**
     * The parties of a message, named as far as known.
     *
     * @param unknown what the service could be asked to name the others
     */
    public record Parties(
            Party from, Party to, Party sender, @Nullable Party room, Set<ContactQuery> unknown) {}

    /** From memory alone; null when something would have to be read first. */
    public @Nullable Parties inMemory(MessageHeader header) {
        Map<String, Piece> pieces = new HashMap<>();
        for (String key : keys(header)) {
            Piece piece = store.inMemory(key, Piece.class);
            if (piece == null) {
                return null;
            }
            pieces.put(key, piece);
        }
        return parties(header, pieces);
    }

    /** <b>Emits</b> the parties as the store knows them. */
    public Mono<Parties> read(MessageHeader header) {
        return Flux.fromIterable(keys(header))
                .concatMap(key -> piece(key).map(piece -> Map.entry(key, piece)), 0)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(pieces -> parties(header, pieces));
    }

    /** Without names: the account cannot be asked, or the store. */
    public static Parties nameless(MessageHeader header) {
        UserName room = header.room();
        return new Parties(
                Party.unknown(header.from()),
                Party.unknown(header.to()),
                Party.unknown(header.sender()),
                room == null ? null : Party.unknown(room),
                Set.of());
    }

    private Mono<? extends Piece> piece(String key) {
        return key.equals(ContactStore.LOGIN)
                ? store.login()
                : key.startsWith(ContactStore.ROOMS) ? store.roomAt(key) : store.peopleAt(key);
    }

    private static Set<String> keys(MessageHeader header) {
        Set<String> keys = new LinkedHashSet<>();
        keys.add(ContactStore.LOGIN);
        Stream.of(header.from(), header.to(), header.sender(), header.room())
                .filter(Objects::nonNull)
                .filter(name -> !name.isEmpty())
                .forEach(name -> keys.add(name.isRoom() ? ContactStore.room(name) : ContactStore.people(name)));
        return keys;
    }

    private static Parties parties(MessageHeader header, Map<String, Piece> pieces) {
        UserName room = header.room();
        Set<ContactQuery> unknown = new LinkedHashSet<>();
        return new Parties(
                party(header.from(), room, pieces, unknown),
                party(header.to(), room, pieces, unknown),
                party(header.sender(), room, pieces, unknown),
                room == null ? null : party(room, room, pieces, unknown),
                unknown);
    }

    private static Party party(
            UserName name, @Nullable UserName room, Map<String, Piece> pieces, Set<ContactQuery> unknown) {
        if (name.isEmpty()) {
            return Party.unknown(name);
        }
        if (name.isRoom()) {
            Contact contact = room(name, pieces).contact();
            if (contact == null) {
                unknown.add(ContactQuery.of(name));
                return Party.unknown(name);
            }
            return contact.party();
        }
        Piece.Room in = room == null ? Piece.Room.NONE : room(room, pieces);
        Contact.Member member = in.members().get(name);
        LoginForm login = Objects.requireNonNull((Piece.Login) pieces.get(ContactStore.LOGIN))
                .form();
        Contact contact = name.equals(login.self().userName())
                ? login.self()
                : Objects.requireNonNull((Piece.People) pieces.get(ContactStore.people(name)))
                        .byName()
                        .get(name);
        Party party = PartyNames.party(name, contact, member);
        if (party.nickName() == null && name.value().startsWith("@")) {
            boolean unknownRoom = in.contact() == null;
            unknown.add(room == null || unknownRoom ? ContactQuery.of(name) : new ContactQuery(name, room));
        }
        return party;
    }

    private static Piece.Room room(UserName name, Map<String, Piece> pieces) {
        return Objects.requireNonNull((Piece.Room) pieces.get(ContactStore.room(name)));
    }

    // the address book -----------------------------------------------------------------------------------------------

    public Mono<Contact> find(UserName name) {
        if (name.isEmpty()) {
            return Mono.empty();
        }
        if (name.isRoom()) {
            return store.roomAt(ContactStore.room(name)).mapNotNull(Piece.Room::contact);
        }
        return store.login()
                .flatMap(login -> name.equals(login.form().self().userName())
                        ? Mono.just(login.form().self())
                        : store.peopleAt(ContactStore.people(name))
                                .mapNotNull(people -> people.byName().get(name)));
    }

    /** <b>Emits</b> whether the whole address book was read in this login: whoever is not in it then, is not there. */
    public Mono<Boolean> isWhole() {
        return store.login().map(login -> login.form().filled());
    }

    /** People first, then rooms, one document after the other as they are asked for. */
    public Flux<Contact> all() {
        Flux<Contact> people = Flux.range(0, ContactStore.BUCKETS)
                .concatMap(bucket -> store.peopleAt(ContactStore.people(bucket)), 0)
                .concatMapIterable(bucket -> bucket.byName().values(), 1);
        Flux<Contact> rooms = store.keys(ContactStore.ROOMS)
                .flatMapIterable(keys -> keys)
                .concatMap(store::roomAt, 0)
                .mapNotNull(Piece.Room::contact);
        return people.concatWith(rooms);
    }
}
