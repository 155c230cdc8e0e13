package io.wxflux.sink;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.ContactEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.MessageReceived;
import io.wxflux.event.SendEvent;
import io.wxflux.internal.wire.MessageDecoder;
import io.wxflux.internal.wire.SampleMessages;
import io.wxflux.model.AccountId;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactField;
import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.MsgId;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.Party;
import io.wxflux.model.StableId;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import io.wxflux.options.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One made-up event of every type; the catalogue shows exactly these, with the login URL. */
final class ExampleEvents {
    private static final AccountId SHOP = AccountId.of("shop");
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789Z");
    static final UserName SELF = UserName.of("@5e1f");
    private static final UserName ALICE = UserName.of("@a11ce");
    private static final UserName ROOM = UserName.of("@@7007");

    private ExampleEvents() {}

    static List<AccountEvent> all() {
        List<AccountEvent> events = new ArrayList<>(lifecycle());
        events.addAll(sends());
        events.addAll(contacts());
        events.addAll(messages());
        return events;
    }

    private static List<AccountEvent> sends() {
        return List.of(
                send(20, OutboxEntry.State.QUEUED, "", ""),
                send(21, OutboxEntry.State.SENT, "", ""),
                send(22, OutboxEntry.State.ACCEPTED, "1234567890123456789", ""),
                send(
                        23,
                        OutboxEntry.State.REFUSED,
                        "",
                        "webwxsendmsg was refused with 1204: not with this recipient (not a friend, or oneself)"),
                send(
                        24,
                        OutboxEntry.State.UNKNOWN,
                        "",
                        "expired before an answer came; it may or may not have arrived"));
    }

    private static SendEvent send(long sequence, OutboxEntry.State state, String msgId, String reason) {
        return new SendEvent(
                stored("send-" + state.word(), sequence),
                new OutboxEntry(
                        "17700915067891234",
                        ALICE,
                        Outgoing.Kind.TEXT,
                        state,
                        NOW,
                        NOW.plus(Duration.ofHours(1)),
                        new MsgId(msgId),
                        reason),
                new Party(ALICE, "小李", "李老师", null, new StableId("p-madeupmadeup2345", StableId.Confidence.LIKELY)));
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
                new Lifecycle.LoginHeld(
                        live("login-held"), Lifecycle.LoginHeld.Limit.LOGINS_PER_HOUR, 6, Duration.ofMinutes(21)),
                new Lifecycle.HostSwitched(
                        live("host-switched"), "webpush.wx.example", "wx.example", "3 failures in a row"),
                new Lifecycle.LoggedOut(
                        stored("logged-out", 3), 1101, "signed in elsewhere or signed out on the phone"),
                new Lifecycle.Refused(stored("refused", 4), "1203: this account may not use the web"),
                new Lifecycle.Stopped(live("stopped")),
                new Lifecycle.Parked(live("parked"), "the journal is full"),
                new Lifecycle.Unparked(live("unparked")),
                new Lifecycle.Throttled(live("throttled"), "send", Duration.ofMinutes(1)));
    }

    private static List<AccountEvent> contacts() {
        var alice = new Contact(
                ALICE,
                new StableId("p-madeupmadeup2345", StableId.Confidence.LIKELY),
                "wxid_madeup",
                "小李",
                "李老师",
                "",
                "wxi",
                "",
                3,
                0,
                2,
                "每天进步一点点",
                "广东",
                "深圳",
                0,
                false,
                0,
                "/cgi-bin/mmwebwx-bin/webwxgeticon?seq=1",
                null);
        var room = Contact.named(ROOM)
                .withContactFlag(7)
                .withStableId(new StableId("r-madeupmadeup6767", StableId.Confidence.CERTAIN), "10000000001@chatroom")
                .withRoom(new Contact.Room("", ALICE, false, 128, List.of()))
                .withNickName("邻居群");
        var self = Contact.named(SELF)
                .withContactFlag(1)
                .withStableId(new StableId("u-1234567890", StableId.Confidence.CERTAIN), "")
                .withNickName("小店");
        var member = new Party(ALICE, "小李", "李老师", "一楼 小李", alice.stableId());
        return List.of(
                new ContactEvent.ContactAdded(stored("contact-added", 20), alice),
                new ContactEvent.ContactUpdated(
                        stored("contact-updated", 21), alice, Set.of(ContactField.PICTURE, ContactField.REMARK_NAME)),
                new ContactEvent.ContactRemoved(stored("contact-removed", 22), alice),
                new ContactEvent.RoomAdded(stored("room-added", 23), room),
                new ContactEvent.RoomUpdated(stored("room-updated", 24), room, Set.of(ContactField.OWNER)),
                new ContactEvent.RoomRemoved(stored("room-removed", 25), room),
                new ContactEvent.MemberJoined(stored("member-joined", 26), room.party(), member),
                new ContactEvent.MemberLeft(stored("member-left", 27), room.party(), member),
                new ContactEvent.RoomRenamed(stored("room-renamed", 28), room.party(), "一楼群", "邻居群"),
                new ContactEvent.ProfileUpdated(stored("profile-updated", 29), self, Set.of(ContactField.NICK_NAME)));
    }

    private static EventHead live(String suffix) {
        return new EventHead(SHOP, "shop-live-" + suffix.length(), NOW, OptionalLong.empty());
    }

    private static EventHead stored(String suffix, long sequence) {
        return new EventHead(SHOP, "shop-" + suffix + "-" + sequence, NOW, OptionalLong.of(sequence));
    }

    private static List<AccountEvent> messages() {
        List<AccountEvent> events = new ArrayList<>();
        for (String json : SampleMessages.all().values()) {
            events.add(received(10 + events.size(), MessageDecoder.decode(SampleMessages.raw(json), SELF)));
        }
        return events;
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
