package io.wxflux.internal.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An element of a parsed document. What is not there reads as empty text. */
public final class XmlElement {
    /** Stands for a document or element that is not there. */
    static final XmlElement NONE = new XmlElement("", Map.of());

    private final String name;
    private final Map<String, String> attributes;
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    XmlElement(String name, Map<String, String> attributes) {
        this.name = name;
        this.attributes = attributes;
    }

    void add(XmlElement child) {
        children.add(child);
    }

    void append(String characters) {
        text.append(characters);
    }

    public String name() {
        return name;
    }

    public String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    public List<XmlElement> children() {
        return List.copyOf(children);
    }

    /** The first child of that name. */
    public @Nullable XmlElement child(String childName) {
        for (XmlElement child : children) {
            if (child.name.equals(childName)) {
                return child;
            }
        }
        return null;
    }

    /** The text directly in this element, blanks around it removed. */
    public String text() {
        return text.toString().strip();
    }

    /** The element reached by the first child of each name in turn; an empty one if there is none. */
    XmlElement at(String... path) {
        XmlElement element = this;
        for (String step : path) {
            XmlElement child = element.child(step);
            if (child == null) {
                return NONE;
            }
            element = child;
        }
        return element;
    }

    /** The text of the element reached by the first child of each name in turn. */
    public String text(String... path) {
        return at(path).text();
    }

    /** The children of that name. */
    List<XmlElement> all(String childName) {
        List<XmlElement> found = new ArrayList<>();
        for (XmlElement child : children) {
            if (child.name.equals(childName)) {
                found.add(child);
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return "XmlElement[" + name + "]";
    }
}
