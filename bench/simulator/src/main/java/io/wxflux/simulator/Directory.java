package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everybody one account knows. Contacts are worked out from their number when they are asked for, so that thousands of
 * accounts cost nothing; only what a scenario changed is kept. Guarded by the account's lock.
 */
final class Directory {

    static final List<String> BUILT_INS = List.of("filehelper", "fmessage", "weixin", "newsapp", "medianote");

    private static final int BUILT_IN_IDS = 1_000_000_000;
    private static final int STRANGER_IDS = 1_100_000_000;
    private static final int MADE_ROOM_IDS = 1_200_000_000;
    private static final int OTHER_OFFICIAL_IDS = 1_300_000_000;
    private static final int MANY = 100_000_000;

    private final SimAccountSpec spec;
    private final long seed;
    private final Map<SimPeer, Map<String, Object>> changes = new HashMap<>();
    private final Map<SimPeer, String> plainNames = new HashMap<>();
    private final Map<SimPeer, Integer> pictures = new HashMap<>();
    private final Map<Integer, RoomState> states = new HashMap<>();
    private final Set<SimPeer> added = new LinkedHashSet<>();
    private final Set<SimPeer> removed = new HashSet<>();
    private int madeRooms;
    private @Nullable List<SimPeer> alteredBook;

    Directory(SimAccountSpec spec) {
        this.spec = spec;
        this.seed = Ids.mix(spec.uin());
    }

    /** Whether somebody of that name ever existed for this account, as a contact or not. */
    boolean has(SimPeer peer) {
        return switch (peer.kind()) {
            case SELF -> true;
            case FRIEND -> within(peer.index(), spec.friends());
            case OFFICIAL, STRANGER -> within(peer.index(), MANY);
            case ROOM -> within(peer.index(), spec.rooms() + madeRooms);
            case MEMBER -> {
                RoomState state = states.get(peer.index());
                yield state == null
                        ? within(peer.index(), spec.rooms()) && within(peer.member(), spec.membersPerRoom())
                        : state.everHad(peer.member());
            }
            case BUILT_IN -> BUILT_INS.contains(peer.name());
        };
    }

    private static boolean within(int index, int count) {
        return index >= 1 && index <= count;
    }

    /** Says who really is behind a room member: oneself, a friend, or a stranger known from the room alone. */
    SimPeer resolve(SimPeer peer) {
        RoomState state = states.get(peer.index());
        return peer.kind() == SimPeer.Kind.MEMBER && state != null && state.everHad(peer.member())
                ? state.who(peer.member())
                : original(peer);
    }

    private SimPeer original(SimPeer peer) {
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
            case OFFICIAL ->
                peer.index() <= spec.officials() ? officials + peer.index() : OTHER_OFFICIAL_IDS + peer.index();
            case ROOM -> peer.index() <= spec.rooms() ? rooms + peer.index() : MADE_ROOM_IDS + peer.index();
            case MEMBER -> strangers + (peer.index() - 1) * spec.membersPerRoom() + peer.member();
            case BUILT_IN -> BUILT_IN_IDS + BUILT_INS.indexOf(peer.name());
            case STRANGER -> STRANGER_IDS + peer.index();
        };
    }

    private @Nullable SimPeer peerOf(int id) {
        if (id >= OTHER_OFFICIAL_IDS) {
            return SimPeer.official(id - OTHER_OFFICIAL_IDS);
        } else if (id >= MADE_ROOM_IDS) {
            return SimPeer.room(id - MADE_ROOM_IDS);
        } else if (id >= STRANGER_IDS) {
            return SimPeer.stranger(id - STRANGER_IDS);
        }
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
        int room = member / spec.membersPerRoom() + 1;
        return within(room, spec.rooms()) ? SimPeer.member(room, member % spec.membersPerRoom() + 1) : null;
    }

    String userName(UserNames names, SimPeer peer) {
        return nameOf(names, resolve(peer));
    }

    private String nameOf(UserNames names, SimPeer who) {
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
        return peer != null
                        && has(original(peer))
                        && nameOf(names, original(peer)).equals(userName)
                ? peer
                : null;
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
        return changed != null ? changed.toString() : WireText.encode(plainName(who));
    }

    /** The nickname as people read it; a name changed in wire form only is not known here. */
    String plainName(SimPeer peer) {
        SimPeer who = resolve(peer);
        String changed = plainNames.get(who);
        if (changed != null) {
            return changed;
        }
        return who.kind() == SimPeer.Kind.SELF ? spec.nickName() : Names.of(who, Ids.mix(seed ^ idOf(who)));
    }

    /** Renames somebody; the change of the record is {@link #change}'s. */
    void rename(SimPeer peer, String plain) {
        plainNames.put(resolve(peer), plain);
    }

    /** What a friend request of somebody has to be answered with. */
    String ticket(SimPeer peer) {
        return "v2_" + hex(peer, 11, 8) + "@stranger";
    }

    /** The name somebody has in cards, requests and searches. */
    String encryptedName(SimPeer peer) {
        return "v1_" + hex(peer, 29, 5) + "@stranger";
    }

    private String hex(SimPeer peer, int salt, int words) {
        long token = Ids.mix(seed + salt + idOf(resolve(peer)));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(String.format("%016x", Ids.mix(token + i)));
        }
        return text.toString();
    }

    /** The number of somebody's picture, which changes with it. */
    int pictureOf(SimPeer peer) {
        SimPeer who = resolve(peer);
        return 600_000 + who.index() + 1_000 * pictures.getOrDefault(who, 0);
    }

    void changePicture(SimPeer peer) {
        pictures.merge(resolve(peer), 1, Integer::sum);
    }

    void change(SimPeer peer, Map<String, Object> fields) {
        changes.computeIfAbsent(resolve(peer), unused -> new LinkedHashMap<>()).putAll(fields);
    }

    Map<String, Object> changesOf(SimPeer peer) {
        return changes.getOrDefault(resolve(peer), Map.of());
    }

    /** Whether somebody is in the address book, or a room is one that the account is in. */
    boolean isContact(SimPeer peer) {
        SimPeer who = resolve(peer);
        if (removed.contains(who)) {
            return false;
        }
        return switch (who.kind()) {
            case STRANGER -> added.contains(who);
            case OFFICIAL -> who.index() <= spec.officials() || added.contains(who);
            case MEMBER -> false;
            default -> has(who);
        };
    }

    void add(SimPeer peer) {
        removed.remove(peer);
        if (!isContact(peer)) {
            added.add(peer);
        }
        alteredBook = null;
    }

    void remove(SimPeer peer) {
        removed.add(peer);
        added.remove(peer);
        alteredBook = null;
    }

    // rooms ----------------------------------------------------------------------------------------------------------

    /** The room in a form that can be changed. */
    RoomState state(SimPeer room) {
        return states.computeIfAbsent(room.index(), index -> {
            List<SimPeer> who = new ArrayList<>();
            for (int number = 1; number <= spec.membersPerRoom(); number++) {
                who.add(original(SimPeer.member(index, number)));
            }
            return new RoomState(who, 2);
        });
    }

    SimPeer makeRoom(List<SimPeer> others) {
        SimPeer room = SimPeer.room(spec.rooms() + ++madeRooms);
        List<SimPeer> who = new ArrayList<>();
        who.add(SimPeer.self());
        others.forEach(other -> who.add(resolve(other)));
        states.put(room.index(), new RoomState(who, 1));
        return room;
    }

    int ownerOf(SimPeer room) {
        RoomState state = states.get(room.index());
        return state == null ? 2 : state.owner();
    }

    boolean isSavedRoom(SimPeer room) {
        return room.index() <= spec.rooms() && room.index() % 2 == 1;
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
        for (int i = 1; i <= madeRooms; i++) {
            recent.add(SimPeer.room(spec.rooms() + i));
        }
        recent.removeAll(removed);
        return recent;
    }

    /** How many entries the address book has; see {@link #addressBook}. */
    int addressBookSize() {
        return added.isEmpty() && removed.isEmpty() ? originalSize() : altered().size();
    }

    private int originalSize() {
        return BUILT_INS.size() + spec.officials() + spec.friends() + (spec.rooms() + 1) / 2;
    }

    /** The entry at a position of the address book: built-ins, official accounts, friends, saved rooms, new ones. */
    SimPeer addressBook(int position) {
        return added.isEmpty() && removed.isEmpty()
                ? originalEntry(position)
                : altered().get(position);
    }

    private List<SimPeer> altered() {
        List<SimPeer> book = alteredBook;
        if (book == null) {
            book = new ArrayList<>();
            for (int i = 0; i < originalSize(); i++) {
                SimPeer entry = originalEntry(i);
                if (!removed.contains(entry)) {
                    book.add(entry);
                }
            }
            book.addAll(added);
            alteredBook = book;
        }
        return book;
    }

    private SimPeer originalEntry(int position) {
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
        RoomState state = states.get(room.index());
        for (int i = 1; state == null && i <= spec.membersPerRoom(); i++) {
            members.add(SimPeer.member(room.index(), i));
        }
        if (state != null) {
            state.numbers().forEach(number -> members.add(SimPeer.member(room.index(), number)));
        }
        return members;
    }
}
