package io.wxflux.simulator;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether a message to be sent is in the form of its call, and which uploaded file it carries. */
final class SendRules {

    private static final int LONGEST_TEXT = 16_384;

    /** Either what is wrong, or the file it carries, if any. */
    record Verdict(@Nullable String problem, @Nullable UploadedFile file) {

        static final Verdict FINE = new Verdict(null, null);

        static Verdict wrong(String what) {
            return new Verdict(what, null);
        }
    }

    private final UploadedFiles files;
    private final Session session;
    private final JsonNode message;
    private final String content;
    private final int type;

    SendRules(UploadedFiles files, Session session, JsonNode message) {
        this.files = files;
        this.session = session;
        this.message = message;
        content = Json.text(message.path("Content"));
        type = message.path("Type").asInt(0);
    }

    Verdict check(String call) {
        return switch (call) {
            case "webwxsendmsg" -> text();
            case "webwxsendmsgimg" -> media("img", Set.of(3));
            case "webwxsendvideomsg" -> media("videomsg", Set.of(43, 62));
            case "webwxsendemoticon" -> emoticon();
            default -> app();
        };
    }

    private Verdict text() {
        if (type == 48) {
            AppXml place = AppXml.read(content);
            return place != null && place.has("location")
                    ? Verdict.FINE
                    : Verdict.wrong("a place whose Content is not its XML");
        }
        if (type != 1) {
            return Verdict.wrong("webwxsendmsg with Type " + type);
        }
        if (content.isEmpty() || content.length() > LONGEST_TEXT) {
            return Verdict.wrong(content.isEmpty() ? "a text without Content" : "a text longer than is taken");
        }
        return mentions();
    }

    private Verdict mentions() {
        String source = Json.text(message.path("MsgSource"));
        if (source.isEmpty()) {
            return Verdict.FINE;
        }
        AppXml xml = AppXml.read(source);
        if (xml == null
                || !xml.root().equals("msgsource")
                || xml.text("atusername").isEmpty()) {
            return Verdict.wrong("MsgSource is not XML with atusername in it");
        }
        if (!xml.text("atchatroomname").equals(Json.text(message.path("ToUserName")))) {
            return Verdict.wrong("MsgSource names another room than ToUserName");
        }
        Directory people = session.account().people();
        SimPeer room = people.find(session.names(), xml.text("atchatroomname"));
        for (String name : xml.text("atusername").split(",")) {
            SimPeer who = people.find(session.names(), name);
            boolean member = room != null
                    && who != null
                    && room.kind() == SimPeer.Kind.ROOM
                    && people.members(room).stream()
                            .anyMatch(each -> people.resolve(each).equals(who));
            if (!member) {
                return Verdict.wrong("MsgSource mentions somebody who is not in the room");
            }
        }
        return content.contains("\u2005") ? Verdict.FINE : Verdict.wrong("a mention without U+2005 in the text");
    }

    private Verdict media(String element, Set<Integer> types) {
        if (!types.contains(type)) {
            return Verdict.wrong("Type " + type + " does not belong to this call");
        }
        return fileOrXml(element);
    }

    private Verdict emoticon() {
        if (type != 47) {
            return Verdict.wrong("an emoticon of Type " + type);
        }
        if (message.path("EmojiFlag").asInt(0) != 2) {
            return Verdict.wrong("an emoticon whose EmojiFlag is not 2");
        }
        return Json.text(message.path("EMoticonMd5")).isEmpty() ? fileOrXml("emoji") : Verdict.FINE;
    }

    /** What was uploaded, or the XML of something received, which needs no upload. */
    private Verdict fileOrXml(String element) {
        String mediaId = Json.text(message.path("MediaId"));
        if (!mediaId.isEmpty()) {
            UploadedFile file = files.find(mediaId);
            return file != null && file.owner().equals(session.sid())
                    ? new Verdict(null, file)
                    : Verdict.wrong("a MediaId of nothing that was uploaded in this session");
        }
        AppXml xml = AppXml.read(content);
        return xml != null && xml.has(element)
                ? Verdict.FINE
                : Verdict.wrong("neither a MediaId nor XML with " + element + " in it");
    }

    private Verdict app() {
        AppXml xml = AppXml.read(content);
        if (xml == null) {
            return Verdict.wrong("Content is not well-formed XML");
        }
        if (!xml.has("appmsg") || !xml.has("title")) {
            return Verdict.wrong("Content without appmsg or title");
        }
        if (!xml.text("type").strip().equals(Integer.toString(type))) {
            return Verdict.wrong("Type and the type in Content differ");
        }
        String attachment = xml.text("attachid").strip();
        if (type != 6 || attachment.startsWith("@cdn_")) {
            return Verdict.FINE;
        }
        UploadedFile file = files.find(attachment);
        if (file == null || !file.owner().equals(session.sid())) {
            return Verdict.wrong("attachid is of nothing that was uploaded in this session");
        }
        if (!xml.text("title").equals(file.fileName())) {
            return Verdict.wrong("title is not the name of the uploaded file");
        }
        if (!xml.text("totallen").strip().equals(Long.toString(file.size()))) {
            return Verdict.wrong("totallen is not the size of the uploaded file");
        }
        boolean signed = file.size() <= UploadRules.CHECKED_FROM
                || Json.text(message.path("Signature"))
                        .equals(UploadEndpoints.signature(session, file.md5(), file.size()));
        return signed ? new Verdict(null, file) : Verdict.wrong("a file of more than 25 MB without its Signature");
    }
}
