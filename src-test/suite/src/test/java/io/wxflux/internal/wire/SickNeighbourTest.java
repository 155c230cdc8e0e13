package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.ALICE;
import static io.wxflux.internal.wire.Documents.SELF;
import static io.wxflux.internal.wire.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.wire.SyncBody.ReceivedMessage;
import io.wxflux.model.DetailedMessage;
import io.wxflux.model.Message;
import io.wxflux.model.UserName;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A batch with one message nobody can read loses neither that one nor those around it: the account would ask for the same
 * batch for ever.
 */
class SickNeighbourTest {
    private static final String BEFORE = Documents.message("9000000000000000001", 1, 0, ALICE, SELF, "before");
    private static final String BEHIND = Documents.message("9000000000000000003", 1, 0, ALICE, SELF, "behind");
    private static final int MANY = 100_000;

    static Stream<Arguments> sick() {
        var members = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            members.append(",\"m").append(i).append("\":1");
        }
        return Stream.of(
                sick("deep array", with("\"Junk\":" + "[".repeat(MANY) + "]".repeat(MANY))),
                sick("deep object", with("\"Junk\":" + "{\"a\":".repeat(MANY) + "1" + "}".repeat(MANY))),
                sick("deep content", content("[".repeat(MANY) + "]".repeat(MANY))),
                sick("deep instead of a message", "[".repeat(MANY) + "]".repeat(MANY)),
                sick("many members", with("\"Junk\":0" + members)),
                sick("long content", content("\"" + "x".repeat(5 << 20) + "\"")),
                sick("long name", with("\"" + "n".repeat(MANY) + "\":1")),
                sick("long number", with("\"CreateTime\":" + "9".repeat(MANY))),
                sick("long exponent", with("\"CreateTime\":1e" + "9".repeat(60))),
                sick("long id", "{\"MsgId\":" + "7".repeat(MANY) + "}"),
                sick("fraction of an id", "{\"MsgId\":0.5,\"NewMsgId\":-1}"),
                sick("object for an id", "{\"MsgId\":{\"MsgId\":\"4\"},\"MsgType\":[1]}"),
                sick("the same twice", with("\"MsgType\":49,\"MsgType\":\"x\",\"Content\":1,\"Content\":null")),
                sick("lone surrogates", content("\"\\ud83d \\ude00\\ud83d\"")),
                sick("control characters", content("\"" + controls() + "\"")),
                sick("escaped controls", content("\"\\u0000\\u0001\\u001b\\u007f\\ufffe\\uffff\"")),
                sick("a bomb", content("\"" + bomb() + "\"")),
                sick("attributes", content("\"" + attributes() + "\"")),
                sick("depth", content("\"" + "&lt;msg&gt;".repeat(MANY) + "\"")),
                sick("empty", "{}"),
                sick("text", "\"<html>\""),
                sick("number", "17"),
                sick("false", "false"));
    }

    private static Arguments sick(String name, String json) {
        return Arguments.of(name, json);
    }

    private static String with(String members) {
        return "{\"MsgId\":\"9000000000000000002\",\"FromUserName\":\"" + ALICE + "\",\"MsgType\":49,\"AppMsgType\":5,"
                + members + "}";
    }

    private static String content(String value) {
        return with("\"Content\":" + value);
    }

    private static String controls() {
        return IntStream.rangeClosed(0, 0x1f)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String bomb() {
        var entities = new StringBuilder("&lt;!DOCTYPE msg [&lt;!ENTITY a0 'x'&gt;");
        for (int i = 1; i < 30; i++) {
            entities.append("&lt;!ENTITY a" + i + " '&amp;a" + (i - 1) + ";&amp;a" + (i - 1) + ";'&gt;");
        }
        return entities
                + "]&gt;&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;&amp;a29;&lt;/title&gt;&lt;/appmsg&gt;&lt;/msg&gt;";
    }

    private static String attributes() {
        var attributes = new StringBuilder("&lt;msg");
        for (int i = 0; i < MANY; i++) {
            attributes.append(" a").append(i).append("='1'");
        }
        return attributes + "/&gt;";
    }

    /** Time of this thread, whatever else the machine is busy with. */
    private static void inTime(Runnable task) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        task.run();
        assertThat(Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start))
                .isLessThan(Duration.ofSeconds(3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sick")
    void costsNobodyAnything(String name, String json) {
        byte[] body = utf8(Documents.sync(BEFORE, json, BEHIND));
        inTime(() -> {
            List<ReceivedMessage> messages = SyncBody.parse(body).messages();
            assertThat(messages).extracting(m -> m.raw().json()).containsExactly(BEFORE, json, BEHIND);
            for (ReceivedMessage received : messages) {
                Message message = MessageDecoder.decode(received.raw(), UserName.of(SELF));
                message.note();
                if (message instanceof DetailedMessage<?> detailed) {
                    assertThat(detailed.details()).isNotNull();
                }
                assertThat(message.raw()).isEqualTo(received.raw());
            }
            assertThat(MessageDecoder.decode(messages.get(0).raw(), UserName.of(SELF))
                            .note())
                    .isNull();
        });
    }

    /** By it repetitions are recognised; events would otherwise name another id than the journal knows. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("sick")
    void hasOneIdEverywhere(String name, String json) {
        ReceivedMessage received =
                SyncBody.parse(utf8(Documents.sync(json))).messages().get(0);
        assertThat(MessageDecoder.decode(received.raw(), UserName.of(SELF))
                        .header()
                        .id())
                .isEqualTo(received.id());
    }

    /** Beyond that depth the memory for it would be a multiple of the body. */
    @Test
    void thereIsADepthThatIsRefusedAtOnce() {
        byte[] body = utf8(Documents.sync("[".repeat(1 << 20) + "]".repeat(1 << 20)));
        inTime(() -> assertThatThrownBy(() -> SyncBody.parse(body)).isInstanceOf(ProtocolViolationException.class));
    }
}
