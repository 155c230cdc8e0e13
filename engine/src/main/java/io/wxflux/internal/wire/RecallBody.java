package io.wxflux.internal.wire;

import io.wxflux.model.Recalled;

/** The answer to webwxrevokemsg. */
public record RecallBody(int ret, Recalled recalled) {
    public static RecallBody parse(byte[] body) {
        return JsonReader.read("webwxrevokemsg", body, RecallBody::read);
    }

    private static RecallBody read(JsonReader in) {
        BaseResponse base = null;
        String introduction = "";
        String wording = "";
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            switch (name) {
                case "BaseResponse" -> base = BaseResponse.read(in);
                case "Introduction" -> introduction = ContentText.decode(in.text());
                case "SysWording" -> wording = ContentText.decode(in.text());
                default -> in.skip();
            }
        }
        return new RecallBody(BaseAnswer.required(base, in).ret(), new Recalled(introduction, wording));
    }
}
