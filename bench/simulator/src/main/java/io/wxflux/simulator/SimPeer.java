package io.wxflux.simulator;

import java.util.Locale;

/**
 * Somebody an account talks with, named so that it outlives a login: {@code self}, {@code friend:3}, {@code official:1},
 * {@code room:2}, {@code member:2:5} (the fifth member of the second room), {@code stranger:4} or a built-in such as
 * {@code filehelper}.
 *
 * @param kind what it is
 * @param index its number, counted from 1; of a member, the room's number
 * @param member the member's number in the room, else 0
 * @param name the fixed name of a built-in, else empty
 */
public record SimPeer(Kind kind, int index, int member, String name) {

    /** The kinds of peers. */
    public enum Kind {
        /** The account itself. */
        SELF,
        /** A friend. */
        FRIEND,
        /** An official account. */
        OFFICIAL,
        /** A chat room. */
        ROOM,
        /** A member of a room, friend or not. */
        MEMBER,
        /** Somebody who is no contact, or was none at first. */
        STRANGER,
        /** One of the service's own accounts. */
        BUILT_IN
    }

    /** {@return the account itself} */
    public static SimPeer self() {
        return new SimPeer(Kind.SELF, 0, 0, "");
    }

    /**
     * {@return a friend}
     *
     * @param index from 1
     */
    public static SimPeer friend(int index) {
        return new SimPeer(Kind.FRIEND, index, 0, "");
    }

    /**
     * {@return an official account}
     *
     * @param index from 1
     */
    public static SimPeer official(int index) {
        return new SimPeer(Kind.OFFICIAL, index, 0, "");
    }

    /**
     * {@return a room}
     *
     * @param index from 1
     */
    public static SimPeer room(int index) {
        return new SimPeer(Kind.ROOM, index, 0, "");
    }

    /**
     * {@return a member of a room; member 1 is the account itself}
     *
     * @param room the room's number, from 1
     * @param member from 1
     */
    public static SimPeer member(int room, int member) {
        return new SimPeer(Kind.MEMBER, room, member, "");
    }

    /**
     * {@return somebody who is no contact, or was none at first: who sends friend requests, is found or shared as a card}
     *
     * @param index from 1
     */
    public static SimPeer stranger(int index) {
        return new SimPeer(Kind.STRANGER, index, 0, "");
    }

    /** {@return the file transfer helper} */
    public static SimPeer fileHelper() {
        return builtIn("filehelper");
    }

    /**
     * {@return one of the service's own accounts}
     *
     * @param name its fixed name
     */
    public static SimPeer builtIn(String name) {
        return new SimPeer(Kind.BUILT_IN, 0, 0, name);
    }

    /**
     * Reads what {@link #toString()} writes.
     *
     * @param text such as {@code friend:3}
     * @return the peer
     * @throws IllegalArgumentException when it names nobody
     */
    public static SimPeer parse(String text) {
        String[] parts = text.split(":", -1);
        try {
            return switch (parts[0].toLowerCase(Locale.ROOT)) {
                case "self" -> self();
                case "friend" -> friend(Integer.parseInt(parts[1]));
                case "official" -> official(Integer.parseInt(parts[1]));
                case "room" -> room(Integer.parseInt(parts[1]));
                case "stranger" -> stranger(Integer.parseInt(parts[1]));
                case "member" -> member(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
                default -> {
                    if (!Directory.BUILT_INS.contains(text)) {
                        throw new IllegalArgumentException("not a peer: " + text);
                    }
                    yield builtIn(text);
                }
            };
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException malformed) {
            throw new IllegalArgumentException("not a peer: " + text, malformed);
        }
    }

    @Override
    public String toString() {
        return switch (kind) {
            case SELF -> "self";
            case BUILT_IN -> name;
            case MEMBER -> "member:" + index + ":" + member;
            default -> kind.name().toLowerCase(Locale.ROOT) + ":" + index;
        };
    }
}
