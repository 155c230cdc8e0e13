package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everybody one account knows. Contacts are worked out from their number when they are asked for, so that thousands of
 * accounts cost nothing; only what a scenario changed is kept. Guarded by the account's lock.
 */
final class Directory {

    static final List<String> BUILT_INS = List.of("filehelper", "fmessage", "weixin", "newsapp", "medianote");

    private static final int BUILT_IN_IDS = 1_000_000_000;

    private final SimAccountSpec spec;
    private final long seed;
    private final Map<SimPeer, Map<String, Object>> changes = new HashMap<>();

    Directory(SimAccountSpec spec) {
        this.spec = spec;
        this.seed = Ids.mix(spec.uin());
    }

    /** Whether such a contact exists for this account. */
    boolean has(SimPeer peer) {
        return switch (peer.kind()) {
            case SELF -> true;
            case FRIEND -> within(peer.index(), spec.friends());
            case OFFICIAL -> within(peer.index(), spec.officials());
            case ROOM -> within(peer.index(), spec.rooms());
            case MEMBER -> within(peer.index(), spec.rooms()) && within(peer.member(), spec.membersPerRoom());
            case BUILT_IN -> BUILT_INS.contains(peer.name());
        };
    }

    private static boolean within(int index, int count) {
        return index >= 1 && index <= count;
    }

    /** Says who really is behind a room member: oneself, a friend, or a stranger known from the room alone. */
    SimPeer resolve(SimPeer peer) {
        if (peer.kind() != SimPeer.Kind.MEMBER) {
            return peer;
        }
        if (peer.member() == 1) {
            return SimPeer.self();
        }
        int half = peer.member() / 2;
        if (peer.member() % 2 == 0 && half <= spec.friends()) {
            return SimPeer.friend((peer.index() + half) % spec.friends() + 1);
        }
        return peer;
    }

    private int idOf(SimPeer peer) {
        int officials = spec.friends();
        int rooms = officials + spec.officials();
        int strangers = rooms + spec.rooms();
        return switch (peer.kind()) {
            case SELF -> 0;
            case FRIEND -> peer.index();
            case OFFICIAL -> officials + peer.index();
            case ROOM -> rooms + peer.index();
            case MEMBER -> strangers + (peer.index() - 1) * spec.membersPerRoom() + peer.member();
            case BUILT_IN -> BUILT_IN_IDS + BUILT_INS.indexOf(peer.name());
        };
    }

    private @Nullable SimPeer peerOf(int id) {
        int officials = spec.friends();
        int rooms = officials + spec.officials();
        int strangers = rooms + spec.rooms();
        if (id == 0) {
            return SimPeer.self();
        } else if (id <= officials) {
            return SimPeer.friend(id);
        } else if (id <= rooms) {
            return SimPeer.official(id - officials);
        } else if (id <= strangers) {
            return SimPeer.room(id - rooms);
        }
        int member = id - strangers - 1;
        SimPeer peer = SimPeer.member(member / spec.membersPerRoom() + 1, member % spec.membersPerRoom() + 1);
        return has(peer) ? peer : null;
    }

    String userName(UserNames names, SimPeer peer) {
        SimPeer who = resolve(peer);
        int id = idOf(who);
        return switch (who.kind()) {
            case BUILT_IN -> who.name();
            case ROOM -> names.room(id);
            default -> names.person(id, id % 3 != 0);
        };
    }

    @Nullable
    SimPeer find(UserNames names, String userName) {
        if (BUILT_INS.contains(userName)) {
            return SimPeer.builtIn(userName);
        }
        int id = names.idOf(userName);
        if (id < 0) {
            return null;
        }
        SimPeer peer = peerOf(id);
        return peer != null && userName(names, peer).equals(userName) ? peer : null;
    }

    /** The id that never changes and that the web sees only inside XML. */
    String realId(SimPeer peer) {
        SimPeer who = resolve(peer);
        long token = Ids.mix(seed + idOf(who));
        return switch (who.kind()) {
            case BUILT_IN -> who.name();
            case ROOM -> (token >>> 30) % 89_999_999_999L + 10_000_000_000L + "@chatroom";
            case OFFICIAL -> "gh_" + Long.toHexString(token | 1L << 63).substring(0, 12);
            default -> "wxid_" + Long.toString(token >>> 1, 36) + "22";
        };
    }

    /** The nickname as the wire carries it. */
    String wireName(SimPeer peer) {
        SimPeer who = resolve(peer);
        Object changed = changes.getOrDefault(who, Map.of()).get("NickName");
        if (changed != null) {
            return changed.toString();
        }
        return who.kind() == SimPeer.Kind.SELF
                ? WireText.encode(spec.nickName())
                : WireText.encode(Names.of(who, Ids.mix(seed ^ idOf(who))));
    }

    void change(SimPeer peer, Map<String, Object> fields) {
        changes.computeIfAbsent(resolve(peer), unused -> new LinkedHashMap<>()).putAll(fields);
    }

    Map<String, Object> changesOf(SimPeer peer) {
        return changes.getOrDefault(resolve(peer), Map.of());
    }

    boolean isSavedRoom(SimPeer room) {
        return room.index() % 2 == 1;
    }

    /** The phone's chat list: the file helper, some friends, all rooms up to a bound. */
    List<SimPeer> recentChats() {
        List<SimPeer> recent = new ArrayList<>();
        recent.add(SimPeer.fileHelper());
        for (int i = 1; i <= Math.min(spec.friends(), 5); i++) {
            recent.add(SimPeer.friend(i));
        }
        for (int i = 1; i <= Math.min(spec.rooms(), 20); i++) {
            recent.add(SimPeer.room(i));
        }
        return recent;
    }

    /** How many entries the address book has; see {@link #addressBook}. */
    int addressBookSize() {
        return BUILT_INS.size() + spec.officials() + spec.friends() + (spec.rooms() + 1) / 2;
    }

    /** The entry at a position of the address book: built-ins, official accounts, friends, saved rooms. */
    SimPeer addressBook(int position) {
        int at = position;
        if (at < BUILT_INS.size()) {
            return SimPeer.builtIn(BUILT_INS.get(at));
        }
        at -= BUILT_INS.size();
        if (at < spec.officials()) {
            return SimPeer.official(at + 1);
        }
        at -= spec.officials();
        if (at < spec.friends()) {
            return SimPeer.friend(at + 1);
        }
        return SimPeer.room((at - spec.friends()) * 2 + 1);
    }

    List<SimPeer> members(SimPeer room) {
        List<SimPeer> members = new ArrayList<>();
        for (int i = 1; i <= spec.membersPerRoom(); i++) {
            members.add(SimPeer.member(room.index(), i));
        }
        return members;
    }
}
