package io.wxflux.options;

import java.util.Locale;

/** What an account asks of the service at a pace of its own. The service throttles (1205) each by itself. */
public enum Operation {
    /** Messages of every kind. */
    SEND,
    /** Files, pictures and films to be sent; all parts of one file are one. */
    UPLOAD,
    /** Asking somebody to become a friend, or following an official account. */
    FRIEND_REQUEST,
    /** Taking up somebody's request. */
    FRIEND_ACCEPT,
    /** Making a room. */
    ROOM_CREATE,
    /** Adding, inviting and removing members, renaming, leaving. */
    ROOM_CHANGE,
    /** Remarks and pins. */
    REMARK,
    /** Taking a message back. */
    RECALL,
    /** Telling the phone that a conversation was read. */
    MARK_READ,
    /** Looking for people by a keyword. */
    SEARCH,
    /** Asking whether a link is safe. */
    CHECK_URL,
    /** Statistics as the web page reports them. */
    REPORT;

    /** As it stands in logs, messages and events: {@code friend-request}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
