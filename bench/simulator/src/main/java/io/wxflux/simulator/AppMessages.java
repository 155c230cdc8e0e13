package io.wxflux.simulator;

import java.util.List;
import java.util.Map;

/** Messages of apps (MsgType 49), by AppMsgType; the file is in {@link MediaMessages}. */
public final class AppMessages {

    private static final String NEWER_VERSION = "当前微信版本不支持展示该内容，请升级至最新版本。";

    private AppMessages() {}

    /**
     * One article of a push.
     *
     * @param title in plain text
     * @param url where it is
     */
    public record Article(String title, String url) {}

    /**
     * {@return a link (AppMsgType 5)}
     *
     * @param from a friend, a room, a room member
     * @param title in plain text
     * @param description in plain text
     * @param url where it leads
     */
    public static SimMessage link(SimPeer from, String title, String description, String url) {
        String rest = "<thumburl>https://mmbiz.qpic.cn/made/up/300?wx_fmt=jpeg&amp;from=app</thumburl>"
                + "<sourceusername>gh_5ea51de0ff1c</sourceusername><sourcedisplayname>周刊</sourcedisplayname>";
        return app(from, 5, title, description, url, rest);
    }

    /**
     * {@return the push of an official account (AppMsgType 5) with several articles}
     *
     * @param from the official account
     * @param articles the first is the big one
     */
    public static SimMessage articles(SimPeer from, List<Article> articles) {
        StringBuilder items = new StringBuilder();
        for (Article article : articles) {
            items.append("<item><itemshowtype>0</itemshowtype><title>")
                    .append(cdata(article.title()))
                    .append("</title><url>")
                    .append(cdata(article.url()))
                    .append("</url><pub_time>1700000000</pub_time><cover>")
                    .append(cdata("https://mmbiz.qpic.cn/made/up/640?wxtype=jpeg&wxfrom=0|0|0"))
                    .append("</cover><digest>")
                    .append(cdata("摘要"))
                    .append("</digest></item>");
        }
        String rest = "<mmreader><category type=\"20\" count=\"" + articles.size()
                + "\"><name><![CDATA[${xname:sender}]]>"
                + "</name><topnew><cover></cover><width>0</width><height>0</height><digest></digest></topnew>" + items
                + "</category></mmreader>";
        return app(from, 5, articles.get(0).title(), "", articles.get(0).url(), rest);
    }

    /**
     * {@return an invitation to a room, which is a link}
     *
     * @param from who invites
     * @param roomName in plain text
     */
    public static SimMessage roomInvitation(SimPeer from, String roomName) {
        return app(
                from,
                5,
                "邀请你加入群聊",
                "\"${xname:sender}\"邀请你加入群聊" + roomName + "，进入可查看详情。",
                "http://support.weixin.qq.com/cgi-bin/mmsupport-bin/addchatroombyinvite?ticket=A1madeUp%3D%3D",
                "");
    }

    /**
     * {@return a piece of music (AppMsgType 3)}
     *
     * @param from a friend, a room, a room member
     * @param title in plain text
     * @param artist in plain text
     */
    public static SimMessage music(SimPeer from, String title, String artist) {
        String rest =
                "<lowurl>https://music.example/low?a=1&amp;b=2</lowurl><dataurl>https://music.example/data?a=1&amp;b=2"
                        + "</dataurl><songalbumurl>https://music.example/album.jpg</songalbumurl>";
        return app(from, 3, title, artist, "https://music.example/song?id=7&from=web", rest);
    }

    /**
     * {@return a mini program (AppMsgType 33)}
     *
     * @param from a friend, a room, a room member
     * @param title in plain text
     */
    public static SimMessage miniProgram(SimPeer from, String title) {
        String rest = "<sourceusername>gh_0c0ffee0c0de@app</sourceusername><sourcedisplayname>咖啡小馆</sourcedisplayname>"
                + "<weappinfo><username><![CDATA[gh_0c0ffee0c0de@app]]></username><appid><![CDATA[wx00c0ffee00c0ffee]]>"
                + "</appid><type>2</type><version>12</version><pagepath><![CDATA[pages/home/index.html?from=share&n=1]]>"
                + "</pagepath></weappinfo>";
        return app(from, 33, title, title, "https://mp.weixin.qq.com/mp/waerrpage?appid=wx00&type=upgrade", rest);
    }

    /**
     * {@return a video of a channel (AppMsgType 51)}
     *
     * @param from a friend, a room, a room member
     * @param description in plain text
     */
    public static SimMessage channels(SimPeer from, String description) {
        String rest = "<finderFeed><objectId>14264000000000000001</objectId><feedType>4</feedType><nickname>纸上的山"
                + "</nickname><desc>" + WireText.inXml(description)
                + "</desc><mediaCount>1</mediaCount><liveId>0</liveId>"
                + "<mediaList><media><mediaType>4</mediaType><url>https://finder.example/v?a=1&amp;b=2</url>"
                + "<width>1080</width><height>1920</height><videoPlayDuration>10&gt;&gt;</videoPlayDuration></media>"
                + "</mediaList></finderFeed>";
        return app(from, 51, NEWER_VERSION, "", "https://support.weixin.qq.com/update/", rest);
    }

    /**
     * {@return a text that quotes another (AppMsgType 57)}
     *
     * @param from a friend, a room, a room member
     * @param text the answer
     * @param author who wrote what is quoted
     * @param quoted the quoted text
     */
    public static SimMessage quote(SimPeer from, String text, SimPeer author, String quoted) {
        return quote(from, text, author, 1, quoted);
    }

    /**
     * {@return a text that quotes a message of another kind (AppMsgType 57)}
     *
     * @param from a friend, a room, a room member
     * @param text the answer
     * @param author who wrote what is quoted
     * @param quotedType MsgType of what is quoted
     * @param quotedContent its content: plain text, or plain XML; another quote makes it nested
     */
    public static SimMessage quote(SimPeer from, String text, SimPeer author, int quotedType, String quotedContent) {
        return app(from, 57, text, "", "", refer(author, quotedType, quotedContent));
    }

    /**
     * {@return the plain XML of a quote, to be quoted by another}
     *
     * @param text the answer
     * @param author who wrote what is quoted
     * @param quoted the quoted text
     */
    public static String quoteXml(String text, SimPeer author, String quoted) {
        return appmsg("", 57, text, "", "", refer(author, 1, quoted));
    }

    private static String refer(SimPeer author, int type, String content) {
        return "<refermsg><type>" + type
                + "</type><svrid>3617000000000000001</svrid><fromusr>${id:chat}</fromusr><chatusr>"
                + "${id:" + author + "}</chatusr><displayname>${xname:" + author + "}</displayname><content>"
                + WireText.inXml(content) + "</content><msgsource>" + WireText.inXml("<msgsource><alnode/></msgsource>")
                + "</msgsource></refermsg>";
    }

    /**
     * {@return merged chat records (AppMsgType 19)}
     *
     * @param from a friend, a room, a room member
     * @param title in plain text
     * @param lines what was said, one line each
     */
    public static SimMessage chatHistory(SimPeer from, String title, List<String> lines) {
        StringBuilder items = new StringBuilder("<recordinfo><title>" + WireText.inXml(title) + "</title><desc>"
                + WireText.inXml(String.join("\n", lines)) + "</desc><datalist count=\"" + lines.size() + "\">");
        for (String line : lines) {
            items.append("<dataitem datatype=\"1\" dataid=\"0c1d\"><sourcename>林晓明</sourcename><sourcetime>2024-3-5 ")
                    .append("12:30</sourcetime><datadesc>")
                    .append(WireText.inXml(line))
                    .append("</datadesc></dataitem>");
        }
        String record = items.append("</datalist></recordinfo>").toString();
        return app(from, 19, title, String.join("\n", lines), "", "<recorditem>" + cdata(record) + "</recorditem>");
    }

    /**
     * {@return a transfer of money (AppMsgType 2000)}
     *
     * @param from a friend
     * @param cents how much
     * @param memo in plain text
     * @param step 1 offered, 3 accepted, 4 given back
     */
    public static SimMessage transfer(SimPeer from, int cents, String memo, int step) {
        String amount = String.format("%d.%02d", cents / 100, cents % 100);
        String rest = "<wcpayinfo><paysubtype>" + step + "</paysubtype><feedesc><![CDATA[￥" + amount + "]]></feedesc>"
                + "<transcationid><![CDATA[100005010000000000000000000001]]></transcationid><transferid>"
                + "<![CDATA[1000050100000000000000000000002]]></transferid><invalidtime><![CDATA[1700086400]]></invalidtime>"
                + "<begintransfertime><![CDATA[1700000000]]></begintransfertime><effectivedate><![CDATA[1]]></effectivedate>"
                + "<pay_memo>" + cdata(memo) + "</pay_memo></wcpayinfo>";
        return app(from, 2000, "微信转账", "收到转账" + amount + "元。如需收钱，请点此升级至最新版本", "", rest);
    }

    /**
     * {@return a red packet as XML (AppMsgType 2001); most come as a system text instead}
     *
     * @param from a friend, a room member
     * @param wish in plain text
     */
    public static SimMessage redPacket(SimPeer from, String wish) {
        String rest = "<wcpayinfo><receivertitle>" + cdata(wish) + "</receivertitle><sendertitle>" + cdata(wish)
                + "</sendertitle><scenetext><![CDATA[微信红包]]></scenetext><sceneid><![CDATA[1002]]></sceneid><nativeurl>"
                + "<![CDATA[wxpay://c2cbizmessagehandler/hongbao/receivehongbao?msgtype=1&channelid=1]]></nativeurl>"
                + "<scenetext>微信红包</scenetext></wcpayinfo>";
        return app(from, 2001, "微信红包", "我给你发了一个红包，赶紧去拆!", "", rest);
    }

    /**
     * {@return a notice to a whole room (AppMsgType 53)}
     *
     * @param from a room member
     * @param text in plain text
     */
    public static SimMessage groupNotice(SimPeer from, String text) {
        return app(from, 53, text, "", "", "");
    }

    /**
     * {@return the beginning of a shared live location (AppMsgType 17)}
     *
     * @param from a friend, a room member
     */
    public static SimMessage liveLocation(SimPeer from) {
        return app(from, 17, "我发起了位置共享", "", "", "");
    }

    /**
     * {@return any other message of an app}
     *
     * @param from a friend, a room, a room member
     * @param type the AppMsgType
     * @param title in plain text
     */
    public static SimMessage other(SimPeer from, int type, String title) {
        return app(from, type, title, "", "https://app.example/open?x=1&y=2", "");
    }

    private static SimMessage app(SimPeer from, int type, String title, String description, String url, String rest) {
        Map<String, Object> fields = Map.of(
                "AppMsgType",
                type,
                "FileName",
                WireText.encode(title),
                "Url",
                WireText.encode(url),
                "AppInfo",
                Json.object("AppID", "", "Type", 0));
        String content = WireText.encodeXml(appmsg("", type, title, description, url, rest));
        return SimMessage.of(49, from, title, content, fields, null);
    }

    /** The document all of them share; {@code rest} is XML already. */
    static String appmsg(String appId, int type, String title, String description, String url, String rest) {
        return "<?xml version=\"1.0\"?>\n<msg>\n\t<appmsg appid=\"" + appId + "\" sdkver=\"0\">\n\t\t<title>"
                + WireText.inXml(title) + "</title>\n\t\t<des>" + WireText.inXml(description)
                + "</des>\n\t\t<action>view</action>\n\t\t<type>" + type
                + "</type>\n\t\t<showtype>0</showtype><content></content>\n\t\t<url>" + WireText.inXml(url) + "</url>"
                + rest + "\n\t</appmsg>\n\t<fromusername>${id:sender}</fromusername>\n\t<scene>0</scene>\n\t<appinfo>"
                + "<version>1</version><appname></appname></appinfo>\n\t<commenturl></commenturl>\n</msg>\n";
    }

    private static String cdata(String text) {
        return "<![CDATA[" + text.replace("]]>", "]] >") + "]]>";
    }
}
