package io.wxflux.model;

/** What a message is. The suffix is part of the event type {@code wx.message.<suffix>} and is never renamed. */
public enum MessageKind {
    TEXT("text"),
    IMAGE("image"),
    VOICE("voice"),
    VIDEO("video"),
    SHORT_VIDEO("short-video"),
    EMOTICON("emoticon"),
    LOCATION("location"),
    CARD("card"),
    LINK("link"),
    MUSIC("music"),
    FILE("file"),
    MINI_PROGRAM("mini-program"),
    QUOTE("quote"),
    CHAT_HISTORY("chat-history"),
    TRANSFER("transfer"),
    RED_PACKET("red-packet"),
    CHANNELS("channels"),
    SYSTEM("system"),
    RECALL("recall"),
    FRIEND_REQUEST("friend-request"),
    STATUS_NOTIFY("status-notify"),
    VOIP("voip"),
    PAT("pat"),
    ROOM_TODO("room-todo"),
    GROUP_NOTICE("group-notice"),
    LIVE_LOCATION("live-location"),
    POSSIBLE_FRIEND("possible-friend"),
    APP("app"),
    UNKNOWN("unknown");

    private final String suffix;

    MessageKind(String suffix) {
        this.suffix = suffix;
    }

    public String suffix() {
        return suffix;
    }
}
