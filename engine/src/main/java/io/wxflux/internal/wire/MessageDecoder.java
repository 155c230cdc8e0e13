package io.wxflux.internal.wire;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.MessageKind;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;

/**
 * Makes a message of the server's object. Never throws and never drops: what cannot be decoded is delivered with its
 * kind, its bytes and a note.
 *
 * <p>The order is that of PROTOCOL 9.2: the sender's prefix off, then line breaks, emoji and entities in one pass, then
 * XML where there is any.
 */
public final class MessageDecoder {
    private MessageDecoder() {}

    /** @param self this account's name in the session the message came with */
    public static Message decode(RawMessage raw, UserName self) {
        Envelope envelope;
        try {
            envelope = Envelope.read(raw);
        } catch (ProtocolViolationException notAnObject) {
            MessageHeader header = Envelope.EMPTY.header(raw, self, UserName.NONE);
            return new Message.Other(header, MessageKind.UNKNOWN, raw, "not a usable JSON object");
        }
        try {
            return decode(envelope, raw, self);
        } catch (RuntimeException unforeseen) {
            // One message nobody thought of must not stop all those behind it.
            MessageHeader header = envelope.header(raw, self, UserName.NONE);
            String note = "not decoded: " + unforeseen.getClass().getSimpleName();
            return new Message.Other(header, MessageKinds.of(envelope), raw, note);
        }
    }

    private static Message decode(Envelope envelope, RawMessage raw, UserName self) {
        RoomPrefix split = split(envelope, self);
        MessageHeader header = envelope.header(raw, self, split.member());
        MessageKind kind = MessageKinds.of(envelope);
        // Kinds that get a form of their own are added here; each decodes split.rest() as it needs.
        return switch (envelope.msgType()) {
            case MessageKinds.TEXT ->
                kind == MessageKind.TEXT
                        ? new Message.Text(header, ContentText.decode(split.rest()), raw)
                        : new Message.Other(header, kind, raw, null);
            case MessageKinds.STATUS_NOTIFY ->
                new Message.StatusNotify(
                        header, envelope.statusNotifyCode(), Contacts.split(envelope.statusNotifyUserName()), raw);
            case MessageKinds.SYSTEM, MessageKinds.NOTICE -> notice(header, split.rest(), raw);
            case MessageKinds.SYSTEM_XML -> SystemXml.decode(header, ContentText.decode(split.rest()), raw);
            default -> new Message.Other(header, kind, raw, null);
        };
    }

    /** Plain system texts have no prefix, and names with a colon occur in them. */
    private static RoomPrefix split(Envelope envelope, UserName self) {
        String content = envelope.content();
        boolean plainNotice = envelope.msgType() == MessageKinds.NOTICE
                || envelope.msgType() == MessageKinds.SYSTEM && !content.contains("&lt;sysmsg");
        if (plainNotice || !envelope.inRoom()) {
            return new RoomPrefix(UserName.NONE, content);
        }
        return envelope.isFrom(self)
                ? RoomPrefix.stripOwn(content, self, envelope.msgType() == MessageKinds.TEXT)
                : RoomPrefix.strip(content);
    }

    private static Message notice(MessageHeader header, String content, RawMessage raw) {
        String text = ContentText.decode(content);
        if (content.startsWith("&lt;sysmsg") || content.startsWith("<sysmsg")) {
            Message decoded = SystemXml.decode(header, text, raw);
            if (decoded.note() == null) {
                return decoded;
            }
        }
        return new Message.SystemNotice(header, text, raw);
    }
}
