package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.wire.SyncBody.ReceivedMessage;
import io.wxflux.model.DetailedMessage;
import io.wxflux.model.Message;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A message as it was found when its batch came, and as it is read from its journal record after a restart: sinks must not
 * be able to tell which of the two they have.
 */
class FoundMessagesTest {
    private static final Uin UIN = new Uin(1234567890);
    private static final UserName ME = UserName.of(SampleMessages.SELF);
    private static final String[] ODD = {
        "\"MsgType\":1,\"Content\":\"\\ud83d \\ude00\\ud83d\"",
        "\"MsgType\":\"49\",\"AppMsgType\":5.0,\"Content\":17",
        "\"MsgType\":1e3,\"CreateTime\":\"1770091500\",\"FromUserName\":12,\"ToUserName\":null",
        "\"MsgType\":99999999999,\"SubMsgType\":-1,\"CreateTime\":-5",
        "\"FromUserName\":{\"Content\":\"no\"},\"Content\":[\"no\"],\"MsgType\":[1]",
        "\"MsgId\":\"0\",\"NewMsgId\":9223372036854775813,\"MsgType\":1,\"Content\":\"a&lt;b\"",
        "\"NewMsgId\":4,\"MsgId\":\"5\",\"MsgId\":6,\"Content\":\"x\",\"Content\":\"@a:<br/>y\"",
        "\"MsgType\":51,\"StatusNotifyCode\":\"4\",\"StatusNotifyUserName\":\"@a,@@b\",\"Content\":\"&lt;msg\"",
        "\"\\u0043ontent\":\"escaped name\",\"MsgType\":1,\"FromUserName\":\"\\u0040a11ce\"",
        "\"FromUserName\":\"@@7007\",\"Content\":\"@a11ce:<br/>hello\",\"MsgType\":1",
    };

    /** Both ways, looked into to the bottom. */
    private static void same(ReceivedMessage received) {
        JournalEntry.Written written = JournalEntry.message(UIN, ME, received);
        JournalEntry read = JournalEntry.decode(written.record());
        assertThat(read).isEqualTo(written.entry()).hasSameHashCodeAs(written.entry());
        Message found = written.entry().message();
        Message again = ((JournalEntry.OfMessage) read).message();
        assertThat(found).isEqualTo(again).hasToString(again.toString());
        assertThat(found.kind()).isEqualTo(again.kind());
        assertThat(found.header()).isEqualTo(again.header());
        assertThat(found.header().id()).isEqualTo(received.id());
        assertThat(found.note()).isEqualTo(again.note());
        assertThat(found.raw()).isEqualTo(again.raw()).isEqualTo(received.raw());
        if (found instanceof DetailedMessage<?> detailed) {
            assertThat(detailed.details()).isEqualTo(((DetailedMessage<?>) again).details());
        }
        assertThat(RawBytes.array(found.raw())).as("must not keep the answer").isSameAs(written.record());
    }

    private static List<ReceivedMessage> receive(String... messages) {
        List<ReceivedMessage> received =
                SyncBody.parse(utf8(Documents.sync(messages))).messages();
        assertThat(received).hasSize(messages.length);
        return received;
    }

    @Test
    void everyKindIsTheSame() {
        receive(SampleMessages.all().values().toArray(String[]::new)).forEach(FoundMessagesTest::same);
    }

    @Test
    void oddFieldsAreTheSame() {
        List<String> odd = new ArrayList<>(List.of("17", "\"text\"", "[{}]", "false", "{}"));
        for (String members : ODD) {
            odd.add("{" + members + "}");
        }
        receive(odd.toArray(String[]::new)).forEach(FoundMessagesTest::same);
    }

    static Stream<Arguments> sick() {
        return SickNeighbourTest.sick();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sick")
    void whatNobodyCanReadIsTheSame(String name, String json) {
        receive(json, "{\"MsgId\":\"3\",\"MsgType\":1,\"Content\":\"behind\"}").forEach(FoundMessagesTest::same);
    }

    /** Bytes changed anywhere in an answer, also to such as are no UTF-8: whatever is still an answer. */
    @Test
    void damagedAnswersAreTheSame() {
        List<String> messages = new ArrayList<>(SampleMessages.all().values());
        for (String members : ODD) {
            messages.add("{" + members + "}");
        }
        var random = new Random(20240606);
        int read = 0;
        for (int n = 0; n < 3_000; n++) {
            String json = messages.get(n % messages.size());
            byte[] body = damaged(utf8(Documents.sync(json, messages.get(0))), random);
            try {
                List<ReceivedMessage> received = SyncBody.parse(body).messages();
                received.forEach(FoundMessagesTest::same);
                read += received.size();
            } catch (ProtocolViolationException noAnswer) {
                // Refused as a whole, as before anybody looked into its messages.
            }
        }
        assertThat(read).as("most are still answers").isGreaterThan(3_000);
    }

    private static byte[] damaged(byte[] body, Random random) {
        byte[] changed = body.clone();
        int at = random.nextInt(changed.length);
        switch (random.nextInt(4)) {
            case 0 -> changed[at] = (byte) random.nextInt(256);
            case 1 -> changed[at] = (byte) (0x80 + random.nextInt(128));
            case 2 -> changed[at] = (byte) ('0' + random.nextInt(10));
            default -> {
                // A surrogate in three bytes, an overlong slash, a sequence that is cut.
                byte[][] pieces = {{(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xC0, (byte) 0xAF}, {(byte) 0xE6}};
                var out = new ByteArrayOutputStream();
                out.write(changed, 0, at);
                out.writeBytes(pieces[random.nextInt(pieces.length)]);
                out.write(changed, at, changed.length - at);
                return out.toByteArray();
            }
        }
        return changed;
    }

    /** The same names in many messages are made once; what only looks like them is not taken for them. */
    @Test
    void namesThatComeAgainAreMadeOnce() {
        String[] messages = Stream.of("@a,@me", "@b,@me", "@me,@b", "@A,@m", "@me,@a", ",@me", "\\u0040me,@a")
                .map(pair -> pair.split(","))
                .map(pair -> "{\"MsgId\":\"1\",\"MsgType\":1,\"FromUserName\":\"" + pair[0] + "\",\"ToUserName\":\""
                        + pair[1] + "\"}")
                .toArray(String[]::new);
        List<Message> found = new ArrayList<>();
        for (ReceivedMessage received : receive(messages)) {
            same(received);
            found.add(received.message(ME));
        }
        assertThat(found)
                .extracting(m -> m.header().from() + "," + m.header().to())
                .containsExactly("@a,@me", "@b,@me", "@me,@b", "@A,@m", "@me,@a", ",@me", "@me,@a");
        assertThat(found.get(1).header().to()).isSameAs(found.get(0).header().to());
        assertThat(found.get(2).header().from()).isSameAs(found.get(0).header().to());
        assertThat(found.get(2).header().to()).isSameAs(found.get(1).header().from());
    }
}
