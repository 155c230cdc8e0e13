package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.SampleMessages.ALICE;
import static io.wxflux.internal.wire.SampleMessages.ROOM;
import static io.wxflux.internal.wire.SampleMessages.SELF;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.model.AppMessage;
import io.wxflux.model.Concealed;
import io.wxflux.model.Coordinates;
import io.wxflux.model.DetailedMessage;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.Message;
import io.wxflux.model.MessageKind;
import io.wxflux.model.MoneyMessage;
import io.wxflux.model.MsgId;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.Person;
import io.wxflux.model.PlaceMessage;
import io.wxflux.model.Quoted;
import io.wxflux.model.QuotingMessage;
import io.wxflux.model.SystemMessage;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KindDetailsTest {
    private static final Instant SAID = Instant.ofEpochSecond(1770091506);
    private static final Instant NEXT_DAY = Instant.ofEpochSecond(1770177906);

    private static Message decode(String json) {
        return MessageDecoder.decode(SampleMessages.raw(json), UserName.of(SELF));
    }

    private static Record details(String json) {
        return ((DetailedMessage<?>) decode(json)).details();
    }

    private static Concealed secret(String value) {
        return Concealed.of(value);
    }

    private static Person bob(String nickName) {
        return new Person(UserName.of("@b0b"), nickName, "bob_1", "某省", "某市", "茶 & 书", 1, 0);
    }

    static Stream<Arguments> expectations() {
        return Stream.of(
                is("image", new MediaMessage.Image.Details(720, 960, 139120, 729348, 90, 120, "5eed", secret("00aa"))),
                is("voice", new MediaMessage.Voice.Details(Duration.ofMillis(2112), 4051, 4)),
                is(
                        "video",
                        new MediaMessage.Video.Details(
                                Duration.ofSeconds(7), 960, 540, 328666, "f11e", secret("00aa"))),
                is("short-video", new MediaMessage.Video.Details(Duration.ofSeconds(3), 0, 320, 0, "", Concealed.NONE)),
                is(
                        "emoticon",
                        new MediaMessage.Emoticon.Details(
                                "e40", "", true, 240, 210, 44746, "http://emoji.example/e40", secret("00aa"))),
                is(
                        "location",
                        new PlaceMessage.Location.Details(
                                new Coordinates(22.5, 113.25),
                                "某市某路1号",
                                "茶 & 书",
                                "http://map.example/?coord=22.500000,113.250000&z=16",
                                16,
                                "/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=x&msgid=7&pictype=location")),
                is("live-location", new PlaceMessage.LiveLocation.Details("我发起了位置共享")),
                is(
                        "card",
                        new PeopleMessage.Card.Details(
                                bob("小王🌸"),
                                "",
                                "http://head.example/0",
                                secret("v1_madeup@stranger"),
                                secret("v2_ticket@stranger"))),
                is(
                        "friend-request",
                        new PeopleMessage.FriendRequest.Details(
                                bob("小王"),
                                "我是群聊\"邻居群\"的小王",
                                14,
                                "wxid_madeupbob",
                                "70070070@chatroom",
                                "",
                                "",
                                "http://head.example/0",
                                secret("v1_madeup@stranger"),
                                secret("v2_ticket@stranger"))),
                is(
                        "possible-friend",
                        new PeopleMessage.PossibleFriend.Details(
                                bob("小王"),
                                "wxid_madeupbob",
                                "http://head.example/0",
                                secret("v1_madeup@stranger"),
                                secret("v2_ticket@stranger"))),
                is(
                        "link",
                        new AppMessage.Link.Details(
                                "今日两篇",
                                "第一行\n第二行",
                                "https://mp.example/s?a=1&b=2",
                                "http://pic.example/1",
                                "",
                                "某刊",
                                List.of(
                                        new AppMessage.Link.Article(
                                                "春",
                                                "花开",
                                                "https://mp.example/s?a=1&b=2",
                                                "http://pic.example/1",
                                                Instant.ofEpochSecond(1770091400)),
                                        new AppMessage.Link.Article("夏", "", "https://mp.example/s?a=2", "", null)),
                                Concealed.NONE)),
                is(
                        "music",
                        new AppMessage.Music.Details(
                                "某歌",
                                "某人",
                                "http://music.example/p?a=1&b=2",
                                "http://music.example/1.m4a",
                                "http://music.example/1.jpg",
                                "wx00",
                                "某应用")),
                is(
                        "file",
                        new AppMessage.File.Details(
                                "清单--一月.pdf",
                                133559,
                                "pdf",
                                "f17e",
                                true,
                                secret("@crypt_made_up"),
                                secret("%E6%B8%85%2Epdf"),
                                secret("00aa"))),
                is(
                        "mini-program",
                        new AppMessage.MiniProgram.Details(
                                "订一杯茶",
                                "某茶",
                                "gh_madeup@app",
                                "某茶",
                                "wx00",
                                "pages/index.html?x=1&y=%7B",
                                "http://pic.example/icon?a=1&b=2",
                                "https://mp.example/upgrade?a=1&b=2")),
                is(
                        "channels",
                        new AppMessage.Channels.Details(
                                "当前版本不支持展示该内容",
                                "18446744073709551617",
                                "v2_madeup@finder",
                                "某频道",
                                "看海 #海",
                                1,
                                1080,
                                1920,
                                Duration.ofSeconds(10),
                                secret("http://video.example/?encfilekey=madeup&a=1"))),
                is("group-notice", new AppMessage.GroupNotice.Details("#接龙\n1. 小李")),
                is(
                        "quote",
                        new QuotingMessage.Quote.Details(
                                "好的",
                                new Quoted(
                                        MessageKind.QUOTE,
                                        new MsgId("7000000000000000008"),
                                        "wxid_madeupbob",
                                        "小王",
                                        "那就明天",
                                        0,
                                        new Quoted(
                                                MessageKind.TEXT,
                                                new MsgId("7000000000000000007"),
                                                "wxid_madeupbob",
                                                "小李",
                                                "明天？ 1 < 2 & 3",
                                                0,
                                                null)))),
                is(
                        "chat-history",
                        new QuotingMessage.ChatHistory.Details(
                                "群聊的聊天记录",
                                "小李: 早\n小王: [图片]",
                                List.of(
                                        new QuotingMessage.ChatHistory.Item(
                                                MessageKind.TEXT,
                                                1,
                                                "小李",
                                                "早 & 安",
                                                "2026-2-3 12:05",
                                                Instant.ofEpochSecond(1770091500),
                                                0),
                                        new QuotingMessage.ChatHistory.Item(
                                                MessageKind.IMAGE, 2, "小王", "", "", null, 0),
                                        new QuotingMessage.ChatHistory.Item(
                                                MessageKind.FILE, 8, "", "清单.pdf", "", null, 133559)))),
                is(
                        "transfer",
                        new MoneyMessage.Transfer.Details(
                                "收到转账0.10元",
                                "￥0.10",
                                MoneyMessage.Transfer.Step.PENDING,
                                1,
                                "茶钱",
                                "1000050002",
                                "1000050001",
                                SAID,
                                NEXT_DAY,
                                "",
                                "wxid_madeupself")),
                is("red-packet", new MoneyMessage.RedPacket.Details("微信红包", "请在手机上查看", "新年快乐", "1000050003", NEXT_DAY)),
                is("app", new AppMessage.App.Details("一张茶券", "满十减一", "http://card.example/1", "wx00", "某应用")),
                is(
                        "pat",
                        new SystemMessage.Pat.Details(
                                "wxid_madeupalice",
                                "wxid_madeupself",
                                "70070070@chatroom",
                                "\"${wxid_madeupalice}\" 拍了拍我的肩",
                                "的肩")),
                is(
                        "room-todo",
                        new SystemMessage.RoomTodo.Details(
                                "todo-1",
                                "请看群公告",
                                0,
                                "wxid_madeupalice",
                                "wxid_madeupalice",
                                2,
                                "7000000000000000006",
                                "${wxid_madeupalice} 设置了群待办")),
                is("voip", new SystemMessage.Voip.Details("通话时长 00:12")),
                is(
                        "recall",
                        new Message.Recall.Details(new MsgId("7000000000000000009"), "小李 撤回了一条消息", "wxid_madeupalice")),
                is(
                        "status-notify",
                        new Message.StatusNotify.Details(
                                List.of("wxid_madeupalice", "70070070@chatroom", "filehelper"),
                                List.of("70070070@chatroom"))));
    }

    private static Arguments is(String sample, Record details) {
        return Arguments.of(sample, details);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("expectations")
    void everyKindSaysWhatItHolds(String sample, Record details) {
        String json = SampleMessages.one(sample);
        Message message = decode(json);
        assertThat(message.kind().suffix()).isEqualTo(sample);
        assertThat(((DetailedMessage<?>) message).details()).isEqualTo(details);
        assertThat(message.note()).isNull();
        assertThat(message.raw().json()).isEqualTo(json);
        boolean byAlice = json.contains(ALICE + ":<br/>");
        assertThat(message.header().sender().equals(UserName.of(ALICE)) || !byAlice)
                .isTrue();
    }

    @Test
    void thereIsASampleOfEveryKindAndAnExpectationOfEverySample() {
        Set<String> kinds = new TreeSet<>();
        for (MessageKind kind : MessageKind.values()) {
            kinds.add(kind.suffix());
        }
        assertThat(SampleMessages.all().keySet()).containsExactlyInAnyOrderElementsOf(kinds);
        Set<String> expected = new TreeSet<>(Set.of("text", "system", "unknown"));
        expectations().forEach(expectation -> expected.add((String) expectation.get()[0]));
        assertThat(expected).isEqualTo(kinds);
    }

    @Test
    void stickersOfTheStoreAreOnlyAMark() {
        String json = SampleMessages.message(10, 47, 0, ALICE, "", "HasProductId", 1, "ImgWidth", 240);
        assertThat(details(json))
                .isEqualTo(new MediaMessage.Emoticon.Details("", "", false, 240, 0, 0, "", Concealed.NONE));
        assertThat(decode(json).note()).isNull();
    }

    @Test
    void picturesAndStickersComeAsAppMessagesToo() {
        assertThat(details(SampleMessages.message(
                        10,
                        49,
                        2,
                        ALICE,
                        SampleMessages.app("<type>2</type><appattach><totallen>77</totallen><aeskey>00</aeskey>"
                                + "<cdnthumbwidth>9</cdnthumbwidth></appattach><md5>5eed</md5>"))))
                .isEqualTo(new MediaMessage.Image.Details(0, 0, 77, 0, 9, 0, "5eed", secret("00")));
        assertThat(details(SampleMessages.message(
                        10,
                        49,
                        8,
                        ALICE,
                        SampleMessages.app(
                                "<appattach><totallen>77</totallen><emoticonmd5>e40</emoticonmd5></appattach>"))))
                .isEqualTo(new MediaMessage.Emoticon.Details("e40", "", true, 0, 0, 77, "", Concealed.NONE));
    }

    @Test
    void aPlaceIsFoundWhereverItStands() {
        String xml =
                SampleMessages.xml("<msg><location x=\"-1.5\" y=\"170\" scale=\"3\" label=\"L\" poiname=\"P\"/></msg>");
        var there = new Coordinates(-1.5, 170);
        assertThat(details(SampleMessages.message(10, 48, 0, ROOM, ALICE + ":<br/>" + xml)))
                .isEqualTo(new PlaceMessage.Location.Details(there, "L", "P", "", 3, ""));
        assertThat(details(SampleMessages.message(10, 48, 0, ALICE, "L", "OriContent", xml)))
                .isEqualTo(new PlaceMessage.Location.Details(there, "L", "P", "", 3, ""));
        assertThat(details(SampleMessages.message(10, 48, 0, ALICE, "L:<br/>", "Url", "http://m/?coord=-1.5,170")))
                .isEqualTo(new PlaceMessage.Location.Details(there, "L", "", "http://m/?coord=-1.5,170", 0, ""));
        String page = "http://weixin.qq.com/cgi-bin/redirectforward?args=abc";
        assertThat(details(SampleMessages.message(10, 48, 0, ALICE, page)))
                .as("the old form")
                .isEqualTo(new PlaceMessage.Location.Details(null, "", "", page, 0, ""));
        for (String nowhere : new String[] {"91,0", "0,181", "NaN,1", "1", ".,.", "1e9,1"}) {
            assertThat(details(SampleMessages.message(10, 48, 0, ALICE, "L", "Url", "http://m/?coord=" + nowhere)))
                    .extracting("coordinates")
                    .as(nowhere)
                    .isNull();
        }
    }

    @Test
    void anInvitationKeepsItsTicket() {
        String url = "http://support.example/cgi-bin/mmsupport-bin/addchatroombyinvite?ticket=x%3D";
        var link = (AppMessage.Link.Details) details(SampleMessages.message(
                10, 49, 5, ALICE, SampleMessages.app("<title>邀请你加入群聊</title><type>5</type><url>" + url + "</url>")));
        assertThat(link.url()).isEmpty();
        assertThat(link.invitation().reveal()).isEqualTo(url);
        assertThat(link.toString()).doesNotContain("ticket=");
    }

    @Test
    void theNewsComeAsATextWithAReader() {
        String json = SampleMessages.message(
                10,
                1,
                0,
                "newsapp",
                SampleMessages.xml("<mmreader><category type=\"1\" count=\"2\"><newitem><title>一</title>"
                        + "<url>http://news.example/1</url></newitem><newitem><title>二</title></newitem></category>"
                        + "</mmreader>"));
        var link = (AppMessage.Link.Details) details(json);
        assertThat(link.title()).isEqualTo("一");
        assertThat(link.url()).isEqualTo("http://news.example/1");
        assertThat(link.articles()).hasSize(2);
    }

    @Test
    void whatTheWebIsOnlyToldAboutIsAText() {
        assertThat(details(SampleMessages.message(10, 49, 0, ALICE, "请在手机上查看")))
                .isEqualTo(new AppMessage.App.Details("请在手机上查看", "", "", "", ""));
        assertThat(details(SampleMessages.message(10, 50, 0, ALICE, "语音通话")))
                .isEqualTo(new SystemMessage.Voip.Details("语音通话"));
        assertThat(details(SampleMessages.message(10, 1, 2001, ALICE, "恭喜发财")))
                .isEqualTo(new MoneyMessage.RedPacket.Details("恭喜发财", "", "", "", null));
        assertThat(details(SampleMessages.message(10, 49, 6, ALICE, "@0badc0de", "FileName", "a &amp; b.zip")))
                .extracting("name", "large")
                .containsExactly("a & b.zip", false);
    }

    @Test
    void whereTheTransferStandsIsToldAsFarAsItIsKnown() {
        Map.of(
                        "1",
                        MoneyMessage.Transfer.Step.PENDING,
                        "3",
                        MoneyMessage.Transfer.Step.ACCEPTED,
                        "8",
                        MoneyMessage.Transfer.Step.OTHER)
                .forEach((number, step) -> assertThat(details(SampleMessages.message(
                                10,
                                49,
                                2000,
                                ALICE,
                                SampleMessages.app("<wcpayinfo><paysubtype>" + number + "</paysubtype></wcpayinfo>"))))
                        .extracting("step")
                        .isEqualTo(step));
    }

    @Test
    void nobodyPrintsWhatPeopleWrote() {
        SampleMessages.all().forEach((name, json) -> {
            Message message = decode(json);
            message.note();
            assertThat(message.toString())
                    .as(name)
                    .doesNotContain("小", "茶", "某", "http", "@stranger", "00aa")
                    .hasSizeLessThan(80);
            if (message instanceof DetailedMessage<?> detailed) {
                assertThat(detailed.details().toString()).doesNotContain("@stranger", "00aa", "@crypt_", "encfilekey");
            }
        });
    }

    @Test
    void messagesAreEqualByWhatTheServerSent() {
        SampleMessages.all().forEach((name, json) -> {
            Message read = decode(json);
            read.note();
            assertThat(decode(json)).as(name).isEqualTo(read).hasSameHashCodeAs(read);
            assertThat(decode(json.replace("1770091506", "1770091507"))).isNotEqualTo(read);
        });
    }
}
