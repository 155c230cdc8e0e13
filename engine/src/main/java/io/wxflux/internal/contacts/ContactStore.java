package io.wxflux.internal.contacts;

import static java.util.Objects.requireNonNull;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.wire.LoginForm;
import io.wxflux.model.UserName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One account's contacts as documents: people in a fixed number of buckets, each room by itself, who is absent in buckets
 * as well. Read through the cache; written only by {@link Draft}, within the journal's turn.
 */
final class ContactStore {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.contacts");

    static final int BUCKETS = 64;
    static final String CONTACTS = "contacts/";
    static final String LOGIN = "contacts/login";

    private static final String PEOPLE = "contacts/people/";
    static final String ROOMS = "contacts/room/";
    private static final String ABSENT = "identities/";
    private static final int LONGEST_NAME = 150;

    private final AccountJournal journal;
    private final ContactCache cache;

    /** Rises with every commit: what was read before it may be old. */
    private final AtomicLong commits = new AtomicLong();

    /** Keys of documents that cannot be read any more, until they are written anew or removed. */
    private final Set<String> damaged = ConcurrentHashMap.newKeySet();

    private final AtomicReference<Sinks.Empty<Void>> damage = new AtomicReference<>(Sinks.empty());

    ContactStore(AccountJournal journal, ContactCache cache) {
        this.journal = journal;
        this.cache = cache;
    }

    static String people(UserName name) {
        return PEOPLE + bucket(name.value());
    }

    static String people(int bucket) {
        return PEOPLE + twoDigits(bucket);
    }

    static String absent(String stableId) {
        return ABSENT + bucket(stableId);
    }

    static String absent(int bucket) {
        return ABSENT + twoDigits(bucket);
    }

    /** String.hashCode is the same on every machine, but its low bits are poor. */
    private static String bucket(String name) {
        int hash = name.hashCode() * 0x9E3779B9;
        return twoDigits(hash >>> 26);
    }

    private static String twoDigits(int bucket) {
        return bucket < 10 ? "0" + bucket : Integer.toString(bucket);
    }

    /** The name where it can be part of a key, else its fingerprint. */
    static String room(UserName name) {
        String value = name.value();
        boolean fits = !value.isEmpty()
                && value.length() <= LONGEST_NAME
                && value.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '~');
        return ROOMS + (fits ? value : "~" + fingerprint(value));
    }

    /** 128 bits in hexadecimal digits that tell a text apart and do not tell the text. */
    static String fingerprint(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    Mono<Piece.Login> login() {
        return read(LOGIN, Piece.Login.class, Piece.Login::decode);
    }

    Mono<Piece.People> peopleAt(String key) {
        return read(key, Piece.People.class, Piece.People::decode);
    }

    Mono<Piece.Room> roomAt(String key) {
        return read(key, Piece.Room.class, Piece.Room::decode);
    }

    Mono<Piece.Absent> absentAt(String key) {
        return read(key, Piece.Absent.class, Piece.Absent::decode);
    }

    Mono<List<String>> keys(String prefix) {
        return journal.documentKeys(prefix);
    }

    /** From memory alone; null when it would have to be read. */
    <P extends Piece> @Nullable P inMemory(String key, Class<P> type) {
        Piece known = cache.get(this, key);
        return known == null ? null : type.cast(known);
    }

    private <P extends Piece> Mono<P> read(String key, Class<P> type, Function<byte @Nullable [], P> decoder) {
        return Mono.defer(() -> {
            P known = inMemory(key, type);
            if (known != null) {
                return Mono.just(known);
            }
            long before = commits.get();
            return document(key)
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .map(document -> {
                        P piece = decoder.apply(document.orElse(null));
                        cache.offer(this, key, piece, () -> commits.get() == before);
                        return piece;
                    });
        });
    }

    /** An answer that comes after a commit may be about what was written anew in it: then it is read once more. */
    private Mono<byte[]> document(String key) {
        return Mono.defer(() -> {
            long before = commits.get();
            return journal.document(key)
                    .onErrorResume(
                            CorruptStoreException.class,
                            error -> commits.get() == before ? aside(key, error) : document(key));
        });
    }

    /** What is in it is gone; but who they are the service knows, and is asked again. */
    private <T> Mono<T> aside(String key, CorruptStoreException error) {
        if (damaged.add(key)) {
            log.warn(
                    "{}: the document {} is put aside as if it were empty{}: {}",
                    journal.account(),
                    key,
                    key.startsWith(CONTACTS) ? ", and the address book is read anew" : "",
                    error.getMessage());
        }
        if (key.startsWith(CONTACTS)) {
            requireNonNull(damage.get()).tryEmitEmpty();
        }
        return Mono.empty();
    }

    /** Whether a part of the snapshot was lost, and that is not durable yet. */
    boolean isDamaged() {
        return damaged.stream().anyMatch(key -> key.startsWith(CONTACTS));
    }

    /** Completes when a part of the snapshot was found to be lost: the address book is to be read. Once for each time. */
    Mono<Void> damage() {
        return Mono.defer(() -> requireNonNull(damage.get()).asMono())
                .then(Mono.fromRunnable(() -> damage.set(Sinks.empty())));
    }

    /** What cannot be read is not written any more either: what is not replaced in this commit is removed with it. */
    void mend(Map<String, Piece> written, LoginForm login) {
        for (String key : damaged) {
            if (key.equals(LOGIN)) {
                written.putIfAbsent(key, Piece.Login.of(LoginForm.NONE));
            } else if (key.startsWith(ROOMS)) {
                written.putIfAbsent(key, Piece.Room.NONE);
            } else {
                written.putIfAbsent(key, key.startsWith(CONTACTS) ? Piece.People.NONE : Piece.Absent.NONE);
            }
        }
        if (isDamaged()) {
            written.putIfAbsent(LOGIN, Piece.Login.of(login));
        }
    }

    /** These are durable now. */
    void durable(Map<String, Piece> written) {
        commits.incrementAndGet();
        damaged.removeAll(written.keySet());
        written.forEach((key, piece) -> cache.put(this, key, piece));
    }

    void forget() {
        cache.forget(this);
    }
}
