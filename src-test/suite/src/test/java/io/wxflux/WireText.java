package io.wxflux;

import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** What the service says, as text. Written by hand from the protocol notes; nothing of the engine makes it. */
public final class WireText {
    private WireText() {}

    public static HttpAnswer ok(String body) {
        return status(200, body);
    }

    public static HttpAnswer status(int status, String body) {
        return new HttpAnswer(status, null, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same answer to somebody who reads it bit by bit. */
    public static HttpStream streamed(HttpAnswer answer) {
        byte[] body = answer.body();
        return new HttpStream(
                answer.status(),
                "",
                body.length,
                "",
                "",
                Arrays.copyOf(body, Math.min(body.length, HttpStream.FIRST)),
                body.length == 0 ? Flux.empty() : Flux.defer(() -> Flux.just(ByteBuffer.wrap(body))),
                () -> {});
    }

    public static String jslogin(String uuid) {
        return "window.QRLogin.code = 200; window.QRLogin.uuid = \"" + uuid + "\";";
    }

    public static String poll(int code) {
        return "window.code=" + code + ";";
    }

    public static String confirmed(String redirectUri) {
        return "window.code=200;\nwindow.redirect_uri=\"" + redirectUri + "\";";
    }

    public static String redirectUri(String host) {
        return "https://" + host
                + "/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=A1@qrticket_0&uuid=abc&lang=zh_CN&scan=1700000000";
    }

    public static String loginPage(long uin, String sid, String skey) {
        return "<error><ret>0</ret><message></message><skey>" + skey + "</skey><wxsid>" + sid + "</wxsid><wxuin>" + uin
                + "</wxuin><pass_ticket>pt%2B" + sid + "</pass_ticket><isgrayscale>1</isgrayscale></error>";
    }

    public static String refusedPage(int ret) {
        return "<error><ret>" + ret + "</ret><message>not allowed here</message></error>";
    }

    public static String check(int retcode, int selector) {
        return "window.synccheck={retcode:\"" + retcode + "\",selector:\"" + selector + "\"}";
    }

    /** A body that consists of its code. */
    public static String ret(int ret) {
        return "{\"BaseResponse\":{\"Ret\":" + ret + ",\"ErrMsg\":\"\"}}";
    }

    public static String init(long uin, String self, String skey, String syncKey) {
        return "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Count\":0,\"ContactList\":[],\"SyncKey\":" + syncKey
                + ",\"User\":{\"Uin\":" + uin + ",\"UserName\":\"" + self + "\",\"NickName\":\"nick\"},"
                + "\"ChatSet\":\"filehelper,\",\"SKey\":\"" + skey + "\"}";
    }

    /** The whole address book in one page. */
    public static String contacts(String... userNames) {
        return "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MemberCount\":" + userNames.length + ",\"MemberList\":"
                + contactList(userNames) + ",\"Seq\":0}";
    }

    /** Somebody in the address book. */
    public static String contact(String name, String nickName) {
        return "{\"UserName\":\"" + name + "\",\"NickName\":\"" + nickName + "\",\"ContactFlag\":3}";
    }

    public static String batchContacts(String... userNames) {
        return "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Count\":" + userNames.length + ",\"ContactList\":"
                + contactList(userNames) + "}";
    }

    private static String contactList(String... userNames) {
        return Stream.of(userNames)
                .map(name -> "{\"UserName\":\"" + name + "\",\"NickName\":\"nick of " + name.replace("@", "") + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    public static String push(String uuid) {
        return "{\"ret\":\"0\",\"msg\":\"all ok\",\"uuid\":\"" + uuid + "\"}";
    }

    public static String sent(String msgId) {
        return "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MsgID\":\"" + msgId + "\",\"LocalID\":\"1\"}";
    }

    /** A key of one entry. webwxsync's has the number 1, synccheck's the number 2: whoever mixes them is found out. */
    public static String key(int number, long value) {
        return "{\"Count\":1,\"List\":[{\"Key\":" + number + ",\"Val\":" + value + "}]}";
    }

    public static final String NO_KEY = "{\"Count\":0,\"List\":[]}";

    public static String text(String msgId, String from, String to, String content) {
        return "{\"MsgId\":\"" + msgId + "\",\"FromUserName\":\"" + from + "\",\"ToUserName\":\"" + to
                + "\",\"MsgType\":1,\"Content\":\"" + content
                + "\",\"Status\":3,\"CreateTime\":1700000000,\"NewMsgId\":" + msgId + "}";
    }

    public static String sync(List<String> messages, String syncKey, String checkKey, boolean more) {
        return "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"AddMsgCount\":" + messages.size() + ",\"AddMsgList\":"
                + messages.stream().collect(Collectors.joining(",", "[", "]"))
                + ",\"ModContactCount\":0,\"ModContactList\":[],\"DelContactCount\":0,\"DelContactList\":[],"
                + "\"ContinueFlag\":" + (more ? 1 : 0) + ",\"SyncKey\":" + syncKey + ",\"SKey\":\"\",\"SyncCheckKey\":"
                + checkKey + "}";
    }
}
