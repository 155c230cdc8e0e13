package io.wxflux.internal.wire;

import org.jspecify.annotations.Nullable;

/** An answer of which only the code counts. */
public record BaseAnswer(int ret) {
    public static BaseAnswer parse(byte[] body) {
        return parse("the request", body);
    }

    /** @param operation what was asked, for the error message */
    public static BaseAnswer parse(String operation, byte[] body) {
        return JsonReader.read(operation, body, BaseAnswer::read);
    }

    private static BaseAnswer read(JsonReader in) {
        BaseResponse base = null;
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            if (name.equals("BaseResponse")) {
                base = BaseResponse.read(in);
            } else {
                in.skip();
            }
        }
        return new BaseAnswer(required(base, in).ret());
    }

    static BaseResponse required(@Nullable BaseResponse base, JsonReader in) {
        if (base == null) {
            throw in.violation("without a BaseResponse");
        }
        return base;
    }
}
