package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rooms of an account, and how they change: the contact change first, then what the system says. */
public final class SimRooms {

    /**
     * An invitation that a client sent.
     *
     * @param room to which room
     * @param who whom
     */
    public record Invitation(SimPeer room, SimPeer who) {}

    private final SimAccount account;
    private final List<Invitation> invitations = new ArrayList<>();

    SimRooms(SimAccount account) {
        this.account = account;
    }

    /**
     * Makes a room that the account owns.
     *
     * @param others friends or strangers
     * @param topic its name, or empty
     * @return the room
     */
    public SimPeer create(List<SimPeer> others, String topic) {
        SimPeer room;
        synchronized (account) {
            room = account.people().makeRoom(others);
            account.people().rename(room, topic);
        }
        changed(room, Map.of("NickName", WireText.encode(topic)));
        say(room, account.language().invited(null, names(others)));
        return room;
    }

    /**
     * Lets somebody join by an invitation.
     *
     * @param room the room
     * @param who a friend or a stranger
     * @param inviter a member, or null for the account itself
     * @return the new member
     */
    public SimPeer join(SimPeer room, SimPeer who, @Nullable SimPeer inviter) {
        SimPeer member = add(room, who);
        changed(room, Map.of());
        say(room, account.language().invited(inviter == null ? null : account.nickName(inviter), names(List.of(who))));
        return member;
    }

    /**
     * Lets somebody join by the QR code of a member.
     *
     * @param room the room
     * @param who a friend or a stranger
     * @param owner whose code
     * @return the new member
     */
    public SimPeer joinByCode(SimPeer room, SimPeer who, SimPeer owner) {
        SimPeer member = add(room, who);
        changed(room, Map.of());
        say(room, account.language().joinedByCode(account.nickName(who), account.nickName(owner)));
        return member;
    }

    private SimPeer add(SimPeer room, SimPeer who) {
        synchronized (account) {
            return SimPeer.member(
                    room.index(),
                    account.people().state(room).add(account.people().resolve(who)));
        }
    }

    /**
     * Lets a member leave without a word: only the list of members tells.
     *
     * @param member whom
     */
    public void leaveQuietly(SimPeer member) {
        SimPeer room = SimPeer.room(member.index());
        synchronized (account) {
            account.people().state(room).remove(member.member());
        }
        changed(room, Map.of());
    }

    /**
     * Removes a member by the account itself.
     *
     * @param member whom
     */
    public void remove(SimPeer member) {
        leaveQuietly(member);
        say(SimPeer.room(member.index()), account.language().youRemoved(account.nickName(member)));
    }

    /**
     * Removes the account itself from a room; the room stays in the list until it is deleted.
     *
     * @param room the room
     */
    public void removeSelf(SimPeer room) {
        String owner;
        synchronized (account) {
            owner = account.nickName(
                    SimPeer.member(room.index(), account.people().ownerOf(room)));
            account.people().state(room).remove(1);
        }
        changed(room, Map.of());
        say(room, account.language().removedYou(owner));
    }

    /**
     * Renames a room.
     *
     * @param room the room
     * @param topic in plain text
     * @param by a member, or null for the account itself
     */
    public void rename(SimPeer room, String topic, @Nullable SimPeer by) {
        synchronized (account) {
            account.people().rename(room, topic);
        }
        changed(room, Map.of("NickName", WireText.encode(topic)));
        say(room, account.language().renamed(by == null ? null : account.nickName(by), topic));
    }

    /**
     * Gives a room to a member; member 1 is the account itself.
     *
     * @param member the new owner
     */
    public void own(SimPeer member) {
        SimPeer room = SimPeer.room(member.index());
        synchronized (account) {
            account.people().state(room).owner(member.member());
        }
        changed(room, Map.of());
    }

    /**
     * Takes a room away: the account left it.
     *
     * @param room the room
     */
    public void quit(SimPeer room) {
        account.queue(SimMessage.contactRemoved(room));
    }

    /**
     * {@return who is in a room now}
     *
     * @param room the room
     */
    public List<SimPeer> members(SimPeer room) {
        synchronized (account) {
            return account.people().members(room);
        }
    }

    /** {@return the invitations clients sent} */
    public List<Invitation> invitations() {
        synchronized (account) {
            return List.copyOf(invitations);
        }
    }

    void invited(SimPeer room, SimPeer who) {
        invitations.add(new Invitation(room, who));
    }

    private List<String> names(List<SimPeer> who) {
        return who.stream().map(account::nickName).toList();
    }

    private void changed(SimPeer room, Map<String, Object> fields) {
        account.queue(SimMessage.contactChanged(room, fields));
    }

    private void say(SimPeer room, String text) {
        account.queue(SimMessage.system(room, text));
    }
}
