package io.wxflux.internal.wire;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.wire.SyncBody.ReceivedMessage;
import io.wxflux.model.DetailedMessage;
import io.wxflux.model.Message;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Any bytes as the JSON of each endpoint, and as a message: a value or the one typed error, and never a message lost. */
public final class JsonTarget {
    private static final UserName SELF = UserName.of("@5e1f");
    private static final List<Function<byte[], Object>> BODIES = List.of(
            InitBody::parse,
            ContactPage::parse,
            BatchContacts::parse,
            PushLoginBody::parse,
            body -> SendBody.parse("fuzz", body),
            body -> BaseAnswer.parse("fuzz", body));
    private static final byte[] NEIGHBOUR = utf8("{\"MsgId\":\"7\",\"MsgType\":1,\"Content\":\"a\"}");

    private JsonTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (Function<byte[], Object> body : BODIES) {
            same(attempt(body, input), attempt(body, input));
        }
        if (attempt(SyncBody::parse, input) instanceof SyncBody sync) {
            sync.messages().forEach(JsonTarget::look);
        }
        look(RawMessage.wrap(input));
        amongOthers(input);
    }

    /** If it is a JSON value that can be a message at all, it is delivered, and so are those beside it. */
    private static void amongOthers(byte[] input) {
        if (attempt(JsonTarget::value, input) == null) {
            return;
        }
        SyncBody sync = SyncBody.parse(
                join("{\"BaseResponse\":{\"Ret\":0},\"AddMsgList\":[", NEIGHBOUR, ",", input, ",", NEIGHBOUR, "]}"));
        List<ReceivedMessage> messages = sync.messages();
        check(messages.size() == 3, "a message is missing");
        check(Arrays.equals(messages.get(0).raw().toByteArray(), NEIGHBOUR), "the message before is another one");
        check(Arrays.equals(messages.get(2).raw().toByteArray(), NEIGHBOUR), "the message behind is another one");
    }

    /** Null unless it is one whole value, of any type but null, that need not be repaired. */
    private static @Nullable Object value(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        if (!Arrays.equals(utf8(text), input) || text.strip().equals("null")) {
            return null;
        }
        return JsonReader.read("fuzz", join("{\"a\":", input, "}"), in -> {
            in.nextName();
            in.skip();
            return in.nextName() == null ? text : null;
        });
    }

    private static void look(ReceivedMessage received) {
        Message message = look(received.raw());
        check(message.header().id().equals(received.id()), "the event would name another id than the journal knows");
    }

    static Message look(RawMessage raw) {
        Message message = MessageDecoder.decode(raw, SELF);
        String note = message.note();
        if (message instanceof DetailedMessage<?> detailed) {
            check(detailed.details().toString() != null, "no details");
        }
        check(message.raw().equals(raw), "the raw object is another one");
        check(note == null || !note.startsWith("not decoded"), "nobody foresaw this: " + note);
        return message;
    }

    /** What the parser makes of it; null when that is the one typed error. */
    static @Nullable Object attempt(Function<byte[], ? extends @Nullable Object> parser, byte[] input) {
        try {
            return parser.apply(input);
        } catch (ProtocolViolationException expected) {
            return null;
        }
    }

    static void same(@Nullable Object first, @Nullable Object second) {
        check(first == null ? second == null : first.equals(second), "read twice, it is not the same");
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] join(Object... parts) {
        var all = new ByteArrayOutputStream();
        for (Object part : parts) {
            all.writeBytes(part instanceof byte[] bytes ? bytes : utf8(part.toString()));
        }
        return all.toByteArray();
    }
}
