package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.ALICE;
import static io.wxflux.internal.wire.Documents.ROOM;
import static io.wxflux.internal.wire.Documents.SELF;
import static io.wxflux.internal.wire.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections break anywhere: half a document is an error, never half a result, and never a hang. */
class CutDocumentsTest {
    private static final String RECALL = Documents.message(
            "5",
            10002,
            0,
            ROOM,
            SELF,
            ALICE + ":<br/>&lt;sysmsg type=\\\"revokemsg\\\"&gt;&lt;revokemsg&gt;&lt;msgid&gt;4&lt;/msgid&gt;"
                    + "&lt;replacemsg&gt;&lt;![CDATA[\\\"甲\\\" 撤回]]&gt;&lt;/replacemsg&gt;&lt;/revokemsg&gt;&lt;/sysmsg&gt;");
    private static final String TEXT =
            Documents.message("6", 1, 0, ALICE, SELF, "汉字 <span class=\\\"emoji emoji1f338\\\"></span>");

    static Stream<Arguments> documents() {
        return Stream.of(
                document("jslogin", Documents.JSLOGIN, LoginScripts::jsLogin),
                document("login poll", Documents.LOGIN_200, LoginScripts::poll),
                document("synccheck", "window.synccheck={retcode:\"0\",selector:\"2\"}", SyncCheckScript::parse),
                document("login page", Documents.LOGIN_PAGE, LoginPage::parse),
                document("refused page", Documents.REFUSED_PAGE, LoginPage::parse),
                document("init", Documents.INIT.strip(), InitBody::parse),
                document("contacts", Documents.CONTACTS.strip(), ContactPage::parse),
                document("batch", Documents.BATCH.strip(), BatchContacts::parse),
                document("sync", Documents.sync(RECALL, TEXT).strip(), SyncBody::parse),
                document("push", Documents.PUSH, PushLoginBody::parse),
                document("sent", Documents.SENT, body -> SendBody.parse("webwxsendmsg", body)),
                document("answer", Documents.SENT, BaseAnswer::parse));
    }

    private static Arguments document(String name, String text, Function<byte[], Object> parser) {
        return Arguments.of(name, text, parser);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void cutAnywhereItIsAnError(String name, String text, Function<byte[], Object> parser) {
        byte[] whole = utf8(text);
        assertThat(parser.apply(whole)).isNotNull();
        // The semicolon after a quoted value is the one thing that may be missing.
        int shortest = text.endsWith("\";") ? whole.length - 1 : whole.length;
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int length = 0; length < shortest; length++) {
                assertThat(outcome(parser, Arrays.copyOf(whole, length)))
                        .as("%s cut at %d", name, length)
                        .isEqualTo("error");
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void withAnyByteChangedItIsAValueOrAnError(String name, String text, Function<byte[], Object> parser) {
        byte[] whole = utf8(text);
        var random = new Random(20240604);
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int n = 0; n < 3_000; n++) {
                byte[] changed = whole.clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                assertThat(outcome(parser, changed)).isIn("error", "value");
            }
        });
    }

    /** Anything but the one typed error fails the test by itself. */
    private static String outcome(Function<byte[], Object> parser, byte[] document) {
        try {
            return parser.apply(document) == null ? "null" : "value";
        } catch (ProtocolViolationException expected) {
            return "error";
        }
    }

    static Stream<String> messages() {
        return Stream.of(TEXT, RECALL);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageCutOrChangedIsStillAMessage(String json) {
        byte[] whole = utf8(json);
        var random = new Random(20240605);
        for (int length = 0; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(MessageDecoder.decode(RawMessage.wrap(cut), UserName.of(SELF))
                            .raw()
                            .length())
                    .isEqualTo(length);
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            assertThat(MessageDecoder.decode(RawMessage.wrap(changed), UserName.of(SELF)))
                    .isNotNull();
        }
    }
}
