package io.wxflux.internal.wire;

import io.wxflux.model.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Any bytes as the content of a message of every kind that holds XML. */
public final class XmlTarget {
    private static final int[] TYPES = {1, 3, 34, 37, 40, 42, 43, 47, 48, 50, 51, 62, 9999, 10000, 10002, 4711};
    private static final int[] APPS = {0, 2, 3, 5, 6, 8, 17, 19, 33, 51, 53, 57, 2000, 2001};
    private static final int APP_MESSAGE = 49;
    private static final int MOST_DEPTH = 64;

    private XmlTarget() {}

    /** As two of the kinds, always the same ones for the same input: all of them would be ten times slower. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        XmlElement root = XmlReader.read(text, XmlReader.CONTENT_LIMIT);
        if (root != null) {
            walk(root, 1);
        }
        int choice = Math.floorMod(Arrays.hashCode(input), TYPES.length * APPS.length);
        look(TYPES[choice % TYPES.length], 0, escaped(text));
        look(APP_MESSAGE, APPS[choice / TYPES.length], escaped(text));
    }

    static void asEveryKind(byte[] input) {
        String content = escaped(new String(input, StandardCharsets.UTF_8));
        for (int type : TYPES) {
            look(type, 0, content);
        }
        for (int app : APPS) {
            look(APP_MESSAGE, app, content);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", "<br/>");
    }

    private static void walk(XmlElement element, int depth) {
        JsonTarget.check(depth <= MOST_DEPTH, "too deep");
        JsonTarget.check(!element.name().isEmpty(), "an element without a name");
        JsonTarget.check(element.text() != null, "an element without text");
        element.children().forEach(child -> walk(child, depth + 1));
    }

    private static void look(int msgType, int appMsgType, String content) {
        byte[] message = Json.write(out -> {
            out.writeStartObject();
            out.writeStringProperty("MsgId", "1");
            out.writeStringProperty("FromUserName", "@a11ce");
            out.writeStringProperty("ToUserName", "@5e1f");
            out.writeNumberProperty("MsgType", msgType);
            out.writeNumberProperty("AppMsgType", appMsgType);
            out.writeStringProperty("Content", ContentText.wellFormed(content));
            out.writeStringProperty("OriContent", ContentText.wellFormed(content));
            out.writeEndObject();
        });
        JsonTarget.look(RawMessage.wrap(message));
    }
}
