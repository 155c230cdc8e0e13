package io.wxflux.sink;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.MessageReceived;
import io.wxflux.internal.wire.MessageDecoder;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.Party;
import io.wxflux.model.RawMessage;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import io.wxflux.options.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One made-up event of every type; the catalogue shows exactly these, with the login URL. */
final class ExampleEvents {
    private static final AccountId SHOP = AccountId.of("shop");
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789Z");
    private static final UserName SELF = UserName.of("@5e1f");
    private static final UserName ALICE = UserName.of("@a11ce");
    private static final UserName ROOM = UserName.of("@@7007");

    private ExampleEvents() {}

    static List<AccountEvent> all() {
        List<AccountEvent> events = new ArrayList<>(lifecycle());
        events.addAll(messages());
        return events;
    }

    private static List<AccountEvent> lifecycle() {
        return List.of(
                new Lifecycle.QrIssued(live("qr"), Secret.of("https://login.example/l/madeUp=="), 1, 5),
                new Lifecycle.Scanned(live("scanned")),
                new Lifecycle.LoggedIn(
                        stored("logged-in", 0), new Uin(1234567890), "小店", Lifecycle.Origin.QR, "wx.example"),
                new Lifecycle.Ready(stored("ready", 1), 128, 7),
                new Lifecycle.Resumed(stored("resumed", 2), new Uin(1234567890), "小店", "wx.example"),
                new Lifecycle.BackingOff(
                        live("backing-off"), "webpush.wx.example did not answer", 3, Duration.ofMillis(2150)),
                new Lifecycle.HostSwitched(
                        live("host-switched"), "webpush.wx.example", "wx.example", "3 failures in a row"),
                new Lifecycle.LoggedOut(
                        stored("logged-out", 3), 1101, "signed in elsewhere or signed out on the phone"),
                new Lifecycle.Refused(stored("refused", 4), "1203: this account may not use the web"),
                new Lifecycle.Stopped(live("stopped")),
                new Lifecycle.Parked(live("parked"), "the journal is full"),
                new Lifecycle.Unparked(live("unparked")),
                new Lifecycle.Throttled(live("throttled"), "webwxbatchgetcontact", Duration.ofMinutes(1)));
    }

    private static EventHead live(String suffix) {
        return new EventHead(SHOP, "shop-live-" + suffix.length(), NOW, OptionalLong.empty());
    }

    private static EventHead stored(String suffix, long sequence) {
        return new EventHead(SHOP, "shop-" + suffix + "-" + sequence, NOW, OptionalLong.of(sequence));
    }

    private static List<MessageReceived> messages() {
        return List.of(
                message(10, 1, 0, ROOM, "\"@a11ce:<br/>早 <span class=\\\"emoji emoji1f338\\\"></span><br/>1 &lt; 2\""),
                message(11, 10000, 0, ROOM, "\"\\\"小李\\\"邀请\\\"小王\\\"加入了群聊\""),
                message(
                        12,
                        10002,
                        0,
                        ALICE,
                        sysmsg(
                                "revokemsg",
                                "&lt;revokemsg&gt;&lt;msgid&gt;7000000000000000009&lt;/msgid&gt;&lt;replacemsg&gt;&lt;![CDATA["
                                        + "小李 撤回了一条消息]]&gt;&lt;/replacemsg&gt;&lt;/revokemsg&gt;")),
                message(
                        13,
                        51,
                        0,
                        SELF,
                        "\"\",\"StatusNotifyCode\":4,\"StatusNotifyUserName\":\"@a11ce,@@7007,filehelper\""),
                message(
                        14,
                        3,
                        0,
                        ALICE,
                        "\"&lt;msg&gt;&lt;img length=\\\"1024\\\"/&gt;&lt;/msg&gt;\",\"ImgWidth\":120"),
                message(15, 34, 0, ALICE, "\"&lt;msg&gt;&lt;voicemsg/&gt;&lt;/msg&gt;\",\"VoiceLength\":2112"),
                message(16, 43, 0, ALICE, "\"@c0ffee\",\"PlayLength\":7"),
                message(17, 62, 0, ALICE, "\"@c0ffee\",\"PlayLength\":3"),
                message(18, 47, 0, ALICE, "\"&lt;msg&gt;&lt;emoji md5=\\\"00\\\"/&gt;&lt;/msg&gt;\""),
                message(19, 48, 0, ALICE, "\"&lt;msg&gt;&lt;location x=\\\"1.5\\\" y=\\\"2.5\\\"/&gt;&lt;/msg&gt;\""),
                message(20, 42, 0, ALICE, "\"&lt;msg nickname=\\\"小王\\\"/&gt;\""),
                message(21, 49, 5, ALICE, app("链接")),
                message(22, 49, 3, ALICE, app("歌")),
                message(23, 49, 6, ALICE, app("清单.pdf")),
                message(24, 49, 33, ALICE, app("小程序")),
                message(25, 49, 57, ALICE, app("好的")),
                message(26, 49, 19, ALICE, app("聊天记录")),
                message(27, 49, 2000, ALICE, app("转账")),
                message(28, 49, 2001, ALICE, app("红包")),
                message(29, 49, 51, ALICE, app("视频号")),
                message(
                        30,
                        37,
                        0,
                        UserName.of("fmessage"),
                        "\"&lt;msg fromnickname=\\\"小王\\\" content=\\\"我是小王\\\"/&gt;\""),
                message(31, 40, 0, UserName.of("fmessage"), "\"&lt;msg/&gt;\""),
                message(32, 50, 0, ALICE, "\"语音通话\""),
                message(33, 10002, 0, ROOM, sysmsg("pat", "&lt;pat/&gt;")),
                message(34, 10002, 0, ROOM, sysmsg("todo", "&lt;todo/&gt;")),
                message(35, 49, 53, ROOM, "\"@a11ce:<br/>&lt;msg&gt;&lt;appmsg/&gt;&lt;/msg&gt;\""),
                message(36, 49, 17, ALICE, app("位置共享")),
                message(37, 49, 16, ALICE, app("卡券")),
                message(38, 4711, 0, ALICE, "\"?\""));
    }

    private static String app(String title) {
        return "\"&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;" + title + "&lt;/title&gt;&lt;/appmsg&gt;&lt;/msg&gt;\"";
    }

    private static String sysmsg(String type, String inside) {
        return "\"&lt;sysmsg type=\\\"" + type + "\\\"&gt;" + inside + "&lt;/sysmsg&gt;\"";
    }

    private static MessageReceived message(long sequence, int msgType, int appMsgType, UserName from, String content) {
        String json =
                "{\"MsgId\":\"70000000000000000" + sequence + "\",\"FromUserName\":\"" + from + "\",\"ToUserName\":\""
                        + SELF + "\",\"MsgType\":" + msgType + ",\"AppMsgType\":" + appMsgType
                        + ",\"CreateTime\":1770091506,\"Content\":" + content + "}";
        return received(sequence, MessageDecoder.decode(RawMessage.wrap(json.getBytes(StandardCharsets.UTF_8)), SELF));
    }

    static MessageReceived received(long sequence, Message message) {
        MessageHeader header = message.header();
        var head = new EventHead(SHOP, "shop-" + header.id(), header.createTime(), OptionalLong.of(sequence));
        UserName room = header.room();
        return new MessageReceived(
                head,
                message,
                party(header.from(), null),
                party(header.to(), null),
                party(header.sender(), room == null ? null : "一楼 小李"),
                room == null ? null : party(room, null));
    }

    private static Party party(UserName name, @Nullable String displayName) {
        if (name.equals(SELF)) {
            return new Party(name, "小店", null, null);
        }
        if (name.equals(ALICE)) {
            return new Party(name, "小李", "李老师", displayName);
        }
        return name.equals(ROOM) ? new Party(name, "邻居群", null, null) : Party.unknown(name);
    }
}
