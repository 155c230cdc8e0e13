package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.protocol.Draft;
import io.wxflux.internal.protocol.Send;
import io.wxflux.internal.protocol.Start;
import io.wxflux.internal.protocol.UploadedMedia;
import io.wxflux.internal.wire.SendBodies;
import io.wxflux.model.MsgId;
import io.wxflux.model.Outgoing;
import io.wxflux.model.Recalled;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UserName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** PROTOCOL 10.1 to 10.3. */
class SendContractTests {
    @RegisterExtension
    final Wire wire = new Wire();

    private Mono<SendReceipt> send(String text) {
        return send(Draft.text(text, ""));
    }

    private Mono<SendReceipt> send(Draft draft) {
        return Send.message(Wire.signedIn(wire.service()), UserName.of("@@room"), draft, "17000000001234321");
    }

    private static String bodyWith(String content) {
        return body("\"Type\":1,\"Content\":\"" + content + "\"", "");
    }

    private static String body(String first, String last) {
        return Wire.BASE_REQUEST + ",\"Msg\":{" + first + ",\"FromUserName\":\"@self\","
                + "\"ToUserName\":\"@@room\",\"LocalID\":\"17000000001234321\",\"ClientMsgId\":\"17000000001234321\""
                + last + "},\"Scene\":0}";
    }

    private static UploadedMedia media(String name, String signature) {
        return new UploadedMedia(
                "@crypt_1/a+b=", signature, "aes", "enc", name, 1234, "0cc175b9c0f1b6a831c399e269772661");
    }

    private void posts(Draft draft, String endpoint, String query, String body) {
        wire.answer(Step.SEND.answer);

        Wire.await(send(draft));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + endpoint);
        assertThat(String.join("&", seen.query()))
                .isEqualTo(query + "lang=zh_CN&pass_ticket=canary%252Bticket%252F%253D");
        assertThat(seen.body()).isEqualTo(body);
    }

    @Test
    void aMentionIsToldBesideTheText() {
        posts(
                Draft.text(
                        "@张三\u2005hi",
                        SendBodies.msgSource(List.of(UserName.of("@a1"), UserName.of("@b&2")), UserName.of("@@room"))),
                "webwxsendmsg",
                "",
                body(
                        "\"Type\":1,\"Content\":\"@张三\u2005hi\"",
                        ",\"MsgSource\":\"<msgsource><atusername>@a1,@b&amp;2</atusername>"
                                + "<atchatroomname>@@room</atchatroomname></msgsource>\""));
    }

    @Test
    void aPlaceIsItsXml() {
        posts(
                Draft.existing((Outgoing.Existing) Outgoing.location("<msg><location x=\"1\"/></msg>"), false),
                "webwxsendmsg",
                "",
                body("\"Type\":48,\"Content\":\"<msg><location x=\\\"1\\\"/></msg>\"", ""));
    }

    @Test
    void aPictureIsItsMediaId() {
        posts(
                Draft.uploaded(Outgoing.Kind.IMAGE, media("a.png", ""), true),
                "webwxsendmsgimg",
                "fun=async&f=json&",
                body("\"Type\":3,\"Content\":\"\",\"MediaId\":\"@crypt_1/a+b=\"", ""));
    }

    @Test
    void aReceivedPictureIsItsXml() {
        posts(
                Draft.existing(new Outgoing.Existing(Outgoing.Kind.IMAGE, 3, "<msg><img/></msg>"), false),
                "webwxsendmsgimg",
                "fun=async&f=json&",
                body("\"Type\":3,\"Content\":\"<msg><img/></msg>\"", ""));
    }

    @Test
    void aFilmIsItsMediaId() {
        posts(
                Draft.uploaded(Outgoing.Kind.VIDEO, media("a.mp4", ""), false),
                "webwxsendvideomsg",
                "fun=async&f=json&",
                body("\"Type\":43,\"Content\":\"\",\"MediaId\":\"@crypt_1/a+b=\"", ""));
    }

    @Test
    void aReceivedShortFilmKeepsItsType() {
        posts(
                Draft.existing(new Outgoing.Existing(Outgoing.Kind.VIDEO, 62, "<msg><videomsg/></msg>"), false),
                "webwxsendvideomsg",
                "fun=async&f=json&",
                body("\"Type\":62,\"Content\":\"<msg><videomsg/></msg>\"", ""));
    }

    @Test
    void aGifIsItsMediaId() {
        posts(
                Draft.uploaded(Outgoing.Kind.EMOTICON, media("a.gif", ""), false),
                "webwxsendemoticon",
                "fun=sys&",
                body("\"Type\":47,\"MediaId\":\"@crypt_1/a+b=\"", ",\"EmojiFlag\":2"));
    }

    @Test
    void aKnownStickerIsItsMd5() {
        String md5 = "0cc175b9c0f1b6a831c399e269772661";
        posts(
                Draft.existing((Outgoing.Existing) Outgoing.emoticon(md5), false),
                "webwxsendemoticon",
                "fun=sys&",
                body("\"Type\":47", ",\"EmojiFlag\":2,\"EMoticonMd5\":\"" + md5 + "\""));
    }

    private static String file(String appId, String name, String extension) {
        return "<appmsg appid='" + appId + "' sdkver=''><title>" + name + "</title><des></des><action></action>"
                + "<type>6</type><content></content><url></url><lowurl></lowurl><appattach><totallen>1234</totallen>"
                + "<attachid>@crypt_1/a+b=</attachid><fileext>" + extension
                + "</fileext></appattach><extinfo></extinfo></appmsg>";
    }

    @Test
    void aFileIsXmlInWhichItsNameIsEscaped() {
        posts(
                Draft.uploaded(Outgoing.Kind.FILE, media("合同 <b> & 'c'.tar.gz", ""), false),
                "webwxsendappmsg",
                "fun=async&f=json&",
                body(
                        "\"Type\":6,\"Content\":\"" + file("wxeb7ec651dd0aefa9", "合同 &lt;b&gt; &amp; 'c'.tar.gz", "gz")
                                + "\"",
                        ""));
    }

    @Test
    void aLargeFileShowsItsSignatureAndTheDesktopItsMode() {
        posts(
                Draft.uploaded(Outgoing.Kind.FILE, media("a", "sig+/="), true),
                "webwxsendappmsg",
                "fun=async&f=json&mod=desktop&",
                body("\"Type\":6,\"Content\":\"" + file("", "a", "") + "\"", ",\"Signature\":\"sig+/=\""));
    }

    @Test
    void anAppMessageIsItsXmlAndHasItsType() {
        posts(
                Draft.existing(
                        (Outgoing.Existing) Outgoing.app(5, "<msg><appmsg><type>5</type></appmsg><x/></msg>"), false),
                "webwxsendappmsg",
                "fun=async&f=json&",
                body("\"Type\":5,\"Content\":\"<appmsg><type>5</type></appmsg>\"", ""));
    }

    @Test
    void aRecallNamesTheMessageByBothItsIds() {
        wire.answer("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Introduction\":\"2分钟\",\"SysWording\":\"已撤回\"}");

        Recalled recalled =
                Wire.await(Send.recall(Wire.signedIn(wire.service()), UserName.of("@a"), new MsgId("9053"), "17"));

        assertThat(recalled).isEqualTo(new Recalled("2分钟", "已撤回"));
        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxrevokemsg");
        assertThat(seen.query()).containsExactly("lang=zh_CN", "pass_ticket=canary%252Bticket%252F%253D");
        assertThat(seen.body())
                .isEqualTo(Wire.BASE_REQUEST + ",\"SvrMsgId\":\"9053\",\"ToUserName\":\"@a\",\"ClientMsgId\":\"17\"}");
    }

    @Test
    void readingIsToldToTheOtherSideOfTheConversation() {
        wire.answer(Step.MARK_READ.answer);

        Wire.await(Start.markRead(Wire.signedIn(wire.service()), UserName.of("@a")));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxstatusnotify");
        assertThat(seen.query()).containsExactly("lang=zh_CN", "pass_ticket=canary%252Bticket%252F%253D");
        assertThat(seen.body())
                .isEqualTo(Wire.BASE_REQUEST + ",\"Code\":1,\"FromUserName\":\"@self\",\"ToUserName\":\"@a\","
                        + "\"ClientMsgId\":\"" + Wire.NOW + "\"}");
    }

    @Test
    void postsTheTextAsRawUtf8() {
        wire.answer(Step.SEND.answer);

        Wire.await(send("早上好 😀 é @张三\u2005 <a> & 'b' /c"));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxsendmsg");
        assertThat(seen.query()).containsExactly("lang=zh_CN", "pass_ticket=canary%252Bticket%252F%253D");
        assertThat(seen.body()).isEqualTo(bodyWith("早上好 😀 é @张三\u2005 <a> & 'b' /c"));
    }

    static List<Arguments> escapes() {
        return List.of(
                Arguments.of("line\nbreak", "line\\nbreak"),
                Arguments.of("\"quoted\"", "\\\"quoted\\\""),
                Arguments.of("back\\slash", "back\\\\slash"),
                Arguments.of("tab\tbell\u0007", "tab\\tbell\\u0007"),
                Arguments.of("half an emoji \ud83d", "half an emoji \ufffd"));
    }

    @ParameterizedTest
    @MethodSource("escapes")
    void escapesOnlyWhatJsonAsksFor(String text, String escaped) {
        wire.answer(Step.SEND.answer);

        Wire.await(send(text));

        assertThat(wire.seen().body()).isEqualTo(bodyWith(escaped));
    }

    @Test
    void everyAttemptShowsTheSameClientMsgId() {
        wire.answer(Step.SEND.answer);
        Mono<SendReceipt> one = send("x");

        Wire.await(one);
        Wire.await(one);

        assertThat(wire.allSeen()).extracting(Seen::body).containsExactly(bodyWith("x"), bodyWith("x"));
    }

    @Test
    void aNewClientMsgIdHas17DigitsAndRises() {
        String first = Send.newClientMsgId(wire.service());
        String second = Send.newClientMsgId(wire.service());

        assertThat(first).matches("1700000000123\\d{4}");
        assertThat(Long.parseLong(second)).isGreaterThan(Long.parseLong(first));
    }

    @Test
    void theReceiptHasTheServersIdAndOurs() {
        wire.answer("{\"BaseResponse\": {\"Ret\": 0,\"ErrMsg\": \"\"},\"MsgID\": \"9053194738703673101\","
                + "\"LocalID\": \"17000000001234321\"}");

        SendReceipt receipt = Wire.await(send("x"));

        assertThat(receipt.id().value()).isEqualTo("9053194738703673101");
        assertThat(receipt.clientMsgId()).isEqualTo("17000000001234321");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"BaseResponse\":{\"Ret\":0}}", "{\"BaseResponse\":{\"Ret\":0},\"MsgID\":\"\"}"})
    void aReceiptWithoutIdIsStillASuccess(String answer) {
        wire.answer(answer);

        assertThat(Wire.await(send("x")).id().value()).isEmpty();
    }
}
