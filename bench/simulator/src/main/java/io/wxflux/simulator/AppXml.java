package io.wxflux.simulator;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The XML that clients send, read strictly: the first text of every element, and the names of all. */
record AppXml(String root, Map<String, String> texts) {

    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Makes ready what an event loop must not wait for. */
    static void load() {
        if (read("<a><b>c</b></a>") == null) {
            throw new IllegalStateException("XML cannot be read");
        }
    }

    /** The document, or null when it is not well-formed. */
    static @Nullable AppXml read(String text) {
        Map<String, String> texts = new HashMap<>();
        String root = "";
        try {
            XMLStreamReader reader;
            synchronized (FACTORY) {
                reader = FACTORY.createXMLStreamReader(new StringReader(text.strip()));
            }
            String open = "";
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    open = reader.getLocalName();
                    root = root.isEmpty() ? open : root;
                    texts.putIfAbsent(open, "");
                } else if (event == XMLStreamConstants.CHARACTERS && !open.isEmpty()) {
                    String value = reader.getText();
                    texts.compute(open, (name, old) -> old == null || old.isBlank() ? value : old);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    open = "";
                }
            }
            return new AppXml(root, texts);
        } catch (XMLStreamException malformed) {
            return null;
        }
    }

    boolean has(String element) {
        return texts.containsKey(element);
    }

    String text(String element) {
        return texts.getOrDefault(element, "");
    }
}
