package io.wxflux.internal.wire;

import io.wxflux.model.Message;
import io.wxflux.model.Outgoing;
import io.wxflux.model.RawMessage;
import org.jspecify.annotations.Nullable;

/** What of a received message is sent on: the XML that tells where the service has it. */
public final class Forwarding {
    private static final int IMAGE = 3;
    private static final int VIDEO = 43;
    private static final int SHORT_VIDEO = 62;

    private Forwarding() {}

    /** @throws IllegalArgumentException if its XML is missing or cannot be read: it says so */
    public static Outgoing.Existing of(Outgoing.Forward forward) {
        Message message = forward.message();
        RawMessage raw = message.raw();
        return switch (forward.kind()) {
            case IMAGE -> new Outgoing.Existing(Outgoing.Kind.IMAGE, IMAGE, part(raw, "img"));
            case VIDEO ->
                new Outgoing.Existing(
                        Outgoing.Kind.VIDEO,
                        message.header().msgType() == SHORT_VIDEO ? SHORT_VIDEO : VIDEO,
                        part(raw, "videomsg"));
            case LOCATION -> new Outgoing.Existing(Outgoing.Kind.LOCATION, 48, place(raw));
            default -> app(part(raw, "appmsg"));
        };
    }

    private static Outgoing.Existing app(String xml) {
        XmlElement root = XmlReader.read(xml, XmlReader.CONTENT_LIMIT);
        XmlElement app = root == null ? XmlElement.NONE : root.name().equals("appmsg") ? root : root.at("appmsg");
        return (Outgoing.Existing) Outgoing.app(Numbers.intOrZero(app.text("type")), xml);
    }

    private static String place(RawMessage raw) {
        String sent = MessageObject.read(raw).raw("OriContent");
        String xml = sent.stripLeading().startsWith("&lt;") ? ContentText.decode(sent) : sent;
        String whole = checked(XmlRepair.repair(xml), "location");
        return whole == null ? part(raw, "location") : whole;
    }

    /** The content from the beginning of its XML to the end. In rooms the sender's name stands before it. */
    private static String part(RawMessage raw, String element) {
        String text = ContentText.decode(Envelope.read(raw).content());
        int start = text.indexOf("<?xml");
        int root = text.indexOf("<msg");
        int first = start >= 0 ? start : root >= 0 ? root : Math.max(0, text.indexOf('<'));
        String xml = checked(XmlRepair.repair(text.substring(first)), element);
        if (xml == null) {
            throw new IllegalArgumentException(
                    "the message cannot be forwarded: its XML has no " + element + " in it, or cannot be read");
        }
        return xml;
    }

    private static @Nullable String checked(String xml, String element) {
        XmlElement root = XmlReader.read(xml, XmlReader.CONTENT_LIMIT);
        if (root == null || !root.name().equals(element) && root.child(element) == null) {
            return null;
        }
        int end = xml.lastIndexOf('>');
        return xml.substring(0, end + 1);
    }
}
