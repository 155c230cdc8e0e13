package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.SampleMessages.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.wxflux.model.Message.SystemNotice;
import io.wxflux.model.SystemEvent;
import io.wxflux.model.SystemEvent.MembersJoined;
import io.wxflux.model.SystemEvent.MembersJoined.How;
import io.wxflux.model.SystemEvent.MembersRemoved;
import io.wxflux.model.SystemEvent.Named;
import io.wxflux.model.SystemEvent.RoomRenamed;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTest {
    private static final Named LI = Named.of("小李");
    private static final Named WANG = Named.of("小王");

    private static SystemNotice notice(int msgType, String content) {
        String json = SampleMessages.message(10, msgType, 0, ROOM, content);
        return (SystemNotice) MessageDecoder.decode(SampleMessages.raw(json), UserName.of(SampleMessages.SELF));
    }

    private static Arguments says(String text, SystemEvent event) {
        return Arguments.of(text, event);
    }

    private static MembersJoined invited(Named by, Named... who) {
        return new MembersJoined(by, List.of(who), How.INVITE);
    }

    private static MembersJoined scanned(Named by, Named... who) {
        return new MembersJoined(by, List.of(who), How.QR_CODE);
    }

    private static MembersRemoved removed(Named by, Named... who) {
        return new MembersRemoved(by, List.of(who));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                says("你邀请\"小王\"加入了群聊  ", invited(Named.SELF, WANG)),
                says("你邀请\"小王、小李\"加入了群聊", invited(Named.SELF, WANG, LI)),
                says("\"小李\"邀请你加入了群聊，群聊参与人还有：小王、小张", invited(LI, Named.SELF)),
                says("\"小李\"邀请你和\"小王\"加入了群聊", invited(LI, Named.SELF, WANG)),
                says("\"小李\"邀请\"小王\"加入了群聊", invited(LI, WANG)),
                says("“小李”邀请“小王”加入了群聊", invited(LI, WANG)),
                says(
                        "\" <span class=\"emoji emoji1f338\"></span>李\"邀请\"A$b<span class=\"emoji emoji1f47e\"></span>\"加入了群聊",
                        invited(Named.of("🌸李"), Named.of("A$b👾"))),
                says("\"你\"邀请\"小王\"加入了群聊", invited(Named.of("你"), WANG)),
                says("\" 小王\"通过扫描你分享的二维码加入群聊", scanned(Named.SELF, WANG)),
                says("\" 小王\"通过扫描\"小李\"分享的二维码加入群聊", scanned(LI, WANG)),
                says("你通过扫描二维码加入群聊，群聊参与人还有：小李", scanned(Named.NOBODY, Named.SELF)),
                says("You invited 小王 to the group chat", invited(Named.SELF, WANG)),
                says("You invited 小王, 小李 to the group chat.  ", invited(Named.SELF, WANG, LI)),
                says("小李 invited you to a group chat with 小王", invited(LI, Named.SELF)),
                says("\"小李\" invited you to the group chat", invited(LI, Named.SELF)),
                says("小李 invited you and 小王 to the group chat", invited(LI, Named.SELF, WANG)),
                says("小李 invited 小王 to the group chat", invited(LI, WANG)),
                says("\"小李\" invited \"小王\" to a group chat", invited(LI, WANG)),
                says("\" 小王\" joined group chat via the QR code you shared", scanned(Named.SELF, WANG)),
                says("\"小王\" joined the group chat via the QR Code shared by \"小李\"", scanned(LI, WANG)),
                says("你将\"小王\"移出了群聊", removed(Named.SELF, WANG)),
                says("你被\"小李\"移出群聊", removed(LI, Named.SELF)),
                says("\"小李\"将\"小王\"移出了群聊", removed(LI, WANG)),
                says("You removed \"小王\" from the group chat", removed(Named.SELF, WANG)),
                says("You were removed from the group chat by \"小李\"", removed(LI, Named.SELF)),
                says("\"小李\" removed you from the group chat", removed(LI, Named.SELF)),
                says("你修改群名为“茶 “书” 会”", new RoomRenamed(Named.SELF, "茶 “书” 会")),
                says("\"小李\"修改群名为“茶会<span class=\"emoji emoji1f338\"></span>”", new RoomRenamed(LI, "茶会🌸")),
                says("You changed the group name to \"Tea\"", new RoomRenamed(Named.SELF, "Tea")),
                says("\"小李\" changed the group name to \"Tea\"", new RoomRenamed(LI, "Tea")),
                says("\"小王\"已成为新群主", new SystemEvent.OwnerChanged(WANG)),
                says("你已成为新群主", new SystemEvent.OwnerChanged(Named.SELF)),
                says("你已添加了小王，现在可以开始聊天了。", new SystemEvent.FriendConfirmed(WANG)),
                says("小王刚刚把你添加到通讯录，现在可以开始聊天了。", new SystemEvent.FriendConfirmed(WANG)),
                says("我通过了你的朋友验证请求，现在我们可以开始聊天了", new SystemEvent.FriendConfirmed(Named.NOBODY)),
                says(
                        "You have added 小王.W as your WeChat contact. Start chatting!",
                        new SystemEvent.FriendConfirmed(Named.of("小王.W"))),
                says(
                        "小王 just added you to his/her contacts list. Send a message to him/her now!",
                        new SystemEvent.FriendConfirmed(WANG)),
                says(
                        "I've accepted your friend request. Now let's chat!",
                        new SystemEvent.FriendConfirmed(Named.NOBODY)),
                says("小王开启了朋友验证，你还不是他（她）朋友。请先发送朋友验证请求，对方验证通过后，才能聊天。", new SystemEvent.FriendLost(WANG)),
                says("小王 has enabled Friend Confirmation. You are not a friend.", new SystemEvent.FriendLost(WANG)),
                says("消息已发出，但被对方拒收了。", new SystemEvent.MessageRejected()),
                says(
                        "The message was successfully sent but rejected by the receiver.",
                        new SystemEvent.MessageRejected()),
                says("收到红包，请在手机上查看", new SystemEvent.RedPacketNotice()),
                says("小李发起了群收款", new SystemEvent.GroupBill()),
                says("位置共享已经结束", new SystemEvent.LiveLocationEnded()),
                says("如果陌生人主动添加你为朋友，请谨慎核实对方身份。", new SystemEvent.StrangerWarning()));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theTextsOfTheServiceAreUnderstood(String text, SystemEvent event) {
        SystemNotice notice = notice(10000, text);
        assertThat(notice.event()).isEqualTo(event);
        assertThat(notice.text()).isEqualTo(ContentText.decode(text));
        assertThat(notice.note()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "以上是打招呼的内容",
                "加入了群聊",
                "小李邀请小王去喝茶",
                "你邀请\"小王",
                "invited to the group chat",
                "<msg>&lt;msg",
                "| $names$ ${x} %s"
            })
    void othersStayTexts(String text) {
        SystemNotice notice = notice(10000, text);
        assertThat(notice.event()).isNull();
        assertThat(notice.note()).isNull();
    }

    private static String template(String template, String links) {
        return "70070070@chatroom:<br/>"
                + SampleMessages.xml("<sysmsg type=\"sysmsgtemplate\">\n\t<sysmsgtemplate>\n\t\t<content_template"
                        + " type=\"tmpl_type_profile\">\n<plain><![CDATA[]]></plain>\n<template><![CDATA[" + template
                        + "]]></template>\n<link_list>\n" + links
                        + "</link_list></content_template></sysmsgtemplate></sysmsg>\n");
    }

    private static String link(String name, String... people) {
        var link = new StringBuilder("<link name=\"" + name + "\" type=\"link_profile\"><memberlist>");
        for (int i = 0; i < people.length; i += 2) {
            link.append("<member><username><![CDATA[")
                    .append(people[i])
                    .append("]]></username><nickname><![CDATA[")
                    .append(people[i + 1])
                    .append("]]></nickname></member>");
        }
        return link + "</memberlist><separator><![CDATA[、]]></separator></link>";
    }

    @Test
    void templatesKnowEverybodyWithTheirIds() {
        SystemNotice joined = notice(
                10002,
                template(
                        "你邀请\"$names$\"加入了群聊  $revoke$",
                        link("names", "wxid_wang", "小、王", "wxid_li", "$revoke$")
                                + "<link name=\"revoke\" type=\"link_revoke\" hidden=\"1\"><title><![CDATA[撤销]]></title></link>"));
        assertThat(joined.text()).isEqualTo("你邀请\"小、王、$revoke$\"加入了群聊");
        assertThat(joined.event())
                .isEqualTo(invited(
                        Named.SELF, new Named("小、王", false, "wxid_wang"), new Named("$revoke$", false, "wxid_li")));
        SystemNotice renamed = notice(
                10002,
                template(
                        "\"$username$\"修改群名为“$remark$”", link("username", "wxid_li", "小李") + link("remark", "", "茶会")));
        assertThat(renamed.text()).isEqualTo("\"小李\"修改群名为“茶会”");
        assertThat(renamed.event()).isEqualTo(new RoomRenamed(new Named("小李", false, "wxid_li"), "茶会"));
        SystemNotice removed = notice(
                10002,
                template("You removed \"$kickoutname$\" from the group chat", link("kickoutname", "wxid_wang", "小王")));
        assertThat(removed.event()).isEqualTo(removed(Named.SELF, new Named("小王", false, "wxid_wang")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$", "$$", "$a", "a$b$c", "$none$", "$names$names$", "${names}"})
    void oddTemplatesAreFilledAsFarAsTheyCanBe(String template) {
        SystemNotice notice = notice(10002, template(template, link("names", "wxid_a", "N")));
        assertThat(notice.text()).isEqualTo(template.replace("$names$", "N"));
        assertThat(notice.note()).isNull();
    }

    @Test
    void idsStandBesideTheNamesOfThoseWhoCame() {
        String xml =
                "<sysmsg type=\"delchatroommember\">\n<delchatroommember>\n<plain><![CDATA[你邀请\"A++、小王\"加入了群聊  ]]></plain>"
                        + "<text><![CDATA[你邀请\"A++、小王\"加入了群聊  ]]></text><link><scene>invite</scene><text><![CDATA[  撤销]]></text>"
                        + "<memberlist><username><![CDATA[wxid_a]]></username><username><![CDATA[wxid_wang]]></username></memberlist>"
                        + "</link></delchatroommember></sysmsg>";
        for (int msgType : new int[] {10000, 10002}) {
            SystemNotice notice = notice(msgType, SampleMessages.xml(xml));
            assertThat(notice.text()).isEqualTo("你邀请\"A++、小王\"加入了群聊");
            assertThat(notice.event())
                    .isEqualTo(invited(
                            Named.SELF, new Named("A++", false, "wxid_a"), new Named("小王", false, "wxid_wang")));
        }
        SystemNotice fewerIds =
                notice(10002, SampleMessages.xml(xml.replace("<username><![CDATA[wxid_a]]></username>", "")));
        assertThat(fewerIds.event()).isEqualTo(invited(Named.SELF, Named.of("A++"), WANG));
    }

    @Test
    void tipsOfRoomsAreTexts() {
        SystemNotice notice = notice(
                10002,
                SampleMessages.xml(
                        "<sysmsg type=\"roomtips\"><roomtips><content>\"小王\"已成为新群主</content></roomtips></sysmsg>"));
        assertThat(notice.event()).isEqualTo(new SystemEvent.OwnerChanged(WANG));
    }

    @Test
    void longTextsTakeNoTime() {
        for (String piece : new String[] {"\"邀请\"", "你邀请\"", "$", "\"", " invited ", "邀请你和\"", "、"}) {
            SystemNotice notice = notice(10000, "\"" + piece.repeat(200_000 / piece.length()));
            assertTimeout(Duration.ofSeconds(2), notice::details);
        }
    }
}
