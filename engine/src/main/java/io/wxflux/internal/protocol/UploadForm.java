package io.wxflux.internal.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The form around each chunk of a file (PROTOCOL 11.2), the file last. Written by hand: the service wants the file name as
 * raw UTF-8, and nothing else will do.
 */
final class UploadForm {
    /** As a browser in China writes it. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM dd yyyy HH:mm:ss", Locale.US).withZone(ZoneOffset.ofHours(8));

    private final int number;
    private final UploadPlan.Facts file;
    private final String modified;
    private final byte[] request;
    private final String boundary;

    /** @param number counts the uploads of a session */
    UploadForm(int number, UploadPlan.Facts file, Instant modified, byte[] request, String boundary) {
        this.number = number;
        this.file = file;
        this.modified = DATE.format(modified) + " GMT+0800 (CST)";
        this.request = request;
        this.boundary = boundary;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** Everything before the bytes of a chunk. */
    byte[] head(int chunk, int chunks, String dataTicket, String passTicket) {
        var out = new ByteArrayOutputStream(2_048);
        field(out, "id", "WU_FILE_" + number);
        field(out, "name", file.name());
        field(out, "type", MediaTypes.ofName(file.name()));
        field(out, "lastModifiedDate", modified);
        field(out, "size", Long.toString(file.size()));
        if (chunks > 1) {
            field(out, "chunks", Integer.toString(chunks));
            field(out, "chunk", Integer.toString(chunk));
        }
        field(out, "mediatype", MediaTypes.uploadType(file.name()));
        field(out, "uploadmediarequest", request);
        field(out, "webwx_data_ticket", dataTicket);
        field(out, "pass_ticket", passTicket);
        write(
                out,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"filename\"; filename=\""
                        + harmless(file.name()) + "\"\r\nContent-Type: " + MediaTypes.ofName(file.name())
                        + "\r\n\r\n");
        return out.toByteArray();
    }

    /** Everything after them. */
    byte[] tail() {
        return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private void field(ByteArrayOutputStream out, String name, String value) {
        field(out, name, value.getBytes(StandardCharsets.UTF_8));
    }

    private void field(ByteArrayOutputStream out, String name, byte[] value) {
        write(out, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n");
        out.writeBytes(value);
        write(out, "\r\n");
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As browsers do it (WHATWG HTML, multipart/form-data); a backslash would escape what follows it. */
    static String harmless(String name) {
        return name.replace("\\", "%5C")
                .replace("\"", "%22")
                .replace("\r", "%0D")
                .replace("\n", "%0A");
    }
}
