package io.wxflux.internal.wire;

import io.wxflux.model.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One message of every kind in the service's shapes. Ids, names and texts are made up. */
public final class SampleMessages {
    public static final String SELF = "@5e1f";
    public static final String ALICE = "@a11ce";
    public static final String ROOM = "@@7007";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SampleMessages() {}

    /** All of them by name; the order is that of the catalogue. */
    public static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        talk(all);
        media(all);
        people(all);
        apps(all);
        system(all);
        return all;
    }

    public static String one(String name) {
        String json = all().get(name);
        if (json == null) {
            throw new IllegalArgumentException(name);
        }
        return json;
    }

    public static RawMessage raw(String json) {
        return RawMessage.wrap(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void talk(Map<String, String> all) {
        put(all, "text", 1, 0, ROOM, ALICE + ":<br/>@小店\u2005早 <span class=\"emoji emoji1f338\"></span><br/>1 &lt; 2");
        put(all, "system", 10000, 0, ROOM, "\"小李\"邀请\"小王<span class=\"emoji emoji1f338\"></span>\"加入了群聊");
        put(all, "recall", 10002, 0, ALICE, xml("""
                <sysmsg type="revokemsg"><revokemsg><session>wxid_madeupalice</session><oldmsgid>11</oldmsgid>\
                <msgid>7000000000000000009</msgid><replacemsg><![CDATA[小李 撤回了一条消息]]></replacemsg>\
                </revokemsg></sysmsg>"""));
        put(
                all,
                "status-notify",
                51,
                0,
                SELF,
                xml("""
                <msg>
                <op id='4'>
                <username>wxid_madeupalice,70070070@chatroom,filehelper</username>
                <unreadchatlist>
                <chat>
                <username>70070070@chatroom</username>
                <lastreadtime>1770091500</lastreadtime>
                </chat>
                </unreadchatlist>
                </op>
                </msg>"""),
                "StatusNotifyCode",
                4,
                "StatusNotifyUserName",
                "@a11ce,@@7007,filehelper");
    }

    private static void media(Map<String, String> all) {
        put(all, "image", 3, 0, ALICE, xml("""
                <?xml version="1.0"?>
                <msg>
                \t<img aeskey="00aa" cdnthumbaeskey="00aa" cdnthumburl="3057" cdnthumblength="2204" cdnthumbheight="120" \
                cdnthumbwidth="90" cdnmidimgurl="3057" length="139120" hdlength="729348" md5="5eed" />
                </msg>
                """), "ImgStatus", 2, "ImgHeight", 960, "ImgWidth", 720);
        put(all, "voice", 34, 0, ALICE, xml("""
                <msg><voicemsg endflag="1" voiceformat="4" voicelength="2112" length="4051" \
                clientmsgid="41" fromusername="wxid_madeupalice" /></msg>"""), "VoiceLength", 2112);
        put(all, "video", 43, 0, ALICE, xml("""
                <?xml version="1.0"?>
                <msg>
                \t<videomsg aeskey="00aa" cdnvideourl="3057" length="328666" playlength="7" cdnthumbwidth="960" \
                cdnthumbheight="540" fromusername="wxid_madeupalice" md5="f11e" newmd5="" isad="0" />
                </msg>
                """), "PlayLength", 7, "ImgHeight", 540, "ImgWidth", 960);
        put(all, "short-video", 62, 0, ROOM, ALICE + ":<br/>@c0ffee", "PlayLength", 3, "ImgHeight", 320);
        put(all, "emoticon", 47, 0, ALICE, xml("""
                <msg><emoji fromusername="wxid_a" tousername="wxid_b" type="2" md5="e40" len="44746" productid="" \
                cdnurl="http://emoji.example/e40" encrypturl="http://emoji.example/crypt" aeskey="00aa" width="240" \
                height="210"></emoji><gameext type="0" content="0"></gameext></msg>"""), "ImgHeight", 210, "ImgWidth", 240);
        put(
                all,
                "location",
                1,
                0,
                ALICE,
                "某市某路1号:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=x&msgid=7&pictype=location",
                "SubMsgType",
                48,
                "Url",
                "http://map.example/?coord=22.500000,113.250000&amp;z=16",
                "OriContent",
                "<?xml version=\"1.0\"?>\n<msg>\n\t<location x=\"22.500000\" y=\"113.250000\" scale=\"16\" "
                        + "label=\"某市某路1号\" maptype=\"0\" poiname=\"茶 &amp; 书\" poiid=\"\" />\n</msg>\n");
        put(all, "live-location", 49, 17, ALICE, app("<title>我发起了位置共享</title><type>17</type>"));
    }

    private static void people(Map<String, String> all) {
        put(
                all,
                "card",
                42,
                0,
                ROOM,
                ALICE + ":<br/>" + xml("""
                <?xml version="1.0"?>
                <msg bigheadimgurl="http://head.example/0" smallheadimgurl="http://head.example/132" \
                username="v1_madeup@stranger" nickname="小王"  shortpy="XW" alias="" imagestatus="3" scene="17" \
                province="某省" city="某市" sign="" sex="1" certflag="0" regionCode="" \
                antispamticket="v2_madeup@stranger" />
                """),
                "RecommendInfo",
                recommended("@b0b", "小王<span class=\"emoji emoji1f338\"></span>", 17));
        put(all, "friend-request", 37, 0, "fmessage", xml("""
                <msg fromusername="wxid_madeupbob" encryptusername="v1_madeup@stranger" fromnickname="小王" \
                content="我是群聊&quot;邻居群&quot;的小王"  shortpy="XW" imagestatus="3" scene="14" country="CN" \
                province="Somewhere" city="There" sign="茶" percard="1" sex="1" alias="bob_1" snsflag="49" \
                bigheadimgurl="http://head.example/0" smallheadimgurl="http://head.example/132" \
                ticket="v2_madeup@stranger" opcode="2" qrticket="" chatroomusername="70070070@chatroom" \
                sourceusername="" sourcenickname=""><brandlist count="0" ver="1"></brandlist></msg>"""), "RecommendInfo", recommended("@b0b", "小王", 14));
        put(
                all,
                "possible-friend",
                40,
                0,
                "fmessage",
                xml("<msg fromusername=\"wxid_madeupbob\" encryptusername=\"v1_madeup@stranger\" fromnickname=\"小王\""
                        + " ticket=\"v2_madeup@stranger\" bigheadimgurl=\"http://head.example/0\"/>"),
                "RecommendInfo",
                recommended("@b0b", "小王", 13));
    }

    private static void apps(Map<String, String> all) {
        put(all, "link", 49, 5, ALICE, xml("""
                <msg> <appmsg appid="" sdkver="0"> \t<title><![CDATA[今日两篇]]></title> \t<des><![CDATA[第一行
                第二行]]></des> \t<type>5</type> \t<url><![CDATA[https://mp.example/s?a=1&b=2]]></url> \t<mmreader> \t\t\
                <category type="20" count="2"> \t\t\t<name><![CDATA[某刊]]></name> \t\t\t<item> \t<title><![CDATA[春]]></title>\
                <url><![CDATA[https://mp.example/s?a=1&b=2]]></url><pub_time>1770091400</pub_time>\
                <cover><![CDATA[http://pic.example/1|640|300]]></cover><digest><![CDATA[花开]]></digest></item>\
                <item><title><![CDATA[夏]]></title><url><![CDATA[https://mp.example/s?a=2]]></url></item></category>\
                </mmreader></appmsg><appinfo><version>0</version><appname><![CDATA[某刊]]></appname></appinfo></msg>"""), "FileName", "今日两篇", "Url", "https://mp.example/s?a=1&amp;b=2");
        put(all, "music", 49, 3, ALICE, app("""
                <title>某歌</title><des>某人</des><type>3</type><url>http://music.example/p?a=1&amp;b=2</url>\
                <dataurl>http://music.example/1.m4a</dataurl><songalbumurl>http://music.example/1.jpg</songalbumurl>"""), "AppInfo", Map.of("AppID", "wx00", "Type", 0));
        put(
                all,
                "file",
                49,
                6,
                ROOM,
                ALICE + ":<br/>" + app("""
                <title>清单--一月.pdf</title><des></des><type>6</type><appattach><totallen>133559</totallen>\
                <attachid>@cdn_00_aa_1</attachid><fileext>pdf</fileext><cdnattachurl>00</cdnattachurl>\
                <aeskey>00aa</aeskey><islargefilemsg>1</islargefilemsg></appattach><md5>f17e</md5>""") + "&lt;br/&gt;<br/>",
                "FileName",
                "清单--一月.pdf",
                "FileSize",
                "133559",
                "MediaId",
                "@crypt_made_up",
                "EncryFileName",
                "%E6%B8%85%2Epdf");
        put(all, "mini-program", 49, 33, ALICE, app("""
                <title>订一杯茶</title><des>某茶</des><type>33</type><url>https://mp.example/upgrade?a=1&amp;b=2</url>\
                <sourceusername>gh_madeup@app</sourceusername><sourcedisplayname>某茶</sourcedisplayname><weappinfo>\
                <username><![CDATA[gh_madeup@app]]></username><appid><![CDATA[wx00]]></appid><type>2</type>\
                <weappiconurl><![CDATA[http://pic.example/icon?a=1&b=2]]></weappiconurl>\
                <pagepath><![CDATA[pages/index.html?x=1&y=%7B]]></pagepath></weappinfo>"""));
        put(all, "channels", 49, 51, ALICE, app("""
                <title>当前版本不支持展示该内容</title><des /><type>51</type><finderFeed>\
                <objectId>18446744073709551617</objectId><nickname>某频道</nickname><desc>看海 #海</desc>\
                <mediaCount>1</mediaCount><username>v2_madeup@finder</username><mediaList><media>\
                <url>http://video.example/?encfilekey=madeup&amp;a=1</url><width>1080</width><height>1920</height>\
                <videoPlayDuration>10&gt;&gt;</videoPlayDuration></media></mediaList></finderFeed>"""));
        put(all, "group-notice", 49, 53, ROOM, ALICE + ":<br/>" + app("<title>#接龙\n1. 小李</title><type>53</type>"));
        put(
                all,
                "quote",
                49,
                57,
                ROOM,
                ALICE + ":<br/>"
                        + app("<title>好的</title><type>57</type>"
                                + quoted(
                                        49,
                                        "7000000000000000008",
                                        "小王",
                                        native49("<title>那就明天</title><type>57</type>"
                                                + quoted(1, "7000000000000000007", "小李", "明天？ 1 < 2 & 3")))));
        put(
                all,
                "chat-history",
                49,
                19,
                ALICE,
                app("<title>群聊的聊天记录</title><des>小李: 早\n小王: [图片]</des><type>19</type>"
                        + "<recorditem><![CDATA[<recordinfo><title>群聊的聊天记录</title><desc>小李: 早</desc>"
                        + "<datalist count=\"3\"><dataitem datatype=\"1\" dataid=\"1\"><datadesc>早 &amp; 安</datadesc>"
                        + "<sourcename>小李</sourcename><sourcetime>2026-2-3 12:05</sourcetime>"
                        + "<srcMsgCreateTime>1770091500</srcMsgCreateTime></dataitem><dataitem datatype=\"2\" dataid=\"2\">"
                        + "<sourcename>小王</sourcename></dataitem><dataitem datatype=\"8\" dataid=\"3\">"
                        + "<datatitle>清单.pdf</datatitle><datasize>133559</datasize></dataitem></datalist></recordinfo>]]>"
                        + "</recorditem>"));
        put(all, "transfer", 49, 2000, ALICE, xml("""
                <msg>
                <appmsg appid="" sdkver="">
                <title><![CDATA[微信转账]]></title>
                <des><![CDATA[收到转账0.10元]]></des>
                <type>2000</type>
                <wcpayinfo>
                <paysubtype>1</paysubtype>
                <feedesc><![CDATA[￥0.10]]></feedesc>
                <transcationid><![CDATA[1000050001]]></transcationid>
                <transferid><![CDATA[1000050002]]></transferid>
                <invalidtime><![CDATA[1770177906]]></invalidtime>
                <begintransfertime><![CDATA[1770091506]]></begintransfertime>
                <pay_memo><![CDATA[茶钱]]></pay_memo>
                <receiver_username><![CDATA[wxid_madeupself]]></receiver_username>
                <payer_username><![CDATA[]]></payer_username>
                </wcpayinfo>
                </appmsg>
                </msg>"""));
        put(all, "red-packet", 49, 2001, ALICE, app("""
                <des><![CDATA[请在手机上查看]]></des><type><![CDATA[2001]]></type><title><![CDATA[微信红包]]></title>\
                <wcpayinfo><receivertitle><![CDATA[新年快乐]]></receivertitle><scenetext><![CDATA[微信红包]]></scenetext>\
                <nativeurl><![CDATA[wxpay://c2c/receive?sendid=1&sign=madeup]]></nativeurl>\
                <paymsgid><![CDATA[1000050003]]></paymsgid><scenetext>微信红包</scenetext>\
                <invalidtime><![CDATA[1770177906]]></invalidtime><broaden /></wcpayinfo>"""));
        put(all, "app", 49, 16, ALICE, app("""
                <title>一张茶券</title><des>满十减一</des><type>16</type><url>http://card.example/1</url>"""), "AppInfo", Map.of("AppID", "wx00", "Type", 0));
    }

    private static void system(Map<String, String> all) {
        put(all, "pat", 10002, 0, ROOM, xml("""
                <sysmsg type="pat">
                <pat>
                  <fromusername>wxid_madeupalice</fromusername>
                  <chatusername>70070070@chatroom</chatusername>
                  <pattedusername>wxid_madeupself</pattedusername>
                  <patsuffix><![CDATA[的肩]]></patsuffix>
                  <template><![CDATA["${wxid_madeupalice}" 拍了拍我的肩]]></template>
                </pat>
                </sysmsg>"""));
        put(all, "room-todo", 10002, 0, ROOM, "70070070@chatroom:<br/>" + xml("""
                <sysmsg type="roomtoolstips"><todo><op>0</op><todoid><![CDATA[todo-1]]></todoid>\
                <username><![CDATA[roomannouncement@app.origin]]></username><title><![CDATA[请看群公告]]></title>\
                <creator><![CDATA[wxid_madeupalice]]></creator><related_msgid><![CDATA[7000000000000000006]]></related_msgid>\
                <nreply>2</nreply><oper><![CDATA[wxid_madeupalice]]></oper>\
                <template><![CDATA[${wxid_madeupalice} 设置了群待办]]></template></todo></sysmsg>"""));
        put(all, "voip", 50, 0, ALICE, xml("""
                <voipmsg type="VoIPBubbleMsg"><VoIPBubbleMsg><msg><![CDATA[通话时长 00:12]]></msg><room_type>1</room_type>\
                </VoIPBubbleMsg></voipmsg>"""));
        put(all, "unknown", 4711, 0, ALICE, "?");
    }

    private static Map<String, Object> recommended(String userName, String nickName, int scene) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("UserName", userName);
        info.put("NickName", nickName);
        info.put("QQNum", 0);
        info.put("Province", "某省");
        info.put("City", "某市");
        info.put("Content", "我是小王");
        info.put("Signature", "茶 &amp; 书");
        info.put("Alias", "bob_1");
        info.put("Scene", scene);
        info.put("VerifyFlag", 0);
        info.put("Sex", 1);
        info.put("Ticket", "v2_ticket@stranger");
        info.put("OpCode", 2);
        return info;
    }

    /** A quote of that text, which may itself be XML: once more escaped. */
    static String quoted(int msgType, String id, String name, String content) {
        return "<refermsg><type>" + msgType + "</type><svrid>" + id + "</svrid><fromusr>70070070@chatroom</fromusr>"
                + "<chatusr>wxid_madeupbob</chatusr><displayname>" + name + "</displayname><content>"
                + content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</content></refermsg>";
    }

    static String native49(String inside) {
        return "<msg><appmsg appid=\"\" sdkver=\"0\">" + inside
                + "</appmsg><fromusername>wxid_madeupalice</fromusername><appinfo><version>1</version>"
                + "<appname>某应用</appname></appinfo></msg>";
    }

    static String app(String inside) {
        return xml(native49(inside));
    }

    /** XML as the web gets it: escaped once, line breaks marked. */
    static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", "<br/>");
    }

    private static void put(
            Map<String, String> all,
            String name,
            int msgType,
            int appMsgType,
            String from,
            String content,
            Object... more) {
        all.put(name, message(10 + all.size(), msgType, appMsgType, from, content, more));
    }

    /** @param more names and values of further fields */
    public static String message(int number, int msgType, int appMsgType, String from, String content, Object... more) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("MsgId", "70000000000000000" + number);
        message.put("FromUserName", from);
        message.put("ToUserName", SELF);
        message.put("MsgType", msgType);
        message.put("Content", content);
        message.put("Status", 3);
        message.put("CreateTime", 1770091506);
        message.put("AppMsgType", appMsgType);
        for (int i = 0; i < more.length; i += 2) {
            message.put((String) more[i], more[i + 1]);
        }
        return JSON.writeValueAsString(message);
    }
}
