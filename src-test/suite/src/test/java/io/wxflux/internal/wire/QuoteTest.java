package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.SampleMessages.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.wxflux.model.Message;
import io.wxflux.model.MessageKind;
import io.wxflux.model.MsgId;
import io.wxflux.model.Quoted;
import io.wxflux.model.QuotingMessage;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteTest {
    private static final String RULE = "- - - - - - - - - - - - - - -";

    private static Message decode(int msgType, int appMsgType, String content) {
        String json = SampleMessages.message(10, msgType, appMsgType, ALICE, content);
        return MessageDecoder.decode(SampleMessages.raw(json), UserName.of(SampleMessages.SELF));
    }

    private static QuotingMessage.Quote.Details quote(Message message) {
        assertThat(message).isInstanceOf(QuotingMessage.Quote.class);
        return ((QuotingMessage.Quote) message).details();
    }

    private static Quoted quoted(int msgType, String content) {
        return Objects.requireNonNull(quote(decode(
                        49,
                        57,
                        SampleMessages.app("<title>t</title>" + SampleMessages.quoted(msgType, "7", "小李", content))))
                .quoted());
    }

    /** Each level is escaped once more than the one around it. */
    private static String nested(int levels) {
        String inside = SampleMessages.quoted(1, "0", "n", "bottom");
        for (int level = 1; level < levels; level++) {
            inside = SampleMessages.quoted(
                    49,
                    "" + level,
                    "n",
                    SampleMessages.native49("<title>" + level + "</title><type>57</type>" + inside));
        }
        return "<title>top</title><type>57</type>" + inside;
    }

    @Test
    void fourLevelsAreFollowed() {
        Quoted third = Objects.requireNonNull(
                quote(decode(49, 57, SampleMessages.app(nested(3)))).quoted());
        assertThat(third.text()).isEqualTo("2");
        assertThat(Objects.requireNonNull(Objects.requireNonNull(third.quoted()).quoted())
                        .text())
                .isEqualTo("bottom");
        Quoted level = quote(decode(49, 57, SampleMessages.app(nested(7)))).quoted();
        for (int i = 6; i > 2; i--) {
            assertThat(Objects.requireNonNull(level).text()).isEqualTo("" + i);
            level = level.quoted();
        }
        assertThat(level).isNull();
    }

    @Test
    void nobodyDrivesUsDeep() {
        // 200 levels would grow exponentially by their escapes; this is what fits.
        String deep = nested(12);
        assertTimeout(Duration.ofSeconds(2), () -> {
            Message message = decode(49, 57, SampleMessages.app(deep));
            message.note();
            assertThat(message.kind()).isEqualTo(MessageKind.QUOTE);
        });
        String flat = "<refermsg>".repeat(60) + "</refermsg>".repeat(60);
        assertThat(decode(49, 57, SampleMessages.app(flat)).note()).isNull();
        String tooDeep = "<refermsg>".repeat(200) + "</refermsg>".repeat(200);
        assertThat(decode(49, 57, SampleMessages.app(tooDeep)).note()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"1,TEXT", "3,IMAGE", "34,VOICE", "43,VIDEO", "47,EMOTICON", "49,UNKNOWN", "10000,SYSTEM", "x,UNKNOWN"})
    void theQuotedKindIsToldByItsNumber(String msgType, MessageKind kind) {
        String reference =
                SampleMessages.quoted(1, "7", "小李", "hm & <b>").replace("<type>1<", "<type>" + msgType + "<");
        Quoted quoted = quote(decode(49, 57, SampleMessages.app(reference))).quoted();
        // An app message without XML is one of type 0.
        assertThat(Objects.requireNonNull(quoted).kind()).isEqualTo(msgType.equals("49") ? MessageKind.APP : kind);
        assertThat(quoted.text()).isEqualTo("hm & <b>");
        assertThat(quoted.senderName()).isEqualTo("小李");
    }

    @Test
    void ofOtherKindsThereIsATitleOrName() {
        Quoted file = quoted(
                49,
                SampleMessages.native49("<title>a.pdf</title><type>6</type>"
                        + "<appattach><totallen>4321</totallen><fileext>pdf</fileext></appattach>"));
        assertThat(file.kind()).isEqualTo(MessageKind.FILE);
        assertThat(file.text()).isEqualTo("a.pdf");
        assertThat(file.size()).isEqualTo(4321);
        assertThat(quoted(42, "<msg nickname=\"小王\"/>").text()).isEqualTo("小王");
        assertThat(quoted(48, "<msg><location label=\"某路\" poiname=\"\"/></msg>")
                        .text())
                .isEqualTo("某路");
        assertThat(quoted(3, "<msg><img length=\"1\"/></msg>").text()).isEmpty();
    }

    @Test
    void anAnswerWithoutWhatItAnswersIsOne() {
        QuotingMessage.Quote.Details quote = quote(decode(49, 57, SampleMessages.app("<title>t</title>")));
        assertThat(quote).isEqualTo(new QuotingMessage.Quote.Details("t", null));
    }

    @ParameterizedTest
    @CsvSource({
        "小李：[链接]三月，七日,LINK,小李,三月，七日",
        "小李：[文件]a.pdf,FILE,小李,a.pdf",
        "小李：[图片],IMAGE,小李,''",
        "小李：[视频],VIDEO,小李,''",
        "小李：[微笑]好,TEXT,小李,[微笑]好",
        "小李：说：是,TEXT,小李,说：是",
        "没有名字,TEXT,'',没有名字"
    })
    void aFlattenedQuoteIsAQuote(String inside, MessageKind kind, String name, String text) {
        Message message = decode(1, 0, "「" + inside + "」<br/>" + RULE + "<br/>好<br/>的");
        assertThat(message.kind()).isEqualTo(MessageKind.QUOTE);
        assertThat(quote(message))
                .isEqualTo(new QuotingMessage.Quote.Details(
                        "好\n的", new Quoted(kind, new MsgId(""), "", name, text, 0, null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "「小李：早」",
                "「小李：早」<br/>好",
                "「小李：早」<br/>- - -<br/>好",
                "「小李：早」<br/>" + RULE,
                " 「小李：早」<br/>" + RULE + "<br/>好",
                "小李：早」<br/>" + RULE + "<br/>好",
                "」<br/>" + RULE + "<br/>好",
                "「小李：早」<br/>" + RULE + " -<br/>好",
            })
    void whatOnlyLooksLikeOneIsAText(String content) {
        assertThat(decode(1, 0, content).kind()).isEqualTo(MessageKind.TEXT);
    }
}
