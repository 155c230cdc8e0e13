package io.wxflux.internal.wire;

import io.wxflux.model.UserName;

/**
 * What is asked and answered when a file goes up (PROTOCOL 11.1 and 11.2). Prints its code only.
 *
 * @param mediaId empty as long as the service has not the whole file
 * @param aesKey of webwxcheckupload; else empty
 * @param signature of webwxcheckupload; else empty
 * @param encryFileName the name as the service writes it
 */
public record UploadBody(int ret, String mediaId, String aesKey, String signature, String encryFileName) {
    private static final int MOST_TOKEN = 4_096;
    private static final int FILE_TYPE = 7;
    private static final int UPLOAD_TYPE = 2;
    private static final int MEDIA_TYPE = 4;

    public static UploadBody parse(String operation, byte[] body) {
        return JsonReader.read(operation, body, UploadBody::read);
    }

    private static UploadBody read(JsonReader in) {
        BaseResponse base = null;
        String mediaId = "";
        String aesKey = "";
        String signature = "";
        String name = "";
        int seen = in.mark();
        for (String member = in.nextName(seen); member != null; member = in.nextName(seen)) {
            switch (member) {
                case "BaseResponse" -> base = BaseResponse.read(in);
                case "MediaId" -> mediaId = token(in.text());
                case "AESKey" -> aesKey = token(in.text());
                case "Signature" -> signature = token(in.text());
                case "EncryFileName" -> name = token(in.text());
                default -> in.skip();
            }
        }
        return new UploadBody(BaseAnswer.required(base, in).ret(), mediaId, aesKey, signature, name);
    }

    private static String token(String text) {
        return SafeText.isToken(text, MOST_TOKEN) ? text : "";
    }

    /** The body of webwxcheckupload. */
    public static byte[] check(BaseRequest base, UserName from, UserName to, String name, long size, String md5) {
        return RequestBodies.body(base, json -> {
            RequestBodies.text(json, "FromUserName", from.value());
            RequestBodies.text(json, "ToUserName", to.value());
            json.writeNumberProperty("FileSize", size);
            RequestBodies.text(json, "FileMd5", md5);
            RequestBodies.text(json, "FileName", name);
            json.writeNumberProperty("FileType", FILE_TYPE);
        });
    }

    /**
     * The field {@code uploadmediarequest}, the same for all chunks of a file.
     *
     * @param checked the answer of webwxcheckupload; its key and signature are left out when empty
     */
    public static byte[] request(
            BaseRequest base,
            UserName from,
            UserName to,
            long clientMediaId,
            long size,
            String md5,
            UploadBody checked) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("UploadType", UPLOAD_TYPE);
            RequestBodies.base(json, base);
            json.writeNumberProperty("ClientMediaId", clientMediaId);
            json.writeNumberProperty("TotalLen", size);
            json.writeNumberProperty("StartPos", 0);
            json.writeNumberProperty("DataLen", size);
            json.writeNumberProperty("MediaType", MEDIA_TYPE);
            RequestBodies.text(json, "FromUserName", from.value());
            RequestBodies.text(json, "ToUserName", to.value());
            RequestBodies.text(json, "FileMd5", md5);
            if (!checked.aesKey().isEmpty()) {
                RequestBodies.text(json, "AESKey", checked.aesKey());
            }
            if (!checked.signature().isEmpty()) {
                RequestBodies.text(json, "Signature", checked.signature());
            }
            json.writeEndObject();
        });
    }

    @Override
    public String toString() {
        return "UploadBody[" + ret + "]";
    }
}
