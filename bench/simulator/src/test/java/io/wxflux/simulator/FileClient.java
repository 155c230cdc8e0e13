package io.wxflux.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Uploads as the browser client does, with every step open to a test that wants to do it wrong. */
final class FileClient {

    private static final String BOUNDARY = "----WebKitFormBoundaryAbC123";

    private final WebClient web;
    private final SimMedia media;
    final Map<String, Object> request;
    final Map<String, String> fields = new LinkedHashMap<>();
    String disposition;

    FileClient(WebClient web, SimAccount account, SimMedia media) {
        this.web = web;
        this.media = media;
        String name = media.fileName();
        disposition = "form-data; name=\"filename\"; filename=\"" + name + "\"";
        request = Json.object("UploadType", 2);
        request.putAll(web.body());
        request.putAll(Json.object(
                "ClientMediaId", WebClient.stamp(),
                "TotalLen", media.size(),
                "StartPos", 0,
                "DataLen", media.size(),
                "MediaType", 4,
                "FromUserName", web.user.path("UserName").asString(),
                "ToUserName", "filehelper",
                "FileMd5", media.md5()));
        fields.put("id", "WU_FILE_0");
        fields.put("name", name);
        fields.put("type", media.form().contentType());
        fields.put("lastModifiedDate", "Thu Mar 17 2016 14:23:28 GMT+0800 (CST)");
        fields.put("size", Long.toString(media.size()));
        fields.put("mediatype", UploadRules.mediaType(name));
        Session session = java.util.Objects.requireNonNull(account.session());
        fields.put("webwx_data_ticket", session.dataTicket());
        fields.put("pass_ticket", session.passTicket());
    }

    int chunks() {
        return (int) Math.max(1, (media.size() + UploadRules.CHUNK - 1) / UploadRules.CHUNK);
    }

    /** All chunks in order; the answer to the last. */
    JsonNode uploadAll() {
        JsonNode answer = Json.none();
        for (int chunk = 0; chunk < chunks(); chunk++) {
            answer = chunk(chunk).json();
        }
        return answer;
    }

    WebClient.Raw chunk(int number) {
        long from = (long) number * UploadRules.CHUNK;
        byte[] bytes = new byte[(int) Math.min(UploadRules.CHUNK, media.size() - from)];
        media.fill(bytes, from);
        return post(number, bytes);
    }

    WebClient.Raw post(int number, byte[] bytes) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (chunks() > 1) {
            all.putIfAbsent("chunks", Integer.toString(chunks()));
            all.put("chunk", Integer.toString(number));
        }
        all.put("uploadmediarequest", new String(Json.bytes(request), StandardCharsets.UTF_8));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        all.forEach((name, value) -> write(
                body,
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
                        + "\r\n"));
        write(
                body,
                "--" + BOUNDARY + "\r\nContent-Disposition: " + disposition
                        + "\r\nContent-Type: application/octet-stream\r\n\r\n");
        body.writeBytes(bytes);
        write(body, "\r\n--" + BOUNDARY + "--\r\n");
        return web.raw(
                "POST",
                "https://file." + web.home + "/cgi-bin/mmwebwx-bin/webwxuploadmedia?f=json",
                Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY),
                body.toByteArray());
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks before a large file, and takes over what the answer says. */
    JsonNode check() {
        Map<String, Object> body = web.body();
        body.putAll(Json.object(
                "FromUserName", web.user.path("UserName").asString(),
                "ToUserName", "filehelper",
                "FileSize", media.size(),
                "FileMd5", media.md5(),
                "FileName", media.fileName(),
                "FileType", 7));
        JsonNode answer = web.post(web.api("webwxcheckupload"), body).json();
        request.put("AESKey", answer.path("AESKey").asString());
        request.put("Signature", answer.path("Signature").asString());
        return answer;
    }
}
