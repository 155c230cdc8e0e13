package io.wxflux.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.model.Message;
import io.wxflux.model.MessageKind;
import io.wxflux.model.Outgoing;
import io.wxflux.model.UserName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be sent, and what of received messages can be sent on. */
class ForwardingTest {
    private static final Set<MessageKind> NEVER = EnumSet.of(
            MessageKind.VOICE,
            MessageKind.CARD,
            MessageKind.QUOTE,
            MessageKind.TRANSFER,
            MessageKind.RED_PACKET,
            MessageKind.SYSTEM,
            MessageKind.RECALL,
            MessageKind.FRIEND_REQUEST,
            MessageKind.STATUS_NOTIFY,
            MessageKind.VOIP,
            MessageKind.PAT,
            MessageKind.ROOM_TODO,
            MessageKind.GROUP_NOTICE,
            MessageKind.LIVE_LOCATION,
            MessageKind.POSSIBLE_FRIEND,
            MessageKind.UNKNOWN);

    static List<Message> samples() {
        return SampleMessages.all().values().stream()
                .map(json -> MessageDecoder.decode(SampleMessages.raw(json), UserName.of(SampleMessages.SELF)))
                .toList();
    }

    private static Message message(int msgType, int appMsgType, String from, String content, Object... more) {
        return MessageDecoder.decode(
                SampleMessages.raw(SampleMessages.message(1, msgType, appMsgType, from, content, more)),
                UserName.of(SampleMessages.SELF));
    }

    private static Outgoing.Existing existing(Message message) {
        Outgoing outgoing = Outgoing.forward(message);
        return outgoing instanceof Outgoing.Forward forward ? Forwarding.of(forward) : (Outgoing.Existing) outgoing;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyKindIsSentOnAsWellFormedXmlOrRefusedWithAReason(Message message) {
        if (NEVER.contains(message.kind())) {
            assertThatThrownBy(() -> Outgoing.forward(message))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("wxflux does not forward ");
            return;
        }
        if (message instanceof Message.Text text) {
            assertThat(Outgoing.forward(message)).isEqualTo(Outgoing.text(text.text()));
            return;
        }
        Outgoing.Existing sent;
        try {
            sent = existing(message);
        } catch (IllegalArgumentException explained) {
            // What came without XML, such as pictures that are told by an id, or stickers of the store.
            assertThat(explained.getMessage()).containsAnyOf("forward", "appmsg");
            return;
        }
        if (sent.kind() != Outgoing.Kind.EMOTICON) {
            assertThat(XmlReader.read(sent.content(), XmlReader.CONTENT_LIMIT)).isNotNull();
            assertThat(sent.content()).startsWith("<").endsWith(">");
        }
        if (sent.kind() == Outgoing.Kind.APP || sent.kind() == Outgoing.Kind.FILE) {
            assertThat(sent.content()).startsWith("<appmsg").contains("<type>" + sent.type() + "</type>");
        }
        assertThat(sent.toString()).doesNotContain(sent.content());
    }

    @Test
    void inRoomsTheSendersNameStaysBehind() {
        Message message = message(
                3,
                0,
                SampleMessages.ROOM,
                SampleMessages.ALICE + ":<br/>&lt;?xml version=\"1.0\"?&gt;<br/>&lt;msg&gt;<br/>\t&lt;img length=\"1\""
                        + " /&gt;<br/>&lt;/msg&gt;<br/>");
        assertThat(existing(message))
                .isEqualTo(new Outgoing.Existing(Outgoing.Kind.IMAGE, 3, "<msg>\n\t<img length=\"1\" />\n</msg>"));
    }

    @Test
    void ofAnAppMessageOnlyTheAppPartIsSent() {
        Message message = message(
                49,
                5,
                SampleMessages.ALICE,
                "&lt;msg&gt;&lt;appmsg appid=\"\"&gt;&lt;title&gt;a &amp;amp; b&lt;/title&gt;&lt;type&gt;5&lt;/type&gt;"
                        + "&lt;url&gt;http://x/?a=1&amp;b=2&lt;/url&gt;&lt;/appmsg&gt;&lt;fromusername&gt;wxid_1"
                        + "&lt;/fromusername&gt;&lt;/msg&gt;");
        assertThat(existing(message))
                .isEqualTo(
                        new Outgoing.Existing(
                                Outgoing.Kind.APP,
                                5,
                                "<appmsg appid=\"\"><title>a &amp; b</title><type>5</type><url>http://x/?a=1&amp;b=2</url></appmsg>"));
    }

    @Test
    void aPlaceIsItsOriginalContent() {
        String xml = "<?xml version=\"1.0\"?>\n<msg>\n<location x=\"39.9\" y=\"116.4\" label=\"a\" /></msg>";
        Message message = message(1, 0, SampleMessages.ALICE, "a:<br/>/cgi-bin/x", "SubMsgType", 48, "OriContent", xml);
        assertThat(message.kind()).isEqualTo(MessageKind.LOCATION);
        assertThat(existing(message))
                .isEqualTo(new Outgoing.Existing(
                        Outgoing.Kind.LOCATION, 48, "<msg>\n<location x=\"39.9\" y=\"116.4\" label=\"a\" /></msg>"));
    }

    @Test
    void aPictureWithoutXmlSaysWhyItIsNotSentOn() {
        Message message = message(3, 0, SampleMessages.ALICE, "@opaque");
        assertThatThrownBy(() -> existing(message)).hasMessageContaining("no img in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ud83d", "a\ude00b"})
    void textsThatAreNoneAreRefused(String text) {
        assertThatThrownBy(() -> Outgoing.text(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNotOfItsKindIsRefused() {
        assertThatThrownBy(() -> Outgoing.emoticon("no md5")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Outgoing.app(0, "<appmsg></appmsg>")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Outgoing.app(5, "<msg></msg>")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Outgoing.location("<msg></msg>")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Outgoing.text("hi", List.of(UserName.of("@@room"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void somebodyIsMentionedOnce() {
        UserName li = UserName.of("@li");
        assertThat(Outgoing.text("hi", List.of(li, li))).isEqualTo(Outgoing.text("hi", List.of(li)));
    }
}
