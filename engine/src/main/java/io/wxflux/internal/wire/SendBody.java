package io.wxflux.internal.wire;

import io.wxflux.model.MsgId;

/**
 * The answer to a sent message (PROTOCOL 10.1).
 *
 * @param id the server's id of it; empty when the server left it out
 */
public record SendBody(int ret, MsgId id) {
    private static final int MOST_ID = 64;

    /** @param operation what was asked, for the error message */
    public static SendBody parse(String operation, byte[] body) {
        return JsonReader.read(operation, body, SendBody::read);
    }

    private static SendBody read(JsonReader in) {
        BaseResponse base = null;
        String id = "";
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            switch (name) {
                case "BaseResponse" -> base = BaseResponse.read(in);
                case "MsgID" -> id = in.text();
                default -> in.skip();
            }
        }
        return new SendBody(BaseAnswer.required(base, in).ret(), new MsgId(SafeText.isToken(id, MOST_ID) ? id : ""));
    }
}
