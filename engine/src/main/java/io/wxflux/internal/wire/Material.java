package io.wxflux.internal.wire;

import io.wxflux.model.Lazily;
import io.wxflux.model.RawMessage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the details of a message are made of: the fields of its object, its content without the sender's prefix, and the
 * XML in that, if there is any.
 *
 * @param fields of the object
 * @param text the content, decoded
 * @param xml the root; {@link XmlElement#NONE} when there is none or it cannot be read
 */
record Material(MessageObject fields, String text, XmlElement xml) {
    private static final Material EMPTY = new Material(MessageObject.EMPTY, "", XmlElement.NONE);
    private static final String[] ROOTS = {"<?xml", "<msg", "<sysmsg", "<appmsg", "<mmreader", "<voip"};

    /**
     * Decodes when somebody asks. Never throws: the details of nothing stand in for those of a message that somebody
     * made to break us.
     *
     * @param content as sent, without the sender's prefix
     */
    static <D> Lazily<D> lazily(RawMessage raw, String content, Function<Material, D> decoder) {
        return lazily(raw, content, decoder, details -> false, "");
    }

    /**
     * As above, with a note of its own when the details lack what the kind is about.
     *
     * @param lacking whether they do
     * @param what in plain words
     */
    static <D> Lazily<D> lazily(
            RawMessage raw, String content, Function<Material, D> decoder, Predicate<D> lacking, String what) {
        return Lazily.by(() -> {
            try {
                String text = ContentText.decode(content);
                int start = start(text);
                XmlElement root = start < 0 ? null : XmlReader.read(text.substring(start), XmlReader.CONTENT_LIMIT);
                MessageObject fields = MessageObject.read(raw);
                D details = decoder.apply(new Material(fields, text, root == null ? XmlElement.NONE : root));
                String unread = note(text, start, root);
                return new Lazily.Outcome<>(details, unread == null && lacking.test(details) ? what : unread);
            } catch (RuntimeException unforeseen) {
                String note = "not decoded: " + unforeseen.getClass().getSimpleName();
                return new Lazily.Outcome<>(decoder.apply(EMPTY), note);
            }
        });
    }

    /** Where the XML begins: something may stand before it that is no sender's prefix. */
    private static int start(String text) {
        int first = -1;
        for (String root : ROOTS) {
            int at = text.indexOf(root);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        return first;
    }

    /** The content of pictures, sounds and films may be an opaque id, and some kinds have none or a plain text. */
    private static @Nullable String note(String text, int start, @Nullable XmlElement root) {
        boolean looksLikeXml = start >= 0 || text.stripLeading().startsWith("<");
        return root == null && looksLikeXml ? "the XML of the content cannot be read" : null;
    }

    /** The content, if it is no XML. */
    String plainText() {
        return start(text) < 0 && !text.startsWith("@") ? text.strip() : "";
    }

    /** The part of an app message. */
    XmlElement app() {
        return xml.name().equals("appmsg") ? xml : xml.at("appmsg");
    }

    static String first(String... texts) {
        for (String text : texts) {
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    static int first(int... numbers) {
        for (int number : numbers) {
            if (number > 0) {
                return number;
            }
        }
        return 0;
    }
}
