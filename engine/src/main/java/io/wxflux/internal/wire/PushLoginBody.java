package io.wxflux.internal.wire;

/**
 * The answer of webwxpushloginurl (PROTOCOL 5.4).
 *
 * @param ret "0" when the phone was asked
 * @param uuid to poll with; empty on refusal
 */
public record PushLoginBody(String ret, String msg, String uuid) {
    private static final int MOST_UUID = 128;

    public static PushLoginBody parse(byte[] body) {
        return JsonReader.read("webwxpushloginurl", body, PushLoginBody::read);
    }

    private static PushLoginBody read(JsonReader in) {
        String ret = "";
        String msg = "";
        String uuid = "";
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            switch (name) {
                case "ret" -> ret = in.text();
                case "msg" -> msg = in.text();
                case "uuid" -> uuid = in.text();
                default -> in.skip();
            }
        }
        if (ret.isEmpty()) {
            throw in.violation("without a ret");
        }
        if (ret.equals("0") && !SafeText.isToken(uuid, MOST_UUID)) {
            throw in.violation("that says ret 0 without a usable uuid");
        }
        return new PushLoginBody(ret, msg, ret.equals("0") ? uuid : "");
    }

    /** The uuid lets anybody watch this login. */
    @Override
    public String toString() {
        return "PushLoginBody[ret " + ret + ", " + msg + "]";
    }
}
