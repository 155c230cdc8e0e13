package io.wxflux.simulator;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something the service has for an account: a message, or a change of a contact.
 *
 * <p>People are {@link SimPeer}s, and content and fields may name them as <code>${friend:3}</code> (the UserName),
 * <code>${id:friend:3}</code> (the id that never changes), <code>${name:friend:3}</code> (the nickname in wire form) or
 * <code>${xname:friend:3}</code> (the nickname inside XML); <code>${id:sender}</code> and <code>${id:receiver}</code> are
 * whoever wrote and received it, <code>${msgid}</code> is its MsgId. All that is filled in when the message is served,
 * because UserNames change with every login. What names nobody stays as it is.
 *
 * @param kind message, changed contact or removed contact
 * @param msgType the service's number of the kind of message
 * @param from who sent it; of a change, whom it is about
 * @param to who received it
 * @param member in a room, the member who wrote; else null
 * @param text what a judge compares: the plain text
 * @param content the wire form of Content, without the sender prefix
 * @param fields more fields of the message or contact, replacing the usual values
 * @param selector what synccheck answers when this is the first thing waiting
 * @param media what a download by its MsgId brings, or null
 */
public record SimMessage(
        Kind kind,
        int msgType,
        SimPeer from,
        SimPeer to,
        @Nullable SimPeer member,
        String text,
        String content,
        Map<String, Object> fields,
        int selector,
        @Nullable SimMedia media) {

    /** The member of a message object that says when load was due, in microseconds since 1970. */
    public static final String STAMP = "LoadStamp";

    /** The list of webwxsync it is served in. */
    public enum Kind {
        /** AddMsgList. */
        MESSAGE,
        /** ModContactList. */
        CONTACT_CHANGED,
        /** DelContactList. */
        CONTACT_REMOVED,
        /** The Profile of the account itself. */
        PROFILE_CHANGED
    }

    /** Checks and copies. */
    public SimMessage {
        fields = Map.copyOf(fields);
    }

    /**
     * {@return a text from a friend, or from anybody who writes to the account itself}
     *
     * @param from who writes
     * @param text plain text; escaped by the simulator as the service does
     */
    public static SimMessage text(SimPeer from, String text) {
        return message(1, from, SimPeer.self(), null, text, WireText.encode(text), Map.of());
    }

    /**
     * {@return a text of a room member}
     *
     * @param member {@link SimPeer#member(int, int)}; member 1 is the account itself
     * @param text plain text
     */
    public static SimMessage roomText(SimPeer member, String text) {
        if (member.member() == 1) {
            return ownText(SimPeer.room(member.index()), text);
        }
        SimPeer room = SimPeer.room(member.index());
        return message(1, room, SimPeer.self(), member, text, WireText.encode(text), Map.of());
    }

    /**
     * {@return a text the account's owner wrote on the phone}
     *
     * @param to a friend, a room, the file helper
     * @param text plain text
     */
    public static SimMessage ownText(SimPeer to, String text) {
        return message(1, SimPeer.self(), to, null, text, WireText.encode(text), Map.of());
    }

    /**
     * {@return a system text (MsgType 10000)}
     *
     * @param in the conversation
     * @param text plain text
     */
    public static SimMessage system(SimPeer in, String text) {
        return message(10000, in, SimPeer.self(), null, text, WireText.encode(text), Map.of("Status", 4));
    }

    /**
     * {@return the recall of an earlier message (MsgType 10002)}
     *
     * @param in the conversation
     * @param by the room member who recalls, or null outside rooms
     * @param msgId the recalled message
     * @param notice what the phone shows instead
     */
    public static SimMessage recall(SimPeer in, @Nullable SimPeer by, String msgId, String notice) {
        String xml = "<sysmsg type=\"revokemsg\"><revokemsg><session>${id:" + in + "}</session><oldmsgid>"
                + Math.floorMod(msgId.hashCode(), 1_000_000_000) + "</oldmsgid><msgid>" + msgId
                + "</msgid><replacemsg><![CDATA[" + notice + "]]></replacemsg></revokemsg></sysmsg>";
        return message(10002, in, SimPeer.self(), by, notice, WireText.encodeXml(xml), Map.of("Status", 4));
    }

    /**
     * {@return a status notification (MsgType 51) whose UserNames and real ids run parallel}
     *
     * @param code 1 read, 2 entered a chat, 4 list of chats, 5 left a chat
     * @param about the conversations
     */
    public static SimMessage statusNotify(int code, List<SimPeer> about) {
        String ids = about.stream().map(peer -> "${id:" + peer + "}").collect(Collectors.joining(","));
        String names = about.stream().map(peer -> "${" + peer + "}").collect(Collectors.joining(","));
        String xml = "<msg>\n<op id='" + code + "'>\n<username>" + ids + "</username>\n</op>\n</msg>";
        return message(
                51,
                SimPeer.self(),
                SimPeer.self(),
                null,
                "status " + code,
                WireText.encodeXml(xml),
                Map.of("StatusNotifyCode", code, "StatusNotifyUserName", names));
    }

    /**
     * {@return any message}
     *
     * @param msgType the service's number
     * @param from the conversation or {@link SimPeer#self()}
     * @param to the receiver
     * @param content the wire form, taken as it is
     * @param fields more fields of the message object
     */
    public static SimMessage raw(int msgType, SimPeer from, SimPeer to, String content, Map<String, Object> fields) {
        return message(msgType, from, to, null, content, content, fields);
    }

    /**
     * {@return a change of a contact or room, as ModContactList brings it}
     *
     * @param peer whom
     * @param fields the changed fields in wire form, such as NickName
     */
    public static SimMessage contactChanged(SimPeer peer, Map<String, Object> fields) {
        return new SimMessage(Kind.CONTACT_CHANGED, 0, peer, SimPeer.self(), null, "", "", fields, 4, null);
    }

    /**
     * {@return the removal of a contact or room, as DelContactList brings it}
     *
     * @param peer whom
     */
    public static SimMessage contactRemoved(SimPeer peer) {
        return new SimMessage(Kind.CONTACT_REMOVED, 0, peer, SimPeer.self(), null, "", "", Map.of(), 6, null);
    }

    /**
     * {@return a message in the form all kinds share}
     *
     * @param msgType the service's number
     * @param from a friend, a room, a room member (member 1 is the account itself), a built-in
     * @param text what a judge compares
     * @param content the wire form, without the sender prefix
     * @param fields more fields of the message object
     * @param media what a download brings, or null
     */
    static SimMessage of(
            int msgType,
            SimPeer from,
            String text,
            String content,
            Map<String, Object> fields,
            @Nullable SimMedia media) {
        boolean inRoom = from.kind() == SimPeer.Kind.MEMBER;
        boolean own = inRoom && from.member() == 1;
        SimPeer conversation = inRoom ? SimPeer.room(from.index()) : from;
        return new SimMessage(
                Kind.MESSAGE,
                msgType,
                own ? SimPeer.self() : conversation,
                own ? conversation : SimPeer.self(),
                inRoom && !own ? from : null,
                text,
                content,
                fields,
                2,
                media);
    }

    /**
     * {@return a copy that the account's owner sent from the phone}
     *
     * @param receiver a friend, a room, the file helper
     */
    public SimMessage sentTo(SimPeer receiver) {
        return new SimMessage(kind, msgType, SimPeer.self(), receiver, null, text, content, fields, selector, media);
    }

    /** {@return a copy whose content cannot be downloaded: the body is empty} */
    public SimMessage withLostMedia() {
        SimMedia lost = media == null ? null : media.lost();
        return new SimMessage(kind, msgType, from, to, member, text, content, fields, selector, lost);
    }

    /** {@return a change of the account itself, as the Profile of webwxsync brings it} */
    public static SimMessage profileChanged() {
        SimPeer self = SimPeer.self();
        return new SimMessage(Kind.PROFILE_CHANGED, 0, self, self, null, "", "", Map.of(), 4, null);
    }

    /**
     * {@return a copy that synccheck announces with another selector}
     *
     * @param number 1 to 7
     */
    public SimMessage withSelector(int number) {
        return new SimMessage(kind, msgType, from, to, member, text, content, fields, number, media);
    }

    /** A copy that says when it was due, in a member {@value #STAMP} that the service does not have. */
    SimMessage stamped(long micros) {
        Map<String, Object> more = new java.util.HashMap<>(fields);
        more.put(STAMP, micros);
        return new SimMessage(kind, msgType, from, to, member, text, content, more, selector, media);
    }

    /**
     * {@return a copy in which a room member is the writer}
     *
     * @param writer the member
     */
    public SimMessage writtenBy(SimPeer writer) {
        return new SimMessage(kind, msgType, from, to, writer, text, content, fields, selector, media);
    }

    private static SimMessage message(
            int msgType,
            SimPeer from,
            SimPeer to,
            @Nullable SimPeer member,
            String text,
            String content,
            Map<String, Object> fields) {
        return new SimMessage(Kind.MESSAGE, msgType, from, to, member, text, content, fields, 2, null);
    }
}
