package io.wxflux.simulator;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Files on their way up: the question before large ones, and the chunks. */
final class UploadEndpoints {

    private static final int BAD_PARAMETER = 1;
    private static final int UNFINISHED = 200;
    private static final long SALT = 0x9e3779b97f4a7c15L;

    private final Service service;
    private final SessionCheck check;
    private final Map<String, Upload> uploads = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Upload> eldest) {
            return size() > UNFINISHED;
        }
    };

    UploadEndpoints(Service service, SessionCheck check) {
        this.service = service;
        this.check = check;
    }

    // before a large file --------------------------------------------------------------------------------------------

    Mono<Reply> checkUpload(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        JsonNode body = request.json();
        String md5 = Json.text(body.path("FileMd5"));
        long size = body.path("FileSize").asLong(-1);
        String name = Json.text(body.path("FileName"));
        String problem = !md5.matches("[0-9a-f]{32}")
                ? "FileMd5 is missing or no MD5 in small letters"
                : size <= 0
                        ? "FileSize is missing"
                        : name.isEmpty()
                                ? "FileName is missing"
                                : body.path("FileType").asInt(0) != 7 ? "FileType is not 7" : "";
        if (!problem.isEmpty()) {
            session.account().violation(Violation.Kind.BAD_UPLOAD, "webwxcheckupload: " + problem);
            return Mono.just(checked(BAD_PARAMETER, "", "", "", ""));
        }
        UploadedFile known = service.files().same(md5, size);
        String mediaId = "";
        if (known != null) {
            mediaId = mediaId(md5);
            service.files().add(named(known, mediaId, session, name));
        }
        return Mono.just(checked(
                0, mediaId, aesKey(session, md5), signature(session, md5, size), MediaMessages.encrypted(name)));
    }

    private static UploadedFile named(UploadedFile known, String mediaId, Session session, String name) {
        return new UploadedFile(
                mediaId,
                session.sid(),
                name,
                UploadRules.mediaType(name),
                known.md5(),
                known.size(),
                known.path(),
                known.disk());
    }

    private static Reply checked(int ret, String mediaId, String aesKey, String signature, String name) {
        return Reply.json(Json.object(
                "BaseResponse", Json.baseResponse(ret),
                "MediaId", mediaId,
                "AESKey", aesKey,
                "Signature", signature,
                "EncryFileName", name));
    }

    /** What proves that webwxcheckupload was asked about a file. */
    static String signature(Session session, String md5, long size) {
        return hex(session, md5 + size, 4);
    }

    private static String aesKey(Session session, String md5) {
        return hex(session, "key" + md5, 2);
    }

    private static String hex(Session session, String of, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= words; i++) {
            long token = session.sid().hashCode() * 31L + of.hashCode() + i * SALT;
            text.append(String.format("%016x", Ids.mix(token)));
        }
        return text.toString();
    }

    private String mediaId(String md5) {
        return "@crypt_" + service.ids().hex(8) + "_" + service.ids().hex(64) + md5;
    }

    // chunks ---------------------------------------------------------------------------------------------------------

    Mono<Reply> upload(SimRequest request) {
        if (request.method().equals("OPTIONS")) {
            return Mono.just(Reply.of(200, "text/plain", new byte[0]));
        }
        Multipart form = request.isTooLong() ? null : Multipart.read(request.header("Content-Type"), request.body());
        if (form == null || !form.hasFile()) {
            return Mono.just(noForm(request));
        }
        JsonNode meta = Json.read(form.field("uploadmediarequest").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        SessionCheck.Admission admission = check.byBaseRequest(request, meta.path("BaseRequest"), HostFamily.Role.FILE);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(answer(admission.refusal(), "", 0, ""));
        }
        UploadRules rules = new UploadRules(form, meta);
        synchronized (session.account()) {
            rules.check(session, session.account().people());
        }
        rules.complaints().forEach(what -> complain(session, what));
        if (rules.isRefused() || !maySend(session, rules)) {
            return Mono.just(answer(BAD_PARAMETER, "", 0, ""));
        }
        return chunk(session, form, rules);
    }

    private Reply noForm(SimRequest request) {
        SimAccount account = service.accountOf(request.cookie("wxuin"));
        service.violations()
                .count(
                        Violation.Kind.BAD_UPLOAD,
                        account == null ? "" : account.name(),
                        request.isTooLong()
                                ? "webwxuploadmedia: more than a chunk of 524,288 bytes at once"
                                : "webwxuploadmedia: no multipart form with a file in it");
        return request.isTooLong() ? Reply.html(402, "") : answer(BAD_PARAMETER, "", 0, "");
    }

    private static void complain(Session session, String what) {
        session.account().violation(Violation.Kind.BAD_UPLOAD, "webwxuploadmedia: " + what);
    }

    private static boolean maySend(Session session, UploadRules rules) {
        long total = rules.number("TotalLen");
        boolean right = total <= UploadRules.CHECKED_FROM
                || (rules.text("Signature").equals(signature(session, rules.text("FileMd5"), total))
                        && rules.text("AESKey").equals(aesKey(session, rules.text("FileMd5"))));
        if (!right) {
            complain(session, "more than 25 MB without the Signature and AESKey of webwxcheckupload");
        }
        return right;
    }

    private Mono<Reply> chunk(Session session, Multipart form, UploadRules rules) {
        String key = session.sid() + "|" + rules.text("ClientMediaId");
        String meta = form.field("uploadmediarequest");
        int chunk = rules.chunk();
        Upload upload;
        synchronized (uploads) {
            Upload known = uploads.get(key);
            if (chunk == 0 && (known == null || known.done() != null && !known.isRepeated(form))) {
                known = new Upload(meta, rules.number("TotalLen"));
                uploads.put(key, known);
            }
            upload = known;
        }
        if (upload == null) {
            complain(session, "a later chunk of an upload that never began: ClientMediaId must be one for all chunks");
            return Mono.just(answer(0, "", 0, MediaMessages.encrypted(form.field("name"))));
        }
        synchronized (upload) {
            if (!upload.request().equals(meta)) {
                complain(session, "uploadmediarequest is not the same for all chunks");
            }
            if (!upload.isBusy() && chunk == upload.next() - 1 && upload.isRepeated(form)) {
                return Mono.just(state(upload, form));
            }
            if (chunk != upload.next() || upload.isBusy()) {
                complain(session, "chunk " + chunk + " came when " + upload.next() + " was due, or two at once");
                return Mono.just(answer(BAD_PARAMETER, "", 0, ""));
            }
            upload.begin(form);
        }
        return service.files()
                .append(upload.path(), form.body(), form.fileFrom(), form.fileLength())
                .map(path -> written(session, upload, path, form, rules));
    }

    private Reply written(Session session, Upload upload, Path path, Multipart form, UploadRules rules) {
        synchronized (upload) {
            upload.wrote(path);
            if (upload.isWhole()) {
                String md5 = upload.md5();
                String wanted = rules.text("FileMd5");
                if (!wanted.isEmpty() && !wanted.equals(md5)) {
                    complain(session, "FileMd5 is not the MD5 of what came");
                    service.files().drop(path);
                    return answer(BAD_PARAMETER, "", 0, "");
                }
                String name = form.field("name");
                UploadedFile file = new UploadedFile(
                        mediaId(md5),
                        session.sid(),
                        name,
                        form.field("mediatype"),
                        md5,
                        upload.received(),
                        path,
                        service.files().disk());
                upload.done(file);
                service.files().add(file);
            }
            return state(upload, form);
        }
    }

    private static Reply state(Upload upload, Multipart form) {
        UploadedFile file = upload.done();
        return answer(0, mediaIdOf(file), upload.received(), MediaMessages.encrypted(form.field("name")));
    }

    private static String mediaIdOf(@Nullable UploadedFile file) {
        return file == null ? "" : file.mediaId();
    }

    private static Reply answer(int ret, String mediaId, long position, String name) {
        return Reply.json(Json.object(
                "BaseResponse",
                Json.baseResponse(ret),
                "MediaId",
                mediaId,
                "StartPos",
                position,
                "CDNThumbImgHeight",
                100,
                "CDNThumbImgWidth",
                100,
                "EncryFileName",
                name));
    }
}
