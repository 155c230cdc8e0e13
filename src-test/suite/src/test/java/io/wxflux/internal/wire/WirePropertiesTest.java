package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.SELF;
import static io.wxflux.internal.wire.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.model.DetailedMessage;
import io.wxflux.model.Message;
import io.wxflux.model.QuotingMessage;
import io.wxflux.model.RawMessage;
import io.wxflux.model.SyncKey;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What must hold for any text, any key, any batch. */
class WirePropertiesTest {
    /** Texts as people write them, rich in what the service escapes. */
    @Provide
    Arbitrary<String> typed() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.strings().ofMaxLength(6)),
                        Tuple.of(
                                3,
                                Arbitraries.of(
                                        "&",
                                        "<",
                                        ">",
                                        "\"",
                                        "'",
                                        "\n",
                                        "&lt;",
                                        "&amp;",
                                        "<br/>",
                                        "😀",
                                        ":",
                                        "@a1:\n",
                                        "<span class=\"emoji emoji1f338\"></span>")))
                .list()
                .ofMaxSize(12)
                .map(pieces -> ContentText.wellFormed(String.join("", pieces)));
    }

    private static String asTheServiceSendsIt(String typed) {
        return typed.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("\n", "<br/>");
    }

    private static String json(String from, String to, String content) {
        return new String(
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeStringProperty("MsgId", "1");
                    out.writeStringProperty("FromUserName", from);
                    out.writeStringProperty("ToUserName", to);
                    out.writeNumberProperty("MsgType", 1);
                    out.writeStringProperty("Content", content);
                    out.writeEndObject();
                }),
                StandardCharsets.UTF_8);
    }

    private static Message decode(String json) {
        return MessageDecoder.decode(RawMessage.wrap(utf8(json)), UserName.of(SELF));
    }

    @Property
    void whatIsTypedIsWhatIsRead(@ForAll("typed") String typed) {
        Message message = decode(json("@a", SELF, asTheServiceSendsIt(typed)));
        assertThat(message)
                .isInstanceOfSatisfying(
                        Message.Text.class, text -> assertThat(text.text()).isEqualTo(typed));
    }

    @Property
    void inARoomToo(@ForAll("typed") String typed) {
        Message message = decode(json("@@r", SELF, "@a1b2:<br/>" + asTheServiceSendsIt(typed)));
        assertThat(message).isInstanceOfSatisfying(Message.Text.class, text -> {
            assertThat(text.text()).isEqualTo(typed);
            assertThat(text.header().sender()).isEqualTo(UserName.of("@a1b2"));
        });
    }

    @Property
    void ourOwnTextInARoomIsNeverShortened(@ForAll("typed") String typed) {
        Message message = decode(json(SELF, "@@r", asTheServiceSendsIt(typed)));
        assertThat(message)
                .isInstanceOfSatisfying(
                        Message.Text.class, text -> assertThat(text.text()).isEqualTo(typed));
    }

    private static String xmlText(String typed) {
        return typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** XML has no control characters, ends lines its own way, and blanks around texts mean nothing. */
    private static String inXml(String typed) {
        return typed.codePoints()
                .filter(c -> c == '\n' || c >= ' ' && c != 0xFFFE && c != 0xFFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    private static Record details(int appMsgType, String xml) {
        String json = SampleMessages.message(10, 49, appMsgType, "@a", asTheServiceSendsIt(xml));
        return ((DetailedMessage<?>) decode(json)).details();
    }

    @Property
    void aTitleIsReadAsItWasTyped(@ForAll("typed") String typed) {
        String title = inXml(typed);
        String escaped = SampleMessages.native49("<title>" + xmlText(title) + "</title>");
        assertThat(details(5, escaped)).extracting("title").isEqualTo(title);
        String section =
                SampleMessages.native49("<title><![CDATA[" + title.replace("]]>", "]]]]><![CDATA[>") + "]]></title>");
        assertThat(details(5, section)).extracting("title").isEqualTo(title);
    }

    @Property
    void aQuotedTextIsReadAsItWasTyped(@ForAll("typed") String typed, @ForAll("typed") String answer) {
        String text = inXml(typed);
        String inner =
                SampleMessages.native49("<title>t</title><type>57</type>" + SampleMessages.quoted(1, "1", "n", text));
        String outer = SampleMessages.native49(
                "<title>" + xmlText(inXml(answer)) + "</title>" + SampleMessages.quoted(49, "2", "n", inner));
        var quote = (QuotingMessage.Quote.Details) details(57, outer);
        assertThat(quote.text()).isEqualTo(inXml(answer));
        assertThat(quote).extracting("quoted.quoted.text").isEqualTo(text);
    }

    @Property
    void aFlattenedQuoteIsTakenApart(@ForAll("typed") String answer, @ForAll("typed") String quoted) {
        String text = "「n：" + quoted + "」\n" + "- ".repeat(14) + "-\n" + answer;
        Message message = decode(json("@a", SELF, asTheServiceSendsIt(text)));
        assertThat(message).isInstanceOfSatisfying(QuotingMessage.Quote.class, quote -> {
            assertThat(quote.details().text()).isEqualTo(answer);
            assertThat(quote.details()).extracting("quoted.text").isEqualTo(quoted);
        });
    }

    @Property
    void aBatchIsSplitIntoExactlyItsMessages(@ForAll @Size(max = 8) List<String> contents) {
        List<String> messages = new ArrayList<>();
        for (String content : contents) {
            messages.add(json("@a", SELF, ContentText.wellFormed(content)));
        }
        SyncBody sync = SyncBody.parse(utf8(Documents.sync(messages.toArray(String[]::new))));
        assertThat(sync.messages()).extracting(m -> m.raw().json()).isEqualTo(messages);
    }

    @Property
    void aKeyComesBackAsItWasShown(
            @ForAll @Size(min = 1, max = 20) List<@LongRange(min = Long.MIN_VALUE) Long> values, @ForAll int first) {
        List<SyncKey.Entry> entries = new ArrayList<>();
        for (Long value : values) {
            entries.add(new SyncKey.Entry(first + entries.size(), value));
        }
        var key = new SyncKey(entries);
        String request =
                new String(RequestBodies.sync(new BaseRequest(1, "s", "k", "d"), key, 0), StandardCharsets.UTF_8);
        String answer = request.replace("{\"BaseRequest\":{", "{\"BaseResponse\":{\"Ret\":0,");
        assertThat(SyncBody.parse(utf8(answer)).syncKey()).isEqualTo(key);
    }

    @Property
    void aJournaledMessageComesBack(
            @ForAll @LongRange(min = 1) long uin, @ForAll("typed") String self, @ForAll @Size(max = 200) byte[] raw) {
        var entry = new JournalEntry.OfMessage(new Uin(uin), UserName.of(self), RawMessage.wrap(raw));
        assertThat(JournalEntry.decode(JournalEntry.message(entry.uin(), entry.self(), entry.raw())))
                .isEqualTo(entry);
    }

    @Property
    void bytesOfAnySortAreNoJournalEntryOrOne(
            @ForAll @Size(max = 60) byte[] bytes, @ForAll @IntRange(max = 19) int form) {
        byte[] payload = bytes.clone();
        if (payload.length > 1) {
            payload[0] = 1;
            payload[1] = (byte) form;
        }
        try {
            assertThat(JournalEntry.decode(payload)).isNotNull();
        } catch (CorruptStoreException damaged) {
            assertThat(damaged).hasMessageContaining("journal record");
        }
    }
}
