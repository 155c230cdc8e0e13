package io.wxflux.internal.contacts;

import io.wxflux.internal.wire.ContactPage;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.internal.wire.LoginForm;
import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * A reading of the whole address book: collected from init, pages and answers, then put into the store at once, so that a
 * crash in between leaves nothing half read. Written by the session's chain and in the journal's turn, one after the other.
 */
public final class Fill {
    private final String login;
    private final Contact self;
    private final List<ContactPatch> first;

    /** A page may still come in while a reading that took too long is finished with what there is. */
    private final List<ContactPatch> listed = new CopyOnWriteArrayList<>();

    private final List<ContactPatch> answers = new ArrayList<>();

    /** Who was changed or removed while this was read: what is read of them may be older. */
    private final Set<UserName> overtaken = ConcurrentHashMap.newKeySet();

    private volatile boolean complete;

    Fill(String login, Contact self, List<ContactPatch> first) {
        this.login = login;
        this.self = self;
        this.first = first;
    }

    void overtake(UserName name) {
        overtaken.add(name);
    }

    public void page(ContactPage page) {
        listed.addAll(page.contacts());
        complete = page.seq() == 0;
    }

    /** Whether the service said that there is no further page. */
    public boolean isComplete() {
        return complete;
    }

    /** The rooms among those seen so far. */
    public Set<UserName> rooms() {
        Set<UserName> rooms = new HashSet<>();
        first.forEach(contact -> addRoom(rooms, contact));
        listed.forEach(contact -> addRoom(rooms, contact));
        return rooms;
    }

    private static void addRoom(Set<UserName> rooms, ContactPatch contact) {
        if (contact.userName().isRoom()) {
            rooms.add(contact.userName());
        }
    }

    void answer(ContactPatch contact) {
        answers.add(contact);
    }

    boolean isOf(LoginForm form) {
        return form.login().equals(login);
    }

    /**
     * Puts it all into a draft that has everything.
     *
     * @param later whether the cycle ran since init: what init told is older than the snapshot then
     * @param toldOfSelf whether the service told of the account itself since init
     */
    void into(Draft draft, RandomGenerator random, boolean later, boolean toldOfSelf) {
        LoginForm known = draft.login();
        boolean complete = this.complete;
        boolean goesOn = isOf(known);
        if (!goesOn) {
            draft.all().forEach(draft::absent);
            draft.clear();
        }
        boolean silent = !goesOn || !known.filled();
        var changes = new Changes(draft, silent, room -> {});
        if (!later) {
            first.forEach(contact -> changes.apply(contact, Changes.Source.CHANGE));
        }
        for (ContactPatch contact : listed) {
            if (!overtaken.contains(contact.userName())) {
                changes.apply(contact, Changes.Source.PAGE);
            }
        }
        answers.forEach(contact -> changes.apply(contact, Changes.Source.ANSWER));
        // An empty book is what lost cookies look like (PROTOCOL 7.1); a real one has built-in accounts.
        if (complete && goesOn && !listed.isEmpty()) {
            missing(draft).forEach(changes::removed);
        }
        boolean filled = complete || goesOn && known.filled();
        draft.login(new LoginForm(login, filled, goesOn ? known.self() : self));
        if (goesOn && !toldOfSelf) {
            changes.self(self);
        }
        if (filled) {
            new Recognition(draft, random, silent).recogniseAll();
        }
    }

    /** Who was in the address book and is not any more. Built-in accounts and rooms need not be listed. */
    private List<UserName> missing(Draft draft) {
        Set<UserName> there = new HashSet<>(overtaken);
        first.forEach(contact -> there.add(contact.userName()));
        listed.forEach(contact -> there.add(contact.userName()));
        return draft.all().stream()
                .filter(contact -> !contact.isRoom() && contact.isInAddressBook())
                .map(Contact::userName)
                .filter(name -> name.value().startsWith("@") && !there.contains(name))
                .toList();
    }
}
