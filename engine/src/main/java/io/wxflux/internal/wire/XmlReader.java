package io.wxflux.internal.wire;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML of the service, leniently, and of strangers, safely. The only class that knows a parser.
 *
 * <p>Every document gets a factory of its own: Aalto's symbol table is shared by a factory's readers, and a document
 * made for it slows down all that follow. No document type and no entity beyond the five of XML is accepted, nothing is
 * ever fetched. The size bounds the time, and attributes are counted beforehand: Aalto has read all of an element before it
 * can be stopped, in a time by the square of their number.
 */
public final class XmlReader {
    /** For the Content of messages. */
    public static final int CONTENT_LIMIT = 64 * 1024;

    private static final int MOST_DEPTH = 64;
    private static final int MOST_ATTRIBUTES = 256;

    private XmlReader() {}

    /**
     * The root element, or null if the text is not XML, is cut, or exceeds the limit. What follows the root does not
     * matter: line breaks and worse occur there.
     *
     * @param limit in bytes of UTF-8, after repairs
     */
    public static @Nullable XmlElement read(String text, int limit) {
        if (text.length() > limit) {
            return null;
        }
        String document = XmlRepair.repair(text);
        if (!document.startsWith("<") || hasManyAttributes(document)) {
            return null;
        }
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > limit) {
            return null;
        }
        try {
            return parse(bytes);
        } catch (XMLStreamException | RuntimeException notXml) {
            // Aalto reports some errors late and unchecked; whatever it was, this is no document for us.
            return null;
        }
    }

    private static @Nullable XmlElement parse(byte[] bytes) throws XMLStreamException {
        AsyncXMLStreamReader<AsyncByteArrayFeeder> reader = new InputFactoryImpl().createAsyncFor(bytes);
        try {
            reader.getInputFeeder().endOfInput();
            Deque<XmlElement> open = new ArrayDeque<>();
            while (true) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (open.size() == MOST_DEPTH || reader.getAttributeCount() > MOST_ATTRIBUTES) {
                            return null;
                        }
                        var element =
                                new XmlElement(name(reader.getPrefix(), reader.getLocalName()), attributes(reader));
                        XmlElement parent = open.peek();
                        if (parent != null) {
                            parent.add(element);
                        }
                        open.push(element);
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        XmlElement closed = open.pop();
                        if (open.isEmpty()) {
                            return closed;
                        }
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        XmlElement parent = open.peek();
                        if (parent != null) {
                            parent.append(reader.getText());
                        }
                    }
                    case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                    case XMLStreamConstants.START_DOCUMENT -> {}
                    // EVENT_INCOMPLETE after the end of input comes for ever; DTD, ENTITY_REFERENCE and whatever else.
                    default -> {
                        return null;
                    }
                }
            }
        } finally {
            reader.close();
        }
    }

    /** Equals signs in one tag, outside quotes. */
    private static boolean hasManyAttributes(String document) {
        int count = 0;
        char quote = 0;
        boolean inTag = false;
        for (int i = 0; i < document.length(); i++) {
            char c = document.charAt(i);
            if (!inTag) {
                String end = c == '<' ? endOfOther(document, i) : null;
                if (end != null) {
                    int found = document.indexOf(end, i);
                    // Without an end it is no document, and the parser says so.
                    i = found < 0 ? document.length() : found + end.length() - 1;
                } else if (c == '<') {
                    inTag = true;
                    count = 0;
                }
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                inTag = false;
            } else if (c == '=' && ++count > MOST_ATTRIBUTES) {
                return true;
            }
        }
        return false;
    }

    /** What ends that which begins here, if it is no tag; null for a tag. */
    private static @Nullable String endOfOther(String document, int at) {
        if (document.startsWith("<![CDATA[", at)) {
            return "]]>";
        }
        if (document.startsWith("<!--", at)) {
            return "-->";
        }
        return document.startsWith("<?", at) ? "?>" : null;
    }

    private static Map<String, String> attributes(AsyncXMLStreamReader<AsyncByteArrayFeeder> reader) {
        int count = reader.getAttributeCount();
        Map<String, String> attributes = new HashMap<>(count * 2);
        for (int i = 0; i < count; i++) {
            attributes.put(
                    name(reader.getAttributePrefix(i), reader.getAttributeLocalName(i)), reader.getAttributeValue(i));
        }
        return attributes;
    }

    private static String name(@Nullable String prefix, String local) {
        return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
    }
}
