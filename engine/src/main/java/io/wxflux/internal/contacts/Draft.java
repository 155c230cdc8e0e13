package io.wxflux.internal.contacts;

import static java.util.Objects.requireNonNull;

import io.wxflux.event.ContactEvent;
import io.wxflux.event.EventHead;
import io.wxflux.internal.wire.LoginForm;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactKind;
import io.wxflux.model.StableId;
import io.wxflux.model.UserName;
import io.wxflux.shard.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The next state of an account's contacts, made in the journal's turn: the documents it touches are read first, then
 * changed here, then become durable together with the events that tell of it. Used by one thread at a time.
 */
final class Draft {
    /** In each bucket; who was gone first is forgotten first. */
    private static final int MOST_ABSENT = 256;

    private final ContactStore store;
    private final Supplier<EventHead> heads;
    private final Map<String, Piece> read = new HashMap<>();
    private final Map<String, Map<UserName, Contact>> people = new LinkedHashMap<>();
    private final Map<String, Piece.Room> rooms = new LinkedHashMap<>();
    private final Map<String, Map<String, Contact>> absent = new LinkedHashMap<>();
    private final List<Supplier<ContactEvent>> told = new ArrayList<>();
    private final List<ContactEvent> events = new ArrayList<>();
    private final Set<UserName> added = new HashSet<>();
    private @Nullable LoginForm login;
    private boolean everything;

    Draft(ContactStore store, Supplier<EventHead> heads) {
        this.store = store;
        this.heads = heads;
    }

    // reading --------------------------------------------------------------------------------------------------------

    /** What is needed to look at and change these. */
    Mono<Draft> with(Collection<UserName> names) {
        Set<String> keys = new LinkedHashSet<>();
        names.forEach(name -> keys.add(name.isRoom() ? ContactStore.room(name) : ContactStore.people(name)));
        return read(ContactStore.LOGIN).thenMany(readAll(keys)).then(Mono.just(this));
    }

    /** What is needed to put those of these away who have an id. */
    Mono<Draft> withAbsent(Collection<UserName> names) {
        Set<String> keys = new LinkedHashSet<>();
        for (UserName name : names) {
            Contact contact = find(name);
            StableId id = contact == null ? null : contact.stableId();
            if (id != null) {
                keys.add(ContactStore.absent(id.value()));
            }
        }
        return readAll(keys).then(Mono.just(this));
    }

    /** All people, all rooms, and who is absent: whoever is to be recognised may be anybody. */
    Mono<Draft> withEverything() {
        return store.keys(ContactStore.ROOMS).flatMap(roomKeys -> {
            var keys = new ArrayList<String>(2 * ContactStore.BUCKETS + roomKeys.size());
            IntStream.range(0, ContactStore.BUCKETS).forEach(bucket -> {
                keys.add(ContactStore.people(bucket));
                keys.add(ContactStore.absent(bucket));
            });
            keys.addAll(roomKeys);
            return read(ContactStore.LOGIN).thenMany(readAll(keys)).then(Mono.fromSupplier(() -> {
                everything = true;
                return this;
            }));
        });
    }

    private Flux<Piece> readAll(Collection<String> keys) {
        return Flux.fromIterable(keys).concatMap(this::read, 0);
    }

    private Mono<Piece> read(String key) {
        Piece known = read.get(key);
        if (known != null) {
            return Mono.just(known);
        }
        Mono<? extends Piece> piece = key.equals(ContactStore.LOGIN)
                ? store.login()
                : key.startsWith(ContactStore.ROOMS)
                        ? store.roomAt(key)
                        : key.startsWith(ContactStore.CONTACTS) ? store.peopleAt(key) : store.absentAt(key);
        return piece.map(value -> {
            read.put(key, value);
            return value;
        });
    }

    boolean hasEverything() {
        return everything;
    }

    private <P extends Piece> P piece(String key, Class<P> type) {
        return type.cast(requireNonNull(read.get(key), () -> key + " was not read: a bug, please report it"));
    }

    LoginForm login() {
        if (login != null) {
            return login;
        }
        LoginForm form = piece(ContactStore.LOGIN, Piece.Login.class).form();
        // With a part of it lost nothing that comes is news, until everything was read again.
        return form.filled() && store.isDamaged() ? new LoginForm(form.login(), false, form.self()) : form;
    }

    @Nullable
    Contact find(UserName name) {
        if (name.isRoom()) {
            return room(ContactStore.room(name)).contact();
        }
        String key = ContactStore.people(name);
        Map<UserName, Contact> changed = people.get(key);
        return (changed != null ? changed : piece(key, Piece.People.class).byName()).get(name);
    }

    private Piece.Room room(String key) {
        Piece.Room changed = rooms.get(key);
        // When everything was read, what was not read is not there.
        return changed != null
                ? changed
                : everything && !read.containsKey(key) ? Piece.Room.NONE : piece(key, Piece.Room.class);
    }

    /** As {@link #find}, of people; null also for whom nothing was read of. */
    @Nullable
    Contact known(UserName name) {
        return name.isRoom() || !read.containsKey(ContactStore.people(name)) ? null : find(name);
    }

    /** Everybody there is; only {@link #withEverything()}. */
    List<Contact> all() {
        var all = new ArrayList<Contact>();
        var keys = new LinkedHashSet<>(read.keySet());
        keys.addAll(rooms.keySet());
        for (String key : keys) {
            if (key.startsWith(ContactStore.ROOMS)) {
                Contact room = room(key).contact();
                if (room != null) {
                    all.add(room);
                }
            } else if (key.startsWith(ContactStore.CONTACTS) && !key.equals(ContactStore.LOGIN)) {
                Map<UserName, Contact> changed = people.get(key);
                all.addAll((changed != null
                                ? changed
                                : piece(key, Piece.People.class).byName())
                        .values());
            }
        }
        return all;
    }

    /** Who is absent; only {@link #withEverything()}. */
    List<Contact> absent() {
        var all = new ArrayList<Contact>();
        for (int bucket = 0; bucket < ContactStore.BUCKETS; bucket++) {
            String key = ContactStore.absent(bucket);
            Map<String, Contact> changed = absent.get(key);
            all.addAll(
                    (changed != null ? changed : piece(key, Piece.Absent.class).byId()).values());
        }
        return all;
    }

    // changing -------------------------------------------------------------------------------------------------------

    void put(Contact contact) {
        UserName name = contact.userName();
        if (name.isRoom()) {
            rooms.put(ContactStore.room(name), Piece.Room.of(contact));
        } else {
            bucket(name).put(name, contact);
        }
    }

    void remove(UserName name) {
        if (name.isRoom()) {
            rooms.put(ContactStore.room(name), Piece.Room.NONE);
        } else {
            bucket(name).remove(name);
        }
    }

    private Map<UserName, Contact> bucket(UserName name) {
        return people.computeIfAbsent(
                ContactStore.people(name),
                key -> new LinkedHashMap<>(piece(key, Piece.People.class).byName()));
    }

    /** Somebody who has an id is not there any more; known again, they get it back. */
    void absent(Contact gone) {
        StableId id = gone.stableId();
        // Built-in accounts have the same name in every login: there is nothing to recognise, and nobody else is one.
        if (id != null && gone.kind() != ContactKind.BUILT_IN) {
            Map<String, Contact> bucket = absentees(id);
            bucket.put(id.value(), Recognition.hints(gone));
            if (bucket.size() > MOST_ABSENT) {
                bucket.remove(bucket.keySet().iterator().next());
            }
        }
    }

    /** Somebody absent is there again. */
    void present(StableId id) {
        absentees(id).remove(id.value());
    }

    private Map<String, Contact> absentees(StableId id) {
        return absent.computeIfAbsent(
                ContactStore.absent(id.value()),
                key -> new LinkedHashMap<>(piece(key, Piece.Absent.class).byId()));
    }

    void login(LoginForm form) {
        login = form;
    }

    /** Forgets every contact, to begin anew; who is absent stays. */
    void clear() {
        for (Map.Entry<String, Piece> entry : read.entrySet()) {
            String key = entry.getKey();
            if (key.startsWith(ContactStore.ROOMS)) {
                rooms.put(key, Piece.Room.NONE);
            } else if (key.startsWith(ContactStore.CONTACTS) && !key.equals(ContactStore.LOGIN)) {
                people.put(key, new LinkedHashMap<>());
            }
        }
    }

    /** The event is made at the end, when everybody has their id: it may use {@link #withId}. */
    void tell(Function<EventHead, ContactEvent> event) {
        told.add(() -> event.apply(heads.get()));
    }

    /** Somebody is told of for the first time, with the id they have in the end. */
    void added(UserName name) {
        added.add(name);
    }

    boolean isAdded(UserName name) {
        return added.contains(name);
    }

    /** As it is to be told: who was added here comes with the id that recognition has given them since. */
    Contact withId(Contact contact) {
        Contact last = isAdded(contact.userName()) ? find(contact.userName()) : null;
        return last == null ? contact : contact.withStableId(last.stableId(), last.realId());
    }

    // the end --------------------------------------------------------------------------------------------------------

    /** What is to be told; only when nothing is changed any more. */
    List<ContactEvent> events() {
        told.forEach(event -> events.add(event.get()));
        told.clear();
        return events;
    }

    /** What is to be made durable: documents that are as they were are left out. */
    Map<String, Piece> written() {
        Map<String, Piece> written = new LinkedHashMap<>();
        people.forEach((key, contacts) -> {
            if (!contacts.equals(piece(key, Piece.People.class).byName())) {
                written.put(key, Piece.People.of(contacts.values()));
            }
        });
        rooms.forEach((key, room) -> {
            if (!room.equals(read.getOrDefault(key, Piece.Room.NONE))) {
                written.put(key, room);
            }
        });
        absent.forEach((key, contacts) -> {
            if (!contacts.equals(piece(key, Piece.Absent.class).byId())) {
                written.put(key, Piece.Absent.of(contacts.values()));
            }
        });
        if (login != null) {
            written.put(ContactStore.LOGIN, Piece.Login.of(login));
        }
        store.mend(written, login());
        return written;
    }

    static List<Document> documents(Map<String, Piece> written) {
        return written.entrySet().stream()
                .map(entry -> new Document(entry.getKey(), entry.getValue().encoded()))
                .toList();
    }
}
