package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is a friend of an account, and how that changes. To be called from any thread. */
public final class SimFriends {

    /** What somebody thinks of the account. */
    public enum Attitude {
        /** Is a friend. */
        FRIENDLY,
        /** Deleted the account: sends to them bring "enabled friend confirmation". */
        DELETED,
        /** Blocked the account. */
        BLOCKED
    }

    /**
     * A call of webwxverifyuser.
     *
     * @param opcode 1 add, 2 request, 3 accept, 4 reject, 5 and 6 replies
     * @param who whom it was about
     * @param text what was written
     */
    public record Verification(int opcode, SimPeer who, String text) {}

    private final SimAccount account;
    private final Map<SimPeer, Attitude> attitudes = new HashMap<>();
    private final Set<SimPeer> asking = new HashSet<>();
    private final List<Verification> verifications = new ArrayList<>();
    private final Set<SimPeer> unreadable = new HashSet<>();
    private final Set<SimPeer> read = new HashSet<>();

    SimFriends(SimAccount account) {
        this.account = account;
    }

    /**
     * Lets somebody ask to become a friend; the account may accept with the ticket that comes along.
     *
     * @param stranger who asks
     * @param text what they write
     * @return the place of the message in the log
     */
    public long request(SimPeer stranger, String text) {
        synchronized (account) {
            asking.add(stranger);
        }
        return account.queue(EventMessages.friendRequest(stranger, text));
    }

    /**
     * Makes somebody a friend, as after both sides agreed: a contact change, then the text of the system.
     *
     * @param who a stranger, or a friend that was lost
     */
    public void confirm(SimPeer who) {
        synchronized (account) {
            asking.remove(who);
            attitudes.remove(who);
            account.people().add(who);
        }
        account.queue(SimMessage.contactChanged(who, Map.of("ContactFlag", 3)));
        if (who.kind() != SimPeer.Kind.OFFICIAL) {
            account.queue(SimMessage.system(who, account.language().friendConfirmed(account.nickName(who))));
        }
    }

    /**
     * Removes a friend or an official account, as on the phone.
     *
     * @param who whom
     */
    public void remove(SimPeer who) {
        account.queue(SimMessage.contactRemoved(who));
    }

    /**
     * Sets what somebody thinks of the account.
     *
     * @param who a friend
     * @param attitude friendly by default
     */
    public void feel(SimPeer who, Attitude attitude) {
        synchronized (account) {
            attitudes.put(who, attitude);
        }
    }

    /**
     * Makes every batch fail that asks about somebody, with -1.
     *
     * @param who whose record the service cannot read
     */
    public void makeUnreadable(SimPeer who) {
        synchronized (account) {
            unreadable.add(who);
        }
    }

    /**
     * Gives somebody another nickname: a contact change, or the Profile when it is the account itself.
     *
     * @param who a friend, an official account, a stranger, the account itself
     * @param nickName in plain text
     */
    public void rename(SimPeer who, String nickName) {
        synchronized (account) {
            account.people().rename(who, nickName);
        }
        account.queue(
                who.kind() == SimPeer.Kind.SELF
                        ? SimMessage.profileChanged()
                        : SimMessage.contactChanged(who, Map.of("NickName", WireText.encode(nickName))));
    }

    /**
     * Gives somebody another picture: a contact change, or the Profile, with another {@code seq} in HeadImgUrl.
     *
     * @param who a friend, an official account, a room, the account itself
     */
    public void changePicture(SimPeer who) {
        synchronized (account) {
            account.people().changePicture(who);
        }
        account.queue(
                who.kind() == SimPeer.Kind.SELF
                        ? SimMessage.profileChanged()
                        : SimMessage.contactChanged(who, Map.of()));
    }

    /** {@return the calls of webwxverifyuser that were taken, in order} */
    public List<Verification> verifications() {
        synchronized (account) {
            return List.copyOf(verifications);
        }
    }

    /** {@return the conversations a client marked as read} */
    public Set<SimPeer> read() {
        synchronized (account) {
            return Set.copyOf(read);
        }
    }

    /**
     * {@return the remark somebody has, in wire form}
     *
     * @param who a friend
     */
    public String remark(SimPeer who) {
        synchronized (account) {
            return account.people()
                    .changesOf(who)
                    .getOrDefault("RemarkName", ContactJson.remark(who))
                    .toString();
        }
    }

    /**
     * {@return whether a conversation is pinned}
     *
     * @param who a friend or a room
     */
    public boolean isPinned(SimPeer who) {
        synchronized (account) {
            Object flag = account.people().changesOf(who).get("ContactFlag");
            return flag instanceof Integer bits && (bits & ContactCalls.PINNED) != 0;
        }
    }

    /**
     * {@return every contact and room of the account as webwxbatchgetcontact would give it in the newest login: what a
     * client should know}
     */
    public List<Map<String, Object>> truth() {
        synchronized (account) {
            Session session = account.session();
            if (session == null) {
                return List.of();
            }
            Directory people = account.people();
            Set<SimPeer> all = new LinkedHashSet<>();
            for (int i = 0; i < people.addressBookSize(); i++) {
                all.add(people.addressBook(i));
            }
            all.addAll(people.recentChats());
            return all.stream()
                    .map(who -> ContactJson.detail(who, people, session.names()))
                    .toList();
        }
    }

    // what the endpoints use, lock held ------------------------------------------------------------------------------

    List<SimMessage> answerOf(SimPeer to) {
        return attitudes.getOrDefault(to, Attitude.FRIENDLY) == Attitude.FRIENDLY
                ? List.of()
                : List.of(SimMessage.system(to, account.language().notAFriend(account.nickName(to))));
    }

    int memberStatus(SimPeer who) {
        return switch (attitudes.getOrDefault(who, Attitude.FRIENDLY)) {
            case FRIENDLY -> 0;
            case DELETED -> 4;
            case BLOCKED -> 3;
        };
    }

    boolean isUnreadable(SimPeer who) {
        return unreadable.contains(who);
    }

    boolean isAsking(SimPeer who) {
        return asking.contains(who);
    }

    void stopAsking(SimPeer who) {
        asking.remove(who);
    }

    void verified(Verification verification) {
        verifications.add(verification);
    }

    void markRead(SimPeer peer) {
        read.add(peer);
    }
}
