package io.wxflux.model;

/** What a contact is. */
public enum ContactKind {
    /** A friend. */
    PERSON,
    /** A chat room, saved to the address book or not. */
    ROOM,
    /** An official account: bit 8 of VerifyFlag, whatever the others say (PROTOCOL 7.5). */
    OFFICIAL,
    /** An account of the service itself, such as {@code filehelper}: its UserName is a word. */
    BUILT_IN,
    /** Somebody who is not in the address book: known from a room, or a friend that was removed. */
    STRANGER
}
