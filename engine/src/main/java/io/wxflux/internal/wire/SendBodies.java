package io.wxflux.internal.wire;

import io.wxflux.model.MsgId;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.stream.Collectors;

/** The bodies of sends, and the XML in them (PROTOCOL 10). */
public final class SendBodies {
    private SendBodies() {}

    /** @param clientMsgId the same for every try of one message: by it the server recognises repetitions */
    public static byte[] message(BaseRequest base, UserName from, UserName to, MessageForm form, String clientMsgId) {
        return RequestBodies.body(base, json -> {
            json.writeObjectPropertyStart("Msg");
            json.writeNumberProperty("Type", form.type());
            String content = form.content();
            if (content != null) {
                RequestBodies.text(json, "Content", content);
            }
            if (!form.mediaId().isEmpty()) {
                RequestBodies.text(json, "MediaId", form.mediaId());
            }
            RequestBodies.text(json, "FromUserName", from.value());
            RequestBodies.text(json, "ToUserName", to.value());
            RequestBodies.text(json, "LocalID", clientMsgId);
            RequestBodies.text(json, "ClientMsgId", clientMsgId);
            if (!form.msgSource().isEmpty()) {
                RequestBodies.text(json, "MsgSource", form.msgSource());
            }
            if (form.type() == MessageForm.EMOTICON) {
                json.writeNumberProperty("EmojiFlag", 2);
            }
            if (!form.emoticonMd5().isEmpty()) {
                RequestBodies.text(json, "EMoticonMd5", form.emoticonMd5());
            }
            if (!form.signature().isEmpty()) {
                RequestBodies.text(json, "Signature", form.signature());
            }
            json.writeEndObject();
            json.writeNumberProperty("Scene", 0);
        });
    }

    /** @param clientMsgId the message's own, where it is known */
    public static byte[] recall(BaseRequest base, MsgId id, UserName conversation, String clientMsgId) {
        return RequestBodies.body(base, json -> {
            RequestBodies.text(json, "SvrMsgId", id.value());
            RequestBodies.text(json, "ToUserName", conversation.value());
            RequestBodies.text(json, "ClientMsgId", clientMsgId);
        });
    }

    /** Whom a text in a room notifies. */
    public static String msgSource(List<UserName> mentioned, UserName room) {
        return "<msgsource><atusername>"
                + mentioned.stream().map(name -> escaped(name.value())).collect(Collectors.joining(","))
                + "</atusername><atchatroomname>" + escaped(room.value()) + "</atchatroomname></msgsource>";
    }

    /**
     * A file as an app message. The name comes from people and is escaped; all else is ours or the service's.
     *
     * @param appId decides only what stands below the file
     */
    public static String file(String appId, String name, long size, String mediaId) {
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot + 1);
        return "<appmsg appid='" + appId + "' sdkver=''><title>" + escaped(name)
                + "</title><des></des><action></action><type>6</type><content></content><url></url><lowurl></lowurl>"
                + "<appattach><totallen>" + size + "</totallen><attachid>" + escaped(mediaId) + "</attachid><fileext>"
                + escaped(extension) + "</fileext></appattach><extinfo></extinfo></appmsg>";
    }

    private static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                // XML has no way to say these two.
                case '\uFFFE', '\uFFFF' -> out.append('\uFFFD');
                default -> out.append(c);
            }
        }
        return ContentText.wellFormed(out.toString());
    }
}
