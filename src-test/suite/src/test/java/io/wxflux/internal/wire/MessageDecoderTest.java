package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.ALICE;
import static io.wxflux.internal.wire.Documents.ROOM;
import static io.wxflux.internal.wire.Documents.SELF;
import static io.wxflux.internal.wire.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.model.Message;
import io.wxflux.model.MessageKind;
import io.wxflux.model.MsgId;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDecoderTest {
    private static final UserName ME = UserName.of(SELF);

    private static Message decode(String json) {
        return MessageDecoder.decode(RawMessage.wrap(utf8(json)), ME);
    }

    private static Message of(int msgType, String from, String to, String contentJson) {
        return decode(Documents.message("7000000000000000001", msgType, 0, from, to, contentJson));
    }

    private static String text(Message message) {
        assertThat(message).isInstanceOf(Message.Text.class);
        return ((Message.Text) message).text();
    }

    @Test
    void theBytesOfAMessageAreReadOnlyForWhoeverIsGivenIt() {
        var raw = RawMessage.wrap(utf8("x{\"MsgId\":\"7\"}"), 1, 13);
        assertThat(raw.asByteBuffer().isReadOnly()).isTrue();
        assertThat(raw.asByteBuffer().remaining()).isEqualTo(13);
        assertThat(MessageDecoder.decode(raw, UserName.NONE).header().id()).isEqualTo(new MsgId("7"));
    }

    @Test
    void aTextBetweenTwo() {
        Message message = of(1, ALICE, SELF, "好的<br/>&lt;3 <span class=\\\"emoji emoji1f338\\\"></span>");
        assertThat(text(message)).isEqualTo("好的\n<3 🌸");
        assertThat(message.header().sender()).isEqualTo(UserName.of(ALICE));
        assertThat(message.header().room()).isNull();
        assertThat(message.header().self()).isFalse();
        assertThat(message.header().conversation()).isEqualTo(UserName.of(ALICE));
        assertThat(message.header().createTime()).isEqualTo(Instant.ofEpochSecond(1700000042));
        assertThat(message.header().id()).isEqualTo(new MsgId("7000000000000000001"));
        assertThat(message.toString()).doesNotContain("好的");
    }

    @Test
    void aRoomsTextIsPartedFromItsSenderOnce() {
        Message message = of(1, ROOM, SELF, ALICE + ":<br/>note:<br/>buy milk");
        assertThat(text(message)).isEqualTo("note:\nbuy milk");
        assertThat(message.header().sender()).isEqualTo(UserName.of(ALICE));
        assertThat(message.header().room()).isEqualTo(UserName.of(ROOM));
        assertThat(message.header().conversation()).isEqualTo(UserName.of(ROOM));
        assertThat(of(1, ROOM, SELF, "wxid_a-1:<br/>x").header().sender()).isEqualTo(UserName.of("wxid_a-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no prefix",
                ":<br/>x",
                "@:<br/>x",
                "@a b:<br/>x",
                "甲:<br/>x",
                "@a_b:<br/>x",
                "@a: x",
                " @a:<br/>x",
                "@a:<br>x"
            })
    void whatIsNoPrefixStays(String content) {
        Message message = of(1, ROOM, SELF, content);
        assertThat(text(message)).isEqualTo(content.replace("<br/>", "\n"));
        assertThat(message.header().sender()).isEqualTo(UserName.NONE);
    }

    @Test
    void outsideRoomsThereIsNoPrefix() {
        assertThat(text(of(1, ALICE, SELF, "@a1:<br/>x"))).isEqualTo("@a1:\nx");
    }

    @Test
    void ourOwnMessagesKeepWhatLooksLikeOne() {
        Message fromPhone = of(1, SELF, ROOM, "todo:<br/>x");
        assertThat(text(fromPhone)).isEqualTo("todo:\nx");
        assertThat(fromPhone.header().self()).isTrue();
        assertThat(fromPhone.header().sender()).isEqualTo(ME);
        assertThat(fromPhone.header().conversation()).isEqualTo(UserName.of(ROOM));
        assertThat(text(of(1, SELF, ROOM, SELF + ":<br/>x"))).isEqualTo("x");
    }

    @Test
    void anEmptySenderIsUs() {
        Message message = of(1, "", ALICE, "hi");
        assertThat(message.header().self()).isTrue();
        assertThat(message.header().sender()).isEqualTo(ME);
        assertThat(message.header().conversation()).isEqualTo(UserName.of(ALICE));
    }

    @Test
    void placesComeAsTexts() {
        String json = Documents.message(
                        "7000000000000000001",
                        1,
                        0,
                        ALICE,
                        SELF,
                        "某路1号:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=x")
                .replace("\"SubMsgType\": 0", "\"SubMsgType\": 48");
        assertThat(decode(json).kind()).isEqualTo(MessageKind.LOCATION);
        assertThat(decode(json).header().subMsgType()).isEqualTo(48);
    }

    @ParameterizedTest
    @CsvSource({
        "3,0,IMAGE",
        "34,0,VOICE",
        "37,0,FRIEND_REQUEST",
        "40,0,POSSIBLE_FRIEND",
        "42,0,CARD",
        "43,0,VIDEO",
        "44,0,VIDEO",
        "47,0,EMOTICON",
        "48,0,LOCATION",
        "50,0,VOIP",
        "52,0,VOIP",
        "53,0,VOIP",
        "62,0,SHORT_VIDEO",
        "1,2001,RED_PACKET",
        "49,0,APP",
        "49,1,APP",
        "49,2,IMAGE",
        "49,3,MUSIC",
        "49,4,LINK",
        "49,5,LINK",
        "49,6,FILE",
        "49,7,APP",
        "49,8,EMOTICON",
        "49,16,APP",
        "49,17,LIVE_LOCATION",
        "49,19,CHAT_HISTORY",
        "49,33,MINI_PROGRAM",
        "49,36,MINI_PROGRAM",
        "49,51,CHANNELS",
        "49,53,GROUP_NOTICE",
        "49,57,QUOTE",
        "49,2000,TRANSFER",
        "49,2001,RED_PACKET",
        "49,4711,UNKNOWN",
        "4711,0,UNKNOWN",
        "0,0,UNKNOWN",
        "-1,0,UNKNOWN"
    })
    void everyTypeHasItsKind(int msgType, int appMsgType, MessageKind kind) {
        String json = Documents.message("7000000000000000001", msgType, appMsgType, ROOM, SELF, ALICE + ":<br/>@1f");
        Message message = decode(json);
        assertThat(message.kind()).isEqualTo(kind);
        assertThat(message.note()).isNull();
        assertThat(message.raw().json()).isEqualTo(json);
        assertThat(message.header().sender()).isEqualTo(UserName.of(ALICE));
        assertThat(message.header().appMsgType()).isEqualTo(appMsgType);
    }

    @Test
    void aStatusNotifyListsChats() {
        String names = IntStream.range(0, 99).mapToObj(i -> "@" + i).collect(Collectors.joining(","));
        String json = Documents.message("1", 51, 0, SELF, SELF, "")
                .replace("\"StatusNotifyCode\": 0", "\"StatusNotifyCode\": \"4\"")
                .replace("\"StatusNotifyUserName\": \"\"", "\"StatusNotifyUserName\": \"" + names + ",\"");
        Message message = decode(json);
        assertThat(message).isInstanceOfSatisfying(Message.StatusNotify.class, notify -> {
            assertThat(notify.code()).isEqualTo(4);
            assertThat(notify.userNames())
                    .hasSize(99)
                    .startsWith(UserName.of("@0"))
                    .endsWith(UserName.of("@98"));
        });
        assertThat(((Message.StatusNotify) of(51, SELF, SELF, "")).userNames()).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aStatusNotifyTellsWhatThePhoneDidAndSomeLastingIds(int code) {
        String xml = code == 2 || code == 4
                ? "&lt;msg&gt;&lt;op id='" + code
                        + "'&gt;&lt;username&gt;wxid_madeup1,filehelper&lt;/username&gt;&lt;/op&gt;&lt;/msg&gt;"
                : code == 5 ? "" : "&lt;msg&gt;&lt;op id='" + code + "'&gt;&lt;/op&gt;&lt;/msg&gt;";
        String json = Documents.message("1", 51, 0, SELF, SELF, xml)
                .replace("\"StatusNotifyCode\": 0", "\"StatusNotifyCode\": " + code);
        assertThat(decode(json)).isInstanceOfSatisfying(Message.StatusNotify.class, notify -> {
            assertThat(notify.code()).isEqualTo(code);
            assertThat(notify.details().realIds())
                    .isEqualTo(code == 2 || code == 4 ? List.of("wxid_madeup1", "filehelper") : List.of());
        });
    }

    @Test
    void systemTextsHaveNoPrefix() {
        Message message = of(10000, ROOM, SELF, "\\\"甲\\\"邀请\\\"Abc$e\\\"加入了群聊");
        assertThat(message)
                .isInstanceOfSatisfying(
                        Message.SystemNotice.class,
                        notice -> assertThat(notice.text()).isEqualTo("\"甲\"邀请\"Abc$e\"加入了群聊"));
        assertThat(((Message.SystemNotice) of(10000, ROOM, SELF, "Bob:<br/>left")).text())
                .isEqualTo("Bob:\nleft");
        assertThat(of(9999, ALICE, SELF, "x").kind()).isEqualTo(MessageKind.SYSTEM);
    }

    private static String recall(String inside) {
        return "&lt;sysmsg type=\\\"revokemsg\\\"&gt;<br/>\\t&lt;revokemsg&gt;<br/>\\t\\t&lt;session&gt;wxid_x&lt;/session&gt;"
                + inside + "&lt;/revokemsg&gt;<br/>&lt;/sysmsg&gt;<br/>";
    }

    @Test
    void aRecallNamesItsMessage() {
        String content = recall("&lt;oldmsgid&gt;1&lt;/oldmsgid&gt;&lt;msgid&gt;7000000000000000000&lt;/msgid&gt;"
                + "&lt;replacemsg&gt;&lt;![CDATA[\\\"甲<span class=\\\"emoji emoji1f47e\\\"></span>\\\" 撤回了 &amp; 一条]]&gt;"
                + "&lt;/replacemsg&gt;");
        for (Message message : List.of(
                of(10002, ALICE, SELF, content),
                of(10002, ROOM, SELF, content),
                of(10002, ROOM, SELF, ALICE + ":<br/>" + content),
                of(10000, ROOM, SELF, content))) {
            assertThat(message).isInstanceOfSatisfying(Message.Recall.class, recall -> {
                assertThat(recall.recalled()).isEqualTo(new MsgId("7000000000000000000"));
                assertThat(recall.notice()).isEqualTo("\"甲👾\" 撤回了 & 一条");
            });
        }
    }

    @Test
    void theLongIdOfARecallWins() {
        Message both = of(
                10002,
                ALICE,
                SELF,
                recall("&lt;msgid&gt;12345&lt;/msgid&gt;&lt;newmsgid&gt;7000000000000000000&lt;/newmsgid&gt;"));
        assertThat(((Message.Recall) both).recalled().value()).isEqualTo("7000000000000000000");
        Message last = of(10002, SELF, ALICE, recall("&lt;msgid&gt;0&lt;/msgid&gt;"));
        assertThat(((Message.Recall) last).recalled().value()).isEqualTo("0");
    }

    @Test
    void theLastingIdOfARoomBeforeXmlIsTakenOff() {
        String added = "&lt;sysmsg type=\\\"delchatroommember\\\"&gt;&lt;delchatroommember&gt;&lt;plain&gt;"
                + "&lt;![CDATA[你邀请\\\"甲\\\"加入了群聊]]&gt;&lt;/plain&gt;&lt;/delchatroommember&gt;&lt;/sysmsg&gt;";
        for (int type : new int[] {10000, 10002}) {
            assertThat(of(type, ROOM, SELF, "10203040@chatroom:<br/>" + added))
                    .isInstanceOfSatisfying(Message.SystemNotice.class, notice -> {
                        assertThat(notice.text()).isEqualTo("你邀请\"甲\"加入了群聊");
                        assertThat(notice.header().sender()).isEqualTo(UserName.of(ROOM));
                    });
        }
        Message written = of(1, ROOM, SELF, "10203040@chatroom:<br/>is its id");
        assertThat(text(written)).isEqualTo("10203040@chatroom:\nis its id");
        assertThat(written.header().sender()).isEqualTo(UserName.NONE);
    }

    @Test
    void aRecallOfNothingIsDeliveredWithANote() {
        Message message = of(10002, ALICE, SELF, recall("&lt;msgid&gt;x&lt;/msgid&gt;"));
        assertThat(message.kind()).isEqualTo(MessageKind.RECALL);
        assertThat(message.note()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "pat,PAT",
        "todo,ROOM_TODO",
        "roomtoolstips,ROOM_TODO",
        "sysmsgtemplate,SYSTEM",
        "delchatroommember,SYSTEM",
        "roomtips,SYSTEM",
        "neverseen,UNKNOWN"
    })
    void systemXmlIsToldApartByItsType(String type, MessageKind kind) {
        String content = "&lt;sysmsg type=\\\"" + type + "\\\"&gt;&lt;a/&gt;&lt;/sysmsg&gt;";
        assertThat(of(10002, ROOM, SELF, content).kind()).isEqualTo(kind);
        assertThat(of(10002, ROOM, SELF, "123@chatroom:<br/>" + content).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "not xml,UNKNOWN",
                "``,UNKNOWN",
                "&lt;sysmsg type=\\\"revokemsg\\\"&gt;&lt;revokemsg&gt;,RECALL",
                "&lt;sysmsg type=\\\"pat\\\"&gt;&lt;pat&gt;,PAT",
                "&lt;!DOCTYPE a [&lt;!ENTITY b \\\"c\\\"&gt;]&gt;&lt;sysmsg type=\\\"revokemsg\\\"&gt;&amp;b;&lt;/sysmsg&gt;,RECALL"
            })
    void systemXmlThatIsNoneIsDeliveredWithANote(String content, MessageKind kind) {
        Message message = of(10002, ALICE, SELF, content);
        assertThat(message.kind()).isEqualTo(kind);
        assertThat(message.note()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "17",
                "",
                "{\"MsgType\":{},\"Content\":[],\"FromUserName\":null,\"CreateTime\":\"x\"}",
                "{\"MsgType\":\"1\",\"CreateTime\":99999999999999999999,\"Content\":5,\"MsgId\":7}",
                "{\"MsgType\":1e9,\"CreateTime\":-5}",
                "{\"MsgId\":\"a b\\nc\",\"MsgType\":1.5}",
                "{\"Content\":\"\\ud83d\",\"MsgType\":1",
            })
    void anythingIsAMessage(String json) {
        Message message = decode(json);
        assertThat(message.raw().json()).isEqualTo(json);
        assertThat(message.header().id().value()).matches("[!-~]+");
        assertThat(message.header().createTime()).isBetween(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Test
    void scalarsMayBeOfEitherType() {
        Message message = decode("{\"MsgId\":7000000000000000001,\"MsgType\":\"1\",\"Content\":12.50,"
                + "\"CreateTime\":\"1700000042\",\"FromUserName\":\"@a\",\"ToUserName\":\"@b\"}");
        assertThat(text(message)).isEqualTo("12.50");
        assertThat(message.header().id().value()).isEqualTo("7000000000000000001");
        assertThat(message.header().createTime()).isEqualTo(Instant.ofEpochSecond(1700000042));
    }
}
