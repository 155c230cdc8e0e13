package io.wxflux.load;

import io.wxflux.simulator.SimMessage;
import java.util.function.LongConsumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a bare client takes from an answer of webwxinit or webwxsync: every token is read, the keys and stamps are kept and
 * nothing else is made of it.
 */
record SyncAnswer(int ret, Key syncKey, Key checkKey, boolean more) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * @param json for webwxsync
     * @param query for synccheck, percent-encoded
     */
    record Key(String json, String query) {
        static final Key NONE = new Key("", "");

        boolean isEmpty() {
            return json.isEmpty();
        }
    }

    /** @param stamps is told when each message was due, in order */
    static SyncAnswer read(byte[] body, LongConsumer stamps) {
        int ret = -1;
        Key syncKey = Key.NONE;
        Key checkKey = Key.NONE;
        boolean more = false;
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new LoadFailed("the service's answer is no JSON object");
            }
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                switch (name) {
                    case "BaseResponse" -> ret = ret(in);
                    case "SyncKey" -> syncKey = key(in);
                    case "SyncCheckKey" -> checkKey = key(in);
                    case "ContinueFlag" -> more = in.getIntValue() != 0;
                    default -> tokens(in, stamps);
                }
            }
        }
        return new SyncAnswer(ret, syncKey, checkKey, more);
    }

    private static void tokens(JsonParser in, LongConsumer stamps) {
        if (!in.currentToken().isStructStart()) {
            return;
        }
        int depth = 1;
        while (depth > 0) {
            JsonToken token = in.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_NUMBER_INT && SimMessage.STAMP.equals(in.currentName())) {
                stamps.accept(in.getLongValue());
            }
        }
    }

    private static int ret(JsonParser in) {
        int ret = -1;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            if (name.equals("Ret")) {
                ret = in.getIntValue();
            } else {
                in.skipChildren();
            }
        }
        return ret;
    }

    private static Key key(JsonParser in) {
        var json = new StringBuilder();
        var query = new StringBuilder();
        int count = 0;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (in.nextToken() != JsonToken.START_ARRAY || !name.equals("List")) {
                in.skipChildren();
                continue;
            }
            while (in.nextToken() == JsonToken.START_OBJECT) {
                long key = 0;
                long value = 0;
                for (String member = in.nextName(); member != null; member = in.nextName()) {
                    in.nextToken();
                    if (member.equals("Key")) {
                        key = in.getLongValue();
                    } else {
                        value = in.getLongValue();
                    }
                }
                json.append(count == 0 ? "" : ",")
                        .append("{\"Key\":")
                        .append(key)
                        .append(",\"Val\":")
                        .append(value)
                        .append('}');
                query.append(count == 0 ? "" : "%7C").append(key).append('_').append(value);
                count++;
            }
        }
        return count == 0 ? Key.NONE : new Key("{\"Count\":" + count + ",\"List\":[" + json + "]}", query.toString());
    }
}
