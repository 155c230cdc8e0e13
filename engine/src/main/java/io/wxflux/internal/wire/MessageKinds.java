package io.wxflux.internal.wire;

import io.wxflux.model.MessageKind;

/** What the type numbers mean (PROTOCOL 9.3 and 9.4). */
final class MessageKinds {
    static final int TEXT = 1;
    static final int APP = 49;
    static final int STATUS_NOTIFY = 51;
    static final int NOTICE = 9999;
    static final int SYSTEM = 10000;
    static final int SYSTEM_XML = 10002;

    private static final String NEWS_ACCOUNT = "newsapp";

    private MessageKinds() {}

    static MessageKind of(Envelope envelope) {
        return envelope.msgType() == TEXT ? ofText(envelope) : of(envelope.msgType(), envelope.appMsgType());
    }

    /** By the numbers alone, which is all that messages within messages have. */
    static MessageKind of(int msgType, int appMsgType) {
        return switch (msgType) {
            case TEXT -> MessageKind.TEXT;
            case 3 -> MessageKind.IMAGE;
            case 34 -> MessageKind.VOICE;
            case 37 -> MessageKind.FRIEND_REQUEST;
            case 40 -> MessageKind.POSSIBLE_FRIEND;
            case 42 -> MessageKind.CARD;
            case 43, 44 -> MessageKind.VIDEO;
            case 47 -> MessageKind.EMOTICON;
            case 48 -> MessageKind.LOCATION;
            case APP -> ofApp(appMsgType);
            case 50, 52, 53 -> MessageKind.VOIP;
            case STATUS_NOTIFY -> MessageKind.STATUS_NOTIFY;
            case 62 -> MessageKind.SHORT_VIDEO;
            case NOTICE, SYSTEM -> MessageKind.SYSTEM;
            default -> MessageKind.UNKNOWN;
        };
    }

    /** Places, red packets and the news come as texts. */
    private static MessageKind ofText(Envelope envelope) {
        if (envelope.subMsgType() == 48) {
            return MessageKind.LOCATION;
        }
        if (envelope.appMsgType() == 2001) {
            return MessageKind.RED_PACKET;
        }
        return envelope.from().value().equals(NEWS_ACCOUNT) ? MessageKind.LINK : MessageKind.TEXT;
    }

    private static MessageKind ofApp(int appMsgType) {
        return switch (appMsgType) {
            case 2 -> MessageKind.IMAGE;
            case 3 -> MessageKind.MUSIC;
            case 4, 5 -> MessageKind.LINK;
            case 6 -> MessageKind.FILE;
            case 8 -> MessageKind.EMOTICON;
            case 17 -> MessageKind.LIVE_LOCATION;
            case 19 -> MessageKind.CHAT_HISTORY;
            case 33, 36 -> MessageKind.MINI_PROGRAM;
            case 51 -> MessageKind.CHANNELS;
            case 53 -> MessageKind.GROUP_NOTICE;
            case 57 -> MessageKind.QUOTE;
            case 2000 -> MessageKind.TRANSFER;
            case 2001 -> MessageKind.RED_PACKET;
            case 0, 1, 7, 9, 10, 13, 15, 16, 100001 -> MessageKind.APP;
            default -> MessageKind.UNKNOWN;
        };
    }

    /** By the {@code datatype} of a message in a chat history; the numbers are its own. */
    static MessageKind ofRecord(int dataType) {
        return switch (dataType) {
            case 1 -> MessageKind.TEXT;
            case 2 -> MessageKind.IMAGE;
            case 3 -> MessageKind.VOICE;
            case 4 -> MessageKind.VIDEO;
            case 5 -> MessageKind.LINK;
            case 6 -> MessageKind.LOCATION;
            case 8 -> MessageKind.FILE;
            case 16 -> MessageKind.CARD;
            case 17 -> MessageKind.CHAT_HISTORY;
            case 19 -> MessageKind.MINI_PROGRAM;
            default -> MessageKind.UNKNOWN;
        };
    }

    /** By the {@code type} of a {@code sysmsg}. */
    static MessageKind ofSysmsg(String type) {
        return switch (type) {
            case "revokemsg" -> MessageKind.RECALL;
            case "pat" -> MessageKind.PAT;
            case "todo", "roomtoolstips" -> MessageKind.ROOM_TODO;
            case "sysmsgtemplate", "delchatroommember", "roomtips" -> MessageKind.SYSTEM;
            default -> MessageKind.UNKNOWN;
        };
    }
}
