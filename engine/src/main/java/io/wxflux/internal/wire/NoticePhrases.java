package io.wxflux.internal.wire;

import io.wxflux.model.SystemEvent;
import io.wxflux.model.SystemEvent.FriendConfirmed;
import io.wxflux.model.SystemEvent.FriendLost;
import io.wxflux.model.SystemEvent.MembersJoined;
import io.wxflux.model.SystemEvent.MembersJoined.How;
import io.wxflux.model.SystemEvent.MembersRemoved;
import io.wxflux.model.SystemEvent.Named;
import io.wxflux.model.SystemEvent.OwnerChanged;
import io.wxflux.model.SystemEvent.RoomRenamed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the service's notices mean, in Chinese and English; the first that fits counts, the more special stand first. */
final class NoticePhrases {
    private static final String AND = "、";
    private static final String COMMA = ", ";

    private static final List<Meaning> MEANINGS = List.of(
            // Somebody came.
            new Meaning(Phrase.of("你邀请\"|\"加入了群聊"), (s, n) -> invited(Named.SELF, n.all(s.get(0), AND))),
            new Meaning(
                    Phrase.of("\"|\"邀请你和\"|\"加入了群聊"), (s, n) -> invited(n.one(s.get(0)), withMe(n.all(s.get(1), AND)))),
            new Meaning(Phrase.of("\"|\"邀请你加入了群聊"), (s, n) -> invited(n.one(s.get(0)), List.of(Named.SELF))),
            new Meaning(Phrase.of("\"|\"邀请\"|\"加入了群聊"), (s, n) -> invited(n.one(s.get(0)), n.all(s.get(1), AND))),
            new Meaning(Phrase.of("\"|\"通过扫描你分享的二维码加入群聊"), (s, n) -> scanned(Named.SELF, n.all(s.get(0), AND))),
            new Meaning(
                    Phrase.of("\"|\"通过扫描\"|\"分享的二维码加入群聊"), (s, n) -> scanned(n.one(s.get(1)), n.all(s.get(0), AND))),
            new Meaning(Phrase.of("你通过扫描\"|\"分享的二维码加入群聊"), (s, n) -> scanned(n.one(s.get(0)), List.of(Named.SELF))),
            new Meaning(Phrase.of("你通过扫描二维码加入群聊"), (s, n) -> scanned(Named.NOBODY, List.of(Named.SELF))),
            new Meaning(
                    Phrase.of("you invited | to the group chat"),
                    (s, n) -> invited(Named.SELF, n.all(s.get(0), COMMA))),
            new Meaning(
                    Phrase.of("| invited you and | to the group chat"),
                    (s, n) -> invited(n.one(s.get(0)), withMe(n.all(s.get(1), COMMA)))),
            new Meaning(
                    Phrase.of("| invited you to the group chat"),
                    (s, n) -> invited(n.one(s.get(0)), List.of(Named.SELF))),
            new Meaning(
                    Phrase.of("| invited you to a group chat"),
                    (s, n) -> invited(n.one(s.get(0)), List.of(Named.SELF))),
            new Meaning(
                    Phrase.of("| invited | to the group chat"),
                    (s, n) -> invited(n.one(s.get(0)), n.all(s.get(1), COMMA))),
            new Meaning(
                    Phrase.of("| invited | to a group chat"),
                    (s, n) -> invited(n.one(s.get(0)), n.all(s.get(1), COMMA))),
            new Meaning(
                    Phrase.of("| joined group chat via the qr code you shared"),
                    (s, n) -> scanned(Named.SELF, n.all(s.get(0), COMMA))),
            new Meaning(
                    Phrase.of("| joined the group chat via the qr code you shared"),
                    (s, n) -> scanned(Named.SELF, n.all(s.get(0), COMMA))),
            new Meaning(
                    Phrase.of("| joined the group chat via the qr code shared by \"|\""),
                    (s, n) -> scanned(n.one(s.get(1)), n.all(s.get(0), COMMA))),
            // Somebody was removed.
            new Meaning(Phrase.of("你将\"|\"移出了群聊"), (s, n) -> new MembersRemoved(Named.SELF, n.all(s.get(0), AND))),
            new Meaning(Phrase.of("你被\"|\"移出群聊"), (s, n) -> new MembersRemoved(n.one(s.get(0)), List.of(Named.SELF))),
            new Meaning(
                    Phrase.of("\"|\"将\"|\"移出了群聊"), (s, n) -> new MembersRemoved(n.one(s.get(0)), n.all(s.get(1), AND))),
            new Meaning(
                    Phrase.of("you removed | from the group chat"),
                    (s, n) -> new MembersRemoved(Named.SELF, n.all(s.get(0), COMMA))),
            new Meaning(
                    Phrase.of("you were removed from the group chat by \"|\""),
                    (s, n) -> new MembersRemoved(n.one(s.get(0)), List.of(Named.SELF))),
            new Meaning(
                    Phrase.of("| removed you from the group chat"),
                    (s, n) -> new MembersRemoved(n.one(s.get(0)), List.of(Named.SELF))),
            new Meaning(
                    Phrase.of("| removed | from the group chat"),
                    (s, n) -> new MembersRemoved(n.one(s.get(0)), n.all(s.get(1), COMMA))),
            // The room changed.
            new Meaning(Phrase.of("你修改群名为\"|\""), (s, n) -> new RoomRenamed(Named.SELF, n.word(s.get(0)))),
            new Meaning(Phrase.of("\"|\"修改群名为\"|\""), (s, n) -> new RoomRenamed(n.one(s.get(0)), n.word(s.get(1)))),
            new Meaning(
                    Phrase.of("you changed the group name to \"|\""),
                    (s, n) -> new RoomRenamed(Named.SELF, n.word(s.get(0)))),
            new Meaning(
                    Phrase.of("| changed the group name to \"|\""),
                    (s, n) -> new RoomRenamed(n.one(s.get(0)), n.word(s.get(1)))),
            new Meaning(Phrase.of("你已成为新群主"), (s, n) -> new OwnerChanged(Named.SELF)),
            new Meaning(Phrase.of("\"|\"已成为新群主"), (s, n) -> new OwnerChanged(n.one(s.get(0)))),
            // Friends.
            new Meaning(Phrase.of("你已添加了|，现在可以开始聊天了"), (s, n) -> new FriendConfirmed(n.one(s.get(0)))),
            new Meaning(Phrase.of("|刚刚把你添加到通讯录，现在可以开始聊天了"), (s, n) -> new FriendConfirmed(n.one(s.get(0)))),
            new Meaning(Phrase.of("我通过了你的朋友验证请求，现在我们可以开始聊天了"), (s, n) -> new FriendConfirmed(Named.NOBODY)),
            new Meaning(
                    Phrase.of("you have added | as your wechat contact"),
                    (s, n) -> new FriendConfirmed(n.one(s.get(0)))),
            new Meaning(
                    Phrase.of("| just added you to his/her contacts list"),
                    (s, n) -> new FriendConfirmed(n.one(s.get(0)))),
            new Meaning(Phrase.of("i've accepted your friend request"), (s, n) -> new FriendConfirmed(Named.NOBODY)),
            new Meaning(Phrase.of("|开启了朋友验证，你还不是他（她）朋友"), (s, n) -> new FriendLost(n.one(s.get(0)))),
            new Meaning(Phrase.of("| has enabled friend confirmation"), (s, n) -> new FriendLost(n.one(s.get(0)))),
            new Meaning(Phrase.of("消息已发出，但被对方拒收了"), (s, n) -> new SystemEvent.MessageRejected()),
            new Meaning(
                    Phrase.of("the message was successfully sent but rejected by the receiver"),
                    (s, n) -> new SystemEvent.MessageRejected()),
            // What only a phone can do.
            new Meaning(Phrase.of("收到红包，请在手机上查看"), (s, n) -> new SystemEvent.RedPacketNotice()),
            new Meaning(Phrase.of("发出红包，请在手机上查看"), (s, n) -> new SystemEvent.RedPacketNotice()),
            new Meaning(Phrase.of("red packet received"), (s, n) -> new SystemEvent.RedPacketNotice()),
            new Meaning(Phrase.of("|群收款"), (s, n) -> new SystemEvent.GroupBill()),
            new Meaning(Phrase.of("|位置共享已经结束"), (s, n) -> new SystemEvent.LiveLocationEnded()),
            new Meaning(Phrase.of("|location sharing ended"), (s, n) -> new SystemEvent.LiveLocationEnded()),
            new Meaning(Phrase.of("|请谨慎核实对方身份"), (s, n) -> new SystemEvent.StrangerWarning()));

    private NoticePhrases() {}

    /** What the text means; null when it is none of the known ones. */
    static @Nullable SystemEvent event(String text, NoticeNames names) {
        String notice = text.strip();
        String folded = Phrase.folded(notice);
        for (Meaning meaning : MEANINGS) {
            List<String> words = meaning.phrase.match(notice, folded);
            if (words != null) {
                return meaning.event.of(words, names);
            }
        }
        return null;
    }

    private static SystemEvent invited(Named by, List<Named> members) {
        return new MembersJoined(by, members, How.INVITE);
    }

    private static SystemEvent scanned(Named by, List<Named> members) {
        return new MembersJoined(by, members, How.QR_CODE);
    }

    private static List<Named> withMe(List<Named> others) {
        List<Named> all = new ArrayList<>();
        all.add(Named.SELF);
        all.addAll(others);
        return all;
    }

    private record Meaning(Phrase phrase, Event event) {}

    private interface Event {
        SystemEvent of(List<String> words, NoticeNames names);
    }
}
