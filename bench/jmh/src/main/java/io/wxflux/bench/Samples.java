package io.wxflux.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers of webwxsync in the service's layout: a line for each member, raw UTF-8, escaped XML in Content. Of 20 messages 11
 * are texts, 3 pictures, 2 stickers, 1 a voice and 3 links. Ids, names and texts are made up.
 */
public final class Samples {
    /** The account itself. */
    public static final String SELF = "@5e1f00000000000000000000000000000000000000000000000000000000beef";

    /** Who writes. */
    public static final String FRIEND = "@a11ce0000000000000000000000000000000000000000000000000000000000f";

    private static final List<String> KINDS = List.of(
            "text",
            "text",
            "image",
            "text",
            "emoticon",
            "text",
            "link",
            "text",
            "text",
            "voice",
            "text",
            "image",
            "text",
            "text",
            "link",
            "emoticon",
            "text",
            "image",
            "text",
            "link");
    private static final List<String> TEXTS = List.of(
            "好的，明天上午十点见&lt;br/&gt;记得带上合同",
            "Lunch at twelve? I &amp; Bob are in the lobby already.",
            "收到 <span class=\"emoji emoji1f44c\"></span> 谢谢大家，资料我晚上整理好发到群里。",
            "会议改到三点半，地点不变，请互相转告。");

    private Samples() {}

    /**
     * An answer of webwxsync.
     *
     * @param messages how many it has
     * @return its bytes
     */
    public static byte[] sync(int messages) {
        var body = new StringBuilder("{\n\"BaseResponse\": {\n\"Ret\": 0,\n\"ErrMsg\": \"\"\n}\n,\n\"AddMsgCount\": ")
                .append(messages)
                .append(",\n\"AddMsgList\": [");
        for (int i = 0; i < messages; i++) {
            body.append(i == 0 ? "" : ",\n")
                    .append(message(KINDS.get(i % KINDS.size()), 7_100_000_000_000_000_001L + i));
        }
        return body.append("],\n\"ModContactCount\": 0,\n\"ModContactList\": [],\n\"DelContactCount\": 0,\n"
                        + "\"DelContactList\": [],\n\"ModChatRoomMemberCount\": 0,\n\"ModChatRoomMemberList\": [],\n"
                        + "\"Profile\": {\n\"BitFlag\": 0,\n\"UserName\": {\n\"Buff\": \"\"\n}\n,\n\"NickName\": {\n"
                        + "\"Buff\": \"\"\n}\n,\n\"BindUin\": 0,\n\"BindEmail\": {\n\"Buff\": \"\"\n}\n,\n\"BindMobile\": {\n"
                        + "\"Buff\": \"\"\n}\n,\n\"Status\": 0,\n\"Sex\": 0,\n\"PersonalCard\": 0,\n\"Alias\": \"\",\n"
                        + "\"HeadImgUpdateFlag\": 0,\n\"HeadImgUrl\": \"\",\n\"Signature\": \"\"\n}\n,\n"
                        + "\"ContinueFlag\": 0,\n\"SyncKey\": ")
                .append(key())
                .append(",\n\"SKey\": \"\",\n\"SyncCheckKey\": ")
                .append(key())
                .append("\n}\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String key() {
        var key = new StringBuilder("{\n\"Count\": 7,\n\"List\": [");
        int[] numbers = {1, 2, 3, 11, 201, 1000, 1001};
        for (int i = 0; i < numbers.length; i++) {
            key.append(i == 0 ? "" : ",\n")
                    .append("{\n\"Key\": ")
                    .append(numbers[i])
                    .append(",\n\"Val\": ")
                    .append(700_000_000 + 17 * i)
                    .append("\n}\n");
        }
        return key.append("]\n}\n").toString();
    }

    /**
     * A message object.
     *
     * @param kind text, image, emoticon, voice or link
     * @param id its MsgId
     * @return as JSON
     */
    public static String message(String kind, long id) {
        int type = switch (kind) {
            case "text" -> 1;
            case "image" -> 3;
            case "emoticon" -> 47;
            case "voice" -> 34;
            case "link" -> 49;
            default -> throw new IllegalArgumentException(kind);
        };
        String content = kind.equals("text") ? TEXTS.get((int) (id % TEXTS.size())) : escaped(xml(kind));
        return "{\n\"MsgId\": \"" + id + "\",\n\"FromUserName\": \"" + FRIEND + "\",\n\"ToUserName\": \"" + SELF
                + "\",\n\"MsgType\": " + type + ",\n\"Content\": \""
                + content.replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
                + "\",\n\"Status\": 3,\n\"ImgStatus\": 1,\n\"CreateTime\": 1770091500,\n\"VoiceLength\": 0,\n"
                + "\"PlayLength\": 0,\n\"FileName\": \"\",\n\"FileSize\": \"\",\n\"MediaId\": \"\",\n\"Url\": \"\",\n"
                + "\"AppMsgType\": " + (kind.equals("link") ? 5 : 0)
                + ",\n\"StatusNotifyCode\": 0,\n\"StatusNotifyUserName\": \"\",\n\"RecommendInfo\": {\n\"UserName\": \"\",\n"
                + "\"NickName\": \"\",\n\"QQNum\": 0,\n\"Province\": \"\",\n\"City\": \"\",\n\"Content\": \"\",\n"
                + "\"Signature\": \"\",\n\"Alias\": \"\",\n\"Scene\": 0,\n\"VerifyFlag\": 0,\n\"AttrStatus\": 0,\n"
                + "\"Sex\": 0,\n\"Ticket\": \"\",\n\"OpCode\": 0\n}\n,\n\"ForwardFlag\": 0,\n\"AppInfo\": {\n"
                + "\"AppID\": \"\",\n\"Type\": 0\n}\n,\n\"HasProductId\": 0,\n\"Ticket\": \"\",\n\"ImgHeight\": 0,\n"
                + "\"ImgWidth\": 0,\n\"SubMsgType\": 0,\n\"NewMsgId\": " + id
                + ",\n\"OriContent\": \"\",\n\"EncryFileName\": \"\"\n}\n";
    }

    /**
     * The XML of a kind, as it was before it was escaped.
     *
     * @param kind image, emoticon, voice or link
     * @return the document
     */
    public static String xml(String kind) {
        return switch (kind) {
            case "image" ->
                "<?xml version=\"1.0\"?>\n<msg>\n\t<img aeskey=\"5c3e0000aaaa\" encryver=\"1\" "
                        + "cdnthumbaeskey=\"5c3e0000aaaa\" cdnthumburl=\"3057020100044b30490201000204madeup\" "
                        + "cdnthumblength=\"2204\" cdnthumbheight=\"120\" cdnthumbwidth=\"90\" cdnmidheight=\"0\" "
                        + "cdnmidwidth=\"0\" cdnhdheight=\"0\" cdnhdwidth=\"0\" "
                        + "cdnmidimgurl=\"3057020100044b30490201000204madeup\" length=\"139120\" hdlength=\"729348\" "
                        + "md5=\"5eed5eed5eed5eed5eed5eed5eed5eed\" />\n</msg>\n";
            case "emoticon" ->
                "<msg><emoji fromusername=\"wxid_madeupalice\" tousername=\"wxid_madeupbob\" type=\"2\" "
                        + "idbuffer=\"media:0_0\" md5=\"e40e40e40e40e40e40e40e40e40e40e4\" len=\"44746\" productid=\"\" "
                        + "androidmd5=\"e40e40e40e40e40e40e40e40e40e40e4\" androidlen=\"44746\" "
                        + "cdnurl=\"http://emoji.example/wxapp?m=e40&amp;filekey=3043&amp;hy=SH\" "
                        + "encrypturl=\"http://emoji.example/crypt?m=e40&amp;filekey=3044\" aeskey=\"5c3e0000aaaa\" "
                        + "width=\"240\" height=\"210\"></emoji><gameext type=\"0\" content=\"0\"></gameext></msg>";
            case "voice" ->
                "<msg><voicemsg endflag=\"1\" cancelflag=\"0\" forwardflag=\"0\" voiceformat=\"4\" "
                        + "voicelength=\"2112\" length=\"4051\" bufid=\"0\" clientmsgid=\"416438626133613500\" "
                        + "fromusername=\"wxid_madeupalice\" /></msg>";
            case "link" ->
                "<msg><appmsg appid=\"\" sdkver=\"0\"><title><![CDATA[今日两篇：春天到了，花都开了]]></title>"
                        + "<des><![CDATA[第一行\n第二行]]></des><action></action><type>5</type><showtype>1</showtype>"
                        + "<content></content><url><![CDATA[https://mp.example/s?__biz=madeup&mid=1&idx=1]]></url><lowurl></lowurl>"
                        + "<appattach><totallen>0</totallen><attachid></attachid><fileext></fileext></appattach><mmreader>"
                        + "<category type=\"20\" count=\"2\"><name><![CDATA[某刊]]></name><item><title><![CDATA[春天到了]]></title>"
                        + "<url><![CDATA[https://mp.example/s?a=1&b=2]]></url><pub_time>1770091400</pub_time>"
                        + "<cover><![CDATA[http://pic.example/1|640|300]]></cover><digest><![CDATA[花开]]></digest></item><item>"
                        + "<title><![CDATA[夏]]></title><url><![CDATA[https://mp.example/s?a=2]]></url></item></category>"
                        + "</mmreader></appmsg><appinfo><version>0</version><appname><![CDATA[某刊]]></appname></appinfo></msg>";
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** As the service escapes it. */
    private static String escaped(String xml) {
        return xml.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", "<br/>");
    }
}
