package io.wxflux.internal.contacts;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.AccountJournal.Update;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.internal.wire.LoginForm;
import io.wxflux.internal.wire.RequestBodies.ContactQuery;
import io.wxflux.internal.wire.SyncBody;
import io.wxflux.model.Contact;
import io.wxflux.model.StableId;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The contacts of one account: what the service tells of them becomes, in the journal's turn, the next snapshot in the
 * store and the events that say what changed.
 */
public final class AccountContacts {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration TRY_AGAIN = Duration.ofMinutes(10);
    private static final int MOST_TRIED = 2_000;

    private final AccountJournal journal;
    private final ContactStore store;
    private final Supplier<EventHead> heads;
    private final RandomGenerator random;
    private final Scheduler scheduler;

    /** Names that nobody could tell, and when they were asked for: not again with every message. */
    private final Map<ContactQuery, Long> tried = new ConcurrentHashMap<>();

    private volatile @Nullable ContactQuestions questions;
    private volatile UserName self = UserName.NONE;

    /** False while a new login has not replaced the last one's snapshot, whose names are good for old events only. */
    private volatile boolean current = true;

    /** What answers are collected for; cleared in the journal's turn, where it is looked at. */
    private volatile @Nullable Fill fill;

    /** What is read beside the cycle; told, in the journal's turn, of what changes meanwhile. */
    private volatile @Nullable Fill reading;

    /** Whether the service told of the account itself since the session began. */
    private volatile boolean toldOfSelf;

    public AccountContacts(
            AccountJournal journal,
            ContactCache cache,
            Supplier<EventHead> heads,
            RandomGenerator random,
            Scheduler scheduler) {
        this.journal = journal;
        this.store = new ContactStore(journal, cache);
        this.heads = heads;
        this.random = random;
        this.scheduler = scheduler;
    }

    /** Whom there is, for those who only look. */
    public ContactReader reader() {
        return new ContactReader(store);
    }

    public boolean isCurrent() {
        return current;
    }

    /** Whom to ask; null while there is no session. */
    public @Nullable ContactQuestions questions() {
        ContactQuestions now = questions;
        return now == null || now.isClosed() ? null : now;
    }

    /** Completes when a part of the snapshot was found to be lost, so that the address book is to be read again. */
    public Mono<Void> damage() {
        return store.damage();
    }

    /** The account is gone: its share of the cache is given back. */
    public void forget() {
        store.forget();
    }

    /**
     * A reading of the address book, empty so far.
     *
     * @param secret tells logins apart, and is kept as a fingerprint only
     * @param first what init brought
     */
    public Fill fill(
            String secret, Uin uin, UserName name, String nickName, String headImageUrl, List<ContactPatch> first) {
        Contact self = ContactPatch.self(name, nickName, headImageUrl)
                .withStableId(new StableId("u-" + uin, StableId.Confidence.CERTAIN), "");
        return new Fill(ContactStore.fingerprint(name + " " + secret), self, first);
    }

    /** <b>Emits</b> whether the address book was read in this login before. */
    public Mono<Boolean> isKnown(Fill of) {
        return store.login().map(login -> of.isOf(login.form()) && login.form().filled());
    }

    /**
     * A session begins.
     *
     * @param first its first reading, for which answers are collected until it is finished; null when there is none
     */
    public void begin(ContactQuestions asks, UserName name, @Nullable Fill first) {
        fill = first;
        reading = null;
        toldOfSelf = false;
        current = first == null;
        self = name;
        questions = asks;
        tried.clear();
    }

    /** The address book begins to be read again, beside the cycle; to be followed by {@link #finish}, unless that fails. */
    public void reading(Fill again) {
        reading = again;
    }

    /**
     * Asks for names that an event lacks. <b>Emits</b> nothing; completes when they are in the snapshot, or after 2 s. Null
     * when it is of no use to wait: nobody can be asked, or it was tried not long ago, even if the answer is still to come.
     *
     * @param of the account's name in the login that the event is of: names of another mean nothing to this one
     */
    public @Nullable Mono<Void> introduce(Set<ContactQuery> unknown, UserName of) {
        ContactQuestions asked = questions();
        if (unknown.isEmpty() || asked == null || !of.equals(self)) {
            return null;
        }
        long now = steady();
        List<ContactQuery> worth = unknown.stream()
                .filter(query -> !asked.isLeftOut(query) && isDue(query, now))
                .toList();
        if (worth.isEmpty()) {
            return null;
        }
        if (asked.isResting()) {
            // Else every stranger would hold the messages behind theirs up, for as long as the pause lasts.
            worth.forEach(asked::ask);
            return null;
        }
        return Mono.when(worth.stream().map(asked::answer).toList())
                .timeout(LONGEST_WAIT, Mono.empty(), scheduler)
                .doFinally(signal -> tried(worth, steady()));
    }

    /** Milliseconds of a clock that nobody sets. */
    private long steady() {
        return TimeUnit.NANOSECONDS.toMillis(scheduler.now(TimeUnit.NANOSECONDS));
    }

    private boolean isDue(ContactQuery query, long now) {
        Long last = tried.get(query);
        return last == null || now - last > TRY_AGAIN.toMillis();
    }

    private void tried(List<ContactQuery> queries, long now) {
        if (tried.size() > MOST_TRIED) {
            tried.clear();
        }
        queries.forEach(query -> tried.put(query, now));
    }

    /** How many people and rooms there are. */
    public record Count(int people, int rooms) {}

    /** <b>Emits</b> how many there are now. */
    public Mono<Count> count() {
        return reader().all()
                .reduce(
                        new Count(0, 0),
                        (sum, contact) -> new Count(
                                sum.people() + (contact.isInAddressBook() && !contact.isRoom() ? 1 : 0),
                                sum.rooms() + (contact.isRoom() ? 1 : 0)));
    }

    /**
     * Makes what was read the snapshot. <b>Errors</b> as the journal's.
     *
     * @param ready the event that goes with it; null for none
     */
    public Mono<Void> finish(Fill read, @Nullable Function<Count, AccountEvent> ready) {
        return journal.update(() -> new Draft(store, heads).withEverything().map(draft -> {
            fill = null;
            read.into(draft, random, reading == read, toldOfSelf);
            reading = null;
            var events = new ArrayList<AccountEvent>(draft.events());
            if (ready != null) {
                events.add(ready.apply(count(draft)));
            }
            Update update = update(draft, events);
            return new Update(update.events(), update.documents(), () -> {
                update.onDurable().run();
                current = true;
            });
        }));
    }

    private static Count count(Draft draft) {
        int people = 0;
        int rooms = 0;
        for (Contact contact : draft.all()) {
            rooms += contact.isRoom() ? 1 : 0;
            people += !contact.isRoom() && contact.isInAddressBook() ? 1 : 0;
        }
        return new Count(people, rooms);
    }

    private Update update(Draft draft, List<? extends AccountEvent> events) {
        Map<String, Piece> written = draft.written();
        return new Update(events, Draft.documents(written), () -> store.durable(written));
    }

    /** Answers of webwxbatchgetcontact. */
    public Mono<Void> answered(ContactQuestions.Answers answers) {
        return journal.update(() -> {
            List<ContactPatch> contacts = answers.contacts().stream()
                    .filter(contact -> !answers.overtaken().test(contact.userName()))
                    .toList();
            Fill filling = fill;
            if (filling != null) {
                contacts.forEach(filling::answer);
                return Mono.just(Update.NONE);
            }
            List<UserName> names = names(contacts);
            return new Draft(store, heads)
                    .with(names)
                    .flatMap(draft -> draft.with(strange(draft, contacts)))
                    .flatMap(draft -> isEverythingNeeded(draft, contacts, Proof.Evidence.NONE)
                            ? draft.withEverything()
                            : Mono.just(draft))
                    .map(draft -> {
                        boolean silent = !draft.login().filled();
                        var changes = new Changes(draft, silent, room -> {});
                        contacts.forEach(contact -> changes.apply(contact, Changes.Source.ANSWER));
                        recognise(draft, Proof.Evidence.NONE);
                        return update(draft, draft.events());
                    });
        });
    }

    /**
     * What a command of ours changed: taken as the service will tell it by webwxsync, only sooner. <b>Errors</b> as the
     * journal's.
     */
    public Mono<Void> changed(List<ContactPatch> modified, List<UserName> deleted) {
        return journal.update(() -> synced(SyncBody.ofContacts(modified, deleted), self));
    }

    /** What one webwxsync says of contacts; to be called in the journal's turn. The order is that of PROTOCOL 8.2, rule 6. */
    public Mono<Update> synced(SyncBody body, UserName self) {
        Proof.Evidence evidence = Proof.in(body.messages(), self);
        List<UserName> names = names(body.modified());
        names.addAll(body.deleted());
        names.addAll(evidence.chats());
        evidence.proofs().forEach(proof -> names.add(proof.name()));
        if (names.isEmpty() && body.profile() == null) {
            return Mono.just(Update.NONE);
        }
        return new Draft(store, heads)
                .with(names)
                .flatMap(draft -> draft.withAbsent(body.deleted()))
                .flatMap(draft -> isEverythingNeeded(draft, body.modified(), evidence)
                        ? draft.withEverything()
                        : Mono.just(draft))
                .map(draft -> {
                    synced(draft, body, evidence);
                    return update(draft, draft.events());
                });
    }

    private void synced(Draft draft, SyncBody body, Proof.Evidence evidence) {
        ContactQuestions asked = questions();
        var changes = new Changes(draft, !draft.login().filled(), room -> {
            if (asked != null) {
                asked.ask(ContactQuery.of(room));
            }
        });
        Fill read = reading;
        if (read != null) {
            body.deleted().forEach(read::overtake);
            body.modified().forEach(contact -> read.overtake(contact.userName()));
        }
        if (body.profile() != null) {
            toldOfSelf = true;
            changes.profile(body.profile());
        }
        for (UserName gone : body.deleted()) {
            if (asked != null) {
                asked.withdraw(gone);
            }
            changes.removed(gone);
        }
        for (ContactPatch contact : body.modified()) {
            if (asked != null) {
                asked.overtake(contact.userName());
            }
            changes.apply(contact, Changes.Source.CHANGE);
        }
        for (Proof proof : evidence.proofs()) {
            String nickName = proof.nickName();
            if (nickName != null && draft.find(proof.name()) == null) {
                draft.put(Contact.named(proof.name()).withNickName(nickName).withStableId(null, proof.realId()));
            }
        }
        recognise(draft, evidence);
        for (UserName chat : evidence.chats()) {
            boolean isNews =
                    chat.isRoom() && draft.find(chat) == null && !body.deleted().contains(chat);
            if (asked != null && isNews) {
                asked.ask(ContactQuery.of(chat));
            }
        }
    }

    /** Hints are weighed against everybody, so not before everybody was read once. */
    private void recognise(Draft draft, Proof.Evidence evidence) {
        if (draft.hasEverything() && draft.login().filled()) {
            var recognition = new Recognition(draft, random, false);
            recognition.recogniseAll();
            evidence.proofs().forEach(proof -> recognition.proven(proof.name(), proof.realId()));
        }
    }

    private static boolean isEverythingNeeded(Draft draft, List<ContactPatch> contacts, Proof.Evidence evidence) {
        LoginForm login = draft.login();
        if (!login.filled()) {
            return false;
        }
        for (ContactPatch patch : contacts) {
            if (Recognition.isDue(patch.onto(draft.find(patch.userName())))) {
                return true;
            }
        }
        for (Proof proof : evidence.proofs()) {
            Contact contact = draft.find(proof.name());
            if (contact != null && !Recognition.isProven(contact, proof.realId())) {
                return true;
            }
        }
        return false;
    }

    private static List<UserName> names(List<ContactPatch> contacts) {
        var names = new ArrayList<UserName>();
        contacts.forEach(contact -> names.add(contact.userName()));
        return names;
    }

    /** Members who seem to have come or gone: what is told of them should have their names. */
    private static List<UserName> strange(Draft draft, List<ContactPatch> contacts) {
        var strange = new ArrayList<UserName>();
        for (ContactPatch patch : contacts) {
            Contact room = patch.userName().isRoom() ? draft.find(patch.userName()) : null;
            List<Contact.Member> listed = patch.members();
            if (room != null && listed != null && !room.members().isEmpty()) {
                var before = new HashSet<UserName>();
                room.members().forEach(member -> before.add(member.userName()));
                for (Contact.Member member : listed) {
                    if (!before.remove(member.userName())) {
                        strange.add(member.userName());
                    }
                }
                strange.addAll(before);
            }
        }
        return strange;
    }
}
