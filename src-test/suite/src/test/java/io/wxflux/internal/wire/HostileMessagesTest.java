package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.SampleMessages.ALICE;
import static io.wxflux.internal.wire.SampleMessages.SELF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.wxflux.model.DetailedMessage;
import io.wxflux.model.Message;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever strangers send is delivered whole and in time, read or not. */
class HostileMessagesTest {
    /** Every kind that reads XML, as msgType and appMsgType. */
    private static final int[][] TYPES = {
        {1, 0},
        {3, 0},
        {34, 0},
        {37, 0},
        {40, 0},
        {42, 0},
        {43, 0},
        {47, 0},
        {48, 0},
        {50, 0},
        {51, 0},
        {62, 0},
        {49, 0},
        {49, 3},
        {49, 5},
        {49, 6},
        {49, 17},
        {49, 19},
        {49, 33},
        {49, 51},
        {49, 53},
        {49, 57},
        {49, 2000},
        {49, 2001},
        {9999, 0},
        {10000, 0},
        {10002, 0},
        {4711, 0}
    };

    private static Message look(RawMessage raw) {
        Message message = MessageDecoder.decode(raw, UserName.of(SELF));
        message.note();
        if (message instanceof DetailedMessage<?> detailed) {
            assertThat(detailed.details().toString()).isNotNull();
        }
        assertThat(message.raw()).isEqualTo(raw);
        return message;
    }

    static Stream<Arguments> inventions() {
        var attributes = new StringBuilder("<msg");
        for (int i = 0; i < 100_000; i++) {
            attributes.append(" a").append(i).append("='1'");
        }
        var fewer = new StringBuilder("<msg");
        for (int i = 0; i < 5_000; i++) {
            fewer.append(" a").append(i).append("='1'");
        }
        var entities = new StringBuilder("<!DOCTYPE msg [<!ENTITY a0 \"x\">");
        for (int i = 1; i < 30; i++) {
            entities.append("<!ENTITY a" + i + " \"&a" + (i - 1) + ";&a" + (i - 1) + ";\">");
        }
        return Stream.of(
                named("bomb", entities + "]><msg><appmsg><title>&a29;</title></appmsg></msg>"),
                named("foreign", "<!DOCTYPE m SYSTEM \"file:///etc/hostname\"><msg><img length='1'/></msg>"),
                named("attributes", attributes + "/>"),
                named("fewer attributes", fewer + "/>"),
                named("depth", "<msg>".repeat(100_000)),
                named("closed depth", "<msg>".repeat(5_000) + "</msg>".repeat(5_000)),
                named("siblings", "<msg>" + "<appmsg/>".repeat(7_000) + "</msg>"),
                named("name", "<msg" + "a".repeat(60_000) + "/>"),
                named("open cdata", "<msg><appmsg><title><![CDATA[" + "]]".repeat(30_000)),
                named("ampersands", "<msg>" + "&".repeat(10_000) + "</msg>"),
                named("references", "<msg>" + "&#x1;".repeat(10_000) + "</msg>"),
                named("spans", "<span class=\"emoji emoji".repeat(40_000)),
                named("breaks", "<br/>".repeat(200_000)),
                named("controls", "<msg><appmsg><title>\u0000\u0001\u001b\u007f\uFFFE</title></appmsg></msg>"),
                named("surrogates", "<msg><appmsg><title>\uD83D \uDE00 \uDE00\uD83D</title></appmsg></msg>"),
                named("jndi", "<msg><appmsg><title>${jndi:ldap://x} %s {} $1</title></appmsg></msg>"),
                named("types", "<sysmsg type=\"" + "p".repeat(100_000)),
                named("type far away", "<sysmsg " + " ".repeat(100_000) + "type=\"pat\"/>"),
                named("roots", "<msg <?xml <msg".repeat(20_000)),
                named("quotes", "「" + "」\n- ".repeat(50_000)),
                named(
                        "templates",
                        "<sysmsg type=\"sysmsgtemplate\"><sysmsgtemplate><content_template><template>"
                                + "$".repeat(60_000) + "</template></content_template></sysmsgtemplate></sysmsg>"),
                named(
                        "numbers",
                        "<msg><appmsg><wcpayinfo><paysubtype>99999999999999999999</paysubtype><invalidtime>"
                                + "9223372036854775807</invalidtime></wcpayinfo></appmsg><location x='1e999' y='-'/></msg>"));
    }

    private static Arguments named(String name, String content) {
        return Arguments.of(name, content);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inventions")
    void everyKindStandsIt(String name, String content) {
        boolean huge = content.length() > 70_000;
        for (int[] type : TYPES) {
            String sent = SampleMessages.xml(content);
            // The other fields are read the same way whatever their size.
            String also = huge ? "" : content;
            RawMessage raw = SampleMessages.raw(SampleMessages.message(
                    10, type[0], type[1], ALICE, sent, "OriContent", also, "Url", also, "FileName", also));
            assertTimeout(Duration.ofSeconds(3), () -> look(raw), () -> name + " as " + Arrays.toString(type));
            RawMessage unescaped = SampleMessages.raw(SampleMessages.message(10, type[0], type[1], ALICE, content));
            assertTimeout(Duration.ofSeconds(3), () -> look(unescaped));
        }
    }

    static Stream<String> samples() {
        return SampleMessages.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void cutAnywhereItIsStillAMessage(String sample) {
        byte[] whole = SampleMessages.one(sample).getBytes(StandardCharsets.UTF_8);
        assertTimeout(Duration.ofSeconds(30), () -> {
            for (int length = 0; length < whole.length; length++) {
                assertThat(look(RawMessage.wrap(Arrays.copyOf(whole, length))).note())
                        .isNotNull();
            }
        });
    }

    /** The envelope is whole, but the content breaks off: the kind stays, and what the envelope says. */
    @ParameterizedTest
    @MethodSource("samples")
    void withItsContentCutAnywhereItKeepsItsKind(String sample) {
        String json = SampleMessages.one(sample);
        Message whole = look(SampleMessages.raw(json));
        int start = json.indexOf("\"Content\":\"") + "\"Content\":\"".length();
        int end = json.indexOf("\",\"Status\"", start);
        boolean system = whole.header().msgType() == 10002;
        assertTimeout(Duration.ofSeconds(30), () -> {
            for (int cut = start; cut < end; cut++) {
                if (json.charAt(cut - 1) == '\\' || Character.isHighSurrogate(json.charAt(cut - 1))) {
                    continue;
                }
                Message part = look(SampleMessages.raw(json.substring(0, cut) + json.substring(end)));
                if (!system || part.note() == null) {
                    assertThat(part.kind()).isEqualTo(whole.kind());
                }
                assertThat(part.header().id()).isEqualTo(whole.header().id());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    void withAnyByteChangedItIsStillAMessage(String sample) {
        byte[] whole = SampleMessages.one(sample).getBytes(StandardCharsets.UTF_8);
        var random = new Random(20240607);
        assertTimeout(Duration.ofSeconds(30), () -> {
            for (int n = 0; n < 300; n++) {
                byte[] changed = whole.clone();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                look(RawMessage.wrap(changed));
            }
        });
    }
}
