package io.wxflux.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a part of an upload has to look like. */
final class UploadRules {

    /** Bytes in every chunk but the last. */
    static final int CHUNK = 524_288;

    /** Files above this need webwxcheckupload. */
    static final long CHECKED_FROM = 25L * 1024 * 1024;

    private static final long LARGEST = 200L * 1024 * 1024;
    private static final int LONGEST_ENCODED_NAME = 150;
    private static final Set<String> PICTURES = Set.of("bmp", "png", "jpeg", "jpg");

    private final Multipart form;
    private final JsonNode request;
    private final List<String> complaints = new ArrayList<>();
    private @Nullable String refusal;

    UploadRules(Multipart form, JsonNode request) {
        this.form = form;
        this.request = request;
    }

    /** Looks at everything that one part shows by itself. */
    UploadRules check(Session session, Directory people) {
        checkNames();
        checkNumbers();
        require(number("UploadType") == 2, "UploadType is not 2");
        require(number("MediaType") == 4, "MediaType is not 4");
        refuseUnless(!text("ClientMediaId").isEmpty(), "ClientMediaId is missing");
        require(
                text("FromUserName").equals(people.userName(session.names(), SimPeer.self())),
                "FromUserName is not the account itself");
        require(people.find(session.names(), text("ToUserName")) != null, "ToUserName is nobody");
        require(text("FileMd5").matches("[0-9a-f]{32}"), "FileMd5 is missing or no MD5 in small letters");
        require(form.field("id").startsWith("WU_FILE_"), "id is not WU_FILE_ and a number");
        require(!form.field("type").isEmpty(), "type is missing");
        require(form.has("lastModifiedDate") || form.has("lastModifieDate"), "lastModifiedDate is missing");
        require(form.fileIsLast(), "the file is not the last part");
        String right = mediaType(form.field("name"));
        require(form.field("mediatype").equals(right), "mediatype of this name is " + right);
        refuseUnless(
                form.field("webwx_data_ticket").equals(session.dataTicket()),
                "webwx_data_ticket is missing or not the one of the cookie");
        String ticket = form.field("pass_ticket");
        require(
                (ticket.isEmpty() && session.isWithoutSkey())
                        || ticket.equals(session.passTicket())
                        || ticket.equals(decoded(session.passTicket())),
                "pass_ticket is missing or wrong");
        return this;
    }

    private void checkNames() {
        String name = form.field("name");
        String sent = form.fileName();
        refuseUnless(!form.hasExtendedFileName(), "the file name came as filename*, which is not understood");
        refuseUnless(!sent.isEmpty() && !name.isEmpty(), "a file name is missing");
        String plain = sent.replace("%22", "\"")
                .replace("%0D", "\r")
                .replace("%0A", "\n")
                .replace("\\\"", "\"");
        if (plain.equals(name)) {
            return;
        }
        boolean encoded = decoded(sent).equals(name);
        refuseUnless(
                !encoded || sent.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ENCODED_NAME,
                "the file name came percent-encoded, and longer than is taken");
        complaints.add(
                encoded
                        ? "the file name came percent-encoded instead of raw UTF-8"
                        : "filename and name differ, or the name is not UTF-8");
    }

    private void checkNumbers() {
        long total = number("TotalLen");
        refuseUnless(total > 0, "TotalLen is missing or the file is empty");
        refuseUnless(total <= LARGEST, "the file is larger than is taken");
        require(form.field("size").equals(Long.toString(total)), "size and TotalLen differ");
        require(number("DataLen") == total, "DataLen and TotalLen differ");
        require(number("StartPos") == 0, "StartPos is not 0");
        long chunks = Math.max(1, (total + CHUNK - 1) / CHUNK);
        boolean several = form.has("chunks") || form.has("chunk");
        require(several == chunks > 1, "chunks and chunk come with several chunks, and only then");
        refuseUnless(!several || chunks() == chunks, "chunks is not the number of chunks of 524,288 bytes");
        boolean last = chunk() == chunks - 1;
        long right = last ? total - (chunks - 1) * CHUNK : CHUNK;
        refuseUnless(
                form.fileLength() == right,
                (last ? "the last chunk" : "a chunk that is not the last") + " has another length than it should: "
                        + form.fileLength() + " bytes");
    }

    private static String decoded(String text) {
        try {
            return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    /** The table of the browser client. */
    static String mediaType(String fileName) {
        String end = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return PICTURES.contains(end) ? "pic" : end.equals("mp4") ? "video" : "doc";
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            complaints.add(otherwise);
        }
    }

    private void refuseUnless(boolean right, String otherwise) {
        if (!right) {
            complaints.add(otherwise);
            refusal = refusal == null ? otherwise : refusal;
        }
    }

    /** Everything that is wrong, whether it is taken or not. */
    List<String> complaints() {
        return complaints;
    }

    boolean isRefused() {
        return refusal != null;
    }

    int chunk() {
        return parsed(form.field("chunk"), 0);
    }

    int chunks() {
        return parsed(form.field("chunks"), 1);
    }

    private static int parsed(String text, int otherwise) {
        try {
            return text.isEmpty() ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException wrong) {
            return -1;
        }
    }

    long number(String name) {
        return request.path(name).asLong(-1);
    }

    String text(String name) {
        return Json.text(request.path(name));
    }
}
