package io.wxflux.internal.wire;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.model.AppMessage;
import io.wxflux.model.Lazily;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.MessageKind;
import io.wxflux.model.MoneyMessage;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.PlaceMessage;
import io.wxflux.model.QuotingMessage;
import io.wxflux.model.RawMessage;
import io.wxflux.model.SystemMessage;
import io.wxflux.model.UserName;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a message of the server's object. Never throws and never drops: what cannot be decoded is delivered with its
 * kind, its bytes and a note.
 *
 * <p>The order is that of PROTOCOL 9.2: the sender's prefix off, then line breaks, emoji and entities in one pass, then
 * XML where there is any. All but the prefix waits until somebody looks, except for texts.
 */
public final class MessageDecoder {
    private MessageDecoder() {}

    /** @param self this account's name in the session the message came with */
    public static Message decode(RawMessage raw, UserName self) {
        Envelope envelope;
        try {
            envelope = Envelope.read(raw);
        } catch (ProtocolViolationException notAnObject) {
            envelope = null;
        }
        return decode(envelope, raw, self);
    }

    /**
     * What was read already, when the message came.
     *
     * @param envelope null when the message is no object
     */
    static Message decode(@Nullable Envelope envelope, RawMessage raw, UserName self) {
        if (envelope == null) {
            MessageHeader header = Envelope.EMPTY.header(raw, self, UserName.NONE);
            return new Message.Other(header, MessageKind.UNKNOWN, raw, "not a usable JSON object");
        }
        try {
            return ofObject(envelope, raw, self);
        } catch (RuntimeException unforeseen) {
            // One message nobody thought of must not stop all those behind it.
            MessageHeader header = envelope.header(raw, self, UserName.NONE);
            String note = "not decoded: " + unforeseen.getClass().getSimpleName();
            return new Message.Other(header, MessageKinds.of(envelope), raw, note);
        }
    }

    private static Message ofObject(Envelope envelope, RawMessage raw, UserName self) {
        RoomPrefix split = split(envelope, self);
        MessageHeader header = envelope.header(raw, self, split.member());
        String content = split.rest();
        return switch (envelope.msgType()) {
            case MessageKinds.STATUS_NOTIFY ->
                new Message.StatusNotify(
                        header,
                        envelope.statusNotifyCode(),
                        Contacts.split(envelope.statusNotifyUserName()),
                        Material.lazily(raw, content, SystemDetails::notify),
                        raw);
            case MessageKinds.SYSTEM_XML -> SystemXml.decode(header, content, raw);
            case MessageKinds.SYSTEM, MessageKinds.NOTICE ->
                SystemXml.isIn(content)
                        ? SystemXml.decode(header, content, raw)
                        : new Message.SystemNotice(header, NoticeDetails.lazily(content), raw);
            default -> of(MessageKinds.of(envelope), header, content, raw);
        };
    }

    private static Message of(MessageKind kind, MessageHeader header, String content, RawMessage raw) {
        return switch (kind) {
            case TEXT -> text(header, ContentText.decode(content), raw);
            case IMAGE -> new MediaMessage.Image(header, lazily(raw, content, MediaDetails::image), raw);
            case VOICE -> new MediaMessage.Voice(header, lazily(raw, content, MediaDetails::voice), raw);
            case VIDEO, SHORT_VIDEO -> new MediaMessage.Video(header, lazily(raw, content, MediaDetails::video), raw);
            case EMOTICON -> new MediaMessage.Emoticon(header, lazily(raw, content, MediaDetails::emoticon), raw);
            case LOCATION -> new PlaceMessage.Location(header, lazily(raw, content, PlaceDetails::location), raw);
            case LIVE_LOCATION -> new PlaceMessage.LiveLocation(header, lazily(raw, content, PlaceDetails::live), raw);
            case CARD -> new PeopleMessage.Card(header, lazily(raw, content, PeopleDetails::card), raw);
            case FRIEND_REQUEST ->
                new PeopleMessage.FriendRequest(header, lazily(raw, content, PeopleDetails::request), raw);
            case POSSIBLE_FRIEND ->
                new PeopleMessage.PossibleFriend(header, lazily(raw, content, PeopleDetails::possible), raw);
            case LINK -> new AppMessage.Link(header, lazily(raw, content, LinkDetails::link), raw);
            case MUSIC -> new AppMessage.Music(header, lazily(raw, content, AppDetails::music), raw);
            case FILE -> new AppMessage.File(header, lazily(raw, content, AppDetails::file), raw);
            case MINI_PROGRAM -> new AppMessage.MiniProgram(header, lazily(raw, content, AppDetails::miniProgram), raw);
            case CHANNELS -> new AppMessage.Channels(header, lazily(raw, content, AppDetails::channels), raw);
            case GROUP_NOTICE -> new AppMessage.GroupNotice(header, lazily(raw, content, AppDetails::groupNotice), raw);
            case APP -> new AppMessage.App(header, lazily(raw, content, AppDetails::app), raw);
            case QUOTE -> new QuotingMessage.Quote(header, lazily(raw, content, QuoteDetails::quote), raw);
            case CHAT_HISTORY ->
                new QuotingMessage.ChatHistory(header, lazily(raw, content, HistoryDetails::history), raw);
            case TRANSFER -> new MoneyMessage.Transfer(header, lazily(raw, content, MoneyDetails::transfer), raw);
            case RED_PACKET -> new MoneyMessage.RedPacket(header, lazily(raw, content, MoneyDetails::redPacket), raw);
            case VOIP -> new SystemMessage.Voip(header, lazily(raw, content, SystemDetails::voip), raw);
            default -> new Message.Other(header, kind, raw, null);
        };
    }

    private static <D> Lazily<D> lazily(RawMessage raw, String content, Function<Material, D> decoder) {
        return Material.lazily(raw, content, decoder);
    }

    /** Quotes come to the web as texts of a certain form, too. */
    private static Message text(MessageHeader header, String text, RawMessage raw) {
        return QuoteText.isQuote(text)
                ? new QuotingMessage.Quote(header, QuoteText.lazily(text), raw)
                : new Message.Text(header, text, raw);
    }

    /** Plain system texts have no prefix, and names with a colon occur in them. */
    private static RoomPrefix split(Envelope envelope, UserName self) {
        String content = envelope.content();
        boolean plainNotice = envelope.msgType() == MessageKinds.NOTICE
                || envelope.msgType() == MessageKinds.SYSTEM && !content.contains("&lt;sysmsg");
        if (plainNotice || !envelope.inRoom()) {
            return new RoomPrefix(UserName.NONE, content);
        }
        UserName room = envelope.from().isRoom() ? envelope.from() : envelope.to();
        return envelope.isFrom(self)
                ? RoomPrefix.stripOwn(content, room, self, envelope.msgType() == MessageKinds.TEXT)
                : RoomPrefix.strip(content, room);
    }
}
