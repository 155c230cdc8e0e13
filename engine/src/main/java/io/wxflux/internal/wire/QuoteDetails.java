package io.wxflux.internal.wire;

import io.wxflux.model.MsgId;
import io.wxflux.model.Quoted;
import io.wxflux.model.QuotingMessage.Quote;
import org.jspecify.annotations.Nullable;

/**
 * Answers to messages (PROTOCOL 9.4, app message 57). The quoted message stands in the XML as text, once more escaped on
 * each level; a reader that followed it for ever could be driven deep.
 */
final class QuoteDetails {
    private static final int MOST_LEVELS = 4;

    private QuoteDetails() {}

    static Quote.Details quote(Material from) {
        return new Quote.Details(AppDetails.title(from), quoted(from.app().at("refermsg"), MOST_LEVELS));
    }

    private static @Nullable Quoted quoted(XmlElement reference, int levels) {
        if (reference == XmlElement.NONE) {
            return null;
        }
        String content = reference.text("content");
        int msgType = Numbers.intOrZero(reference.text("type"));
        String id = reference.text("svrid");
        String sender = Material.first(reference.text("chatusr"), reference.text("fromusr"));
        String name = ContentText.decodeName(reference.text("displayname"));
        XmlElement root = msgType == MessageKinds.TEXT ? null : XmlReader.read(content, XmlReader.CONTENT_LIMIT);
        if (root == null) {
            return new Quoted(MessageKinds.of(msgType, 0), new MsgId(id), sender, name, content, 0, null);
        }
        XmlElement app = root.at("appmsg");
        int appMsgType = Numbers.intOrZero(app.text("type"));
        return new Quoted(
                MessageKinds.of(msgType, appMsgType),
                new MsgId(id),
                sender,
                name,
                said(root),
                Numbers.orZero(app.text("appattach", "totallen")),
                levels > 1 ? quoted(app.at("refermsg"), levels - 1) : null);
    }

    /** A title, a name or a place; pictures and sounds say nothing. */
    private static String said(XmlElement root) {
        XmlElement place = root.at("location");
        return Material.first(
                root.text("appmsg", "title"),
                place.attribute("poiname"),
                place.attribute("label"),
                root.attribute("nickname"));
    }
}
