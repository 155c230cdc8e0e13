package io.wxflux.internal.wire;

/**
 * The head of every answer. Without a code the answer is nobody's: a portal's {@code {}} must not count as success.
 *
 * @param errMsg for people, in the language of the session, sometimes garbled; nothing acts on it
 */
record BaseResponse(int ret, String errMsg) {
    static BaseResponse read(JsonReader in) {
        if (!in.enterObject()) {
            throw in.violation("whose BaseResponse is no object");
        }
        Long ret = null;
        String errMsg = "";
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            switch (name) {
                case "Ret" -> ret = in.number();
                case "ErrMsg" -> errMsg = in.text();
                default -> in.skip();
            }
        }
        if (ret == null || ret != ret.intValue()) {
            throw in.violation("without a usable Ret");
        }
        return new BaseResponse(ret.intValue(), errMsg);
    }
}
