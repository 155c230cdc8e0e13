package io.wxflux.simulator;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests, cards, places, calls and the XML of the system (10002 and others). */
public final class EventMessages {

    private static final String FACE = "http://wx.qlogo.cn/mmhead/ver_1/MadeUpPicture";

    private EventMessages() {}

    /**
     * {@return the request of somebody to become a friend (MsgType 37), with the ticket to accept it}
     *
     * @param stranger who asks
     * @param text what they write
     */
    public static SimMessage friendRequest(SimPeer stranger, String text) {
        String xml = "<msg fromusername=\"${id:" + stranger + "}\" encryptusername=\"${v1:" + stranger
                + "}\" fromnickname=\"${xname:" + stranger + "}\" content=\"" + WireText.inXml(text)
                + "\" fullpy=\"\" shortpy=\"XM\" imagestatus=\"3\" scene=\"14\" country=\"CN\" province=\"Zhejiang\""
                + " city=\"Hangzhou\" sign=\"慢慢来 &amp; 不着急\" percard=\"1\" sex=\"2\" alias=\"\" weibo=\"\""
                + " weibonickname=\"\" albumflag=\"0\" albumstyle=\"0\" albumbgimgid=\"\" snsflag=\"49\" snsbgimgid=\"\""
                + " snsbgobjectid=\"0\" mhash=\"\" mfullhash=\"\" bigheadimgurl=\"" + FACE + "/0\" smallheadimgurl=\""
                + FACE
                + "/132\" ticket=\"${ticket:" + stranger + "}\" opcode=\"2\" googlecontact=\"\" qrticket=\"\""
                + " chatroomusername=\"${id:room:1}\" sourceusername=\"\" sourcenickname=\"\"><brandlist count=\"0\""
                + " ver=\"670564001\"></brandlist></msg>";
        Map<String, Object> fields = Map.of("RecommendInfo", recommendation(stranger, text, 14, true));
        return SimMessage.of(37, SimPeer.builtIn("fmessage"), text, WireText.encodeXml(xml), fields, null);
    }

    /**
     * {@return somebody the account may know (MsgType 40)}
     *
     * @param stranger who
     */
    public static SimMessage possibleFriend(SimPeer stranger) {
        String xml = "<msg fromusername=\"${id:" + stranger + "}\" encryptusername=\"${v1:" + stranger
                + "}\" fromnickname=\"${xname:" + stranger
                + "}\" fullpy=\"\" shortpy=\"\" imagestatus=\"3\" scene=\"4\""
                + " bigheadimgurl=\"" + FACE + "/0\" smallheadimgurl=\"" + FACE + "/132\"></msg>";
        Map<String, Object> fields = Map.of("RecommendInfo", recommendation(stranger, "", 4, false));
        return SimMessage.of(
                40, SimPeer.builtIn("fmessage"), "[possible friend]", WireText.encodeXml(xml), fields, null);
    }

    /**
     * {@return somebody's card (MsgType 42)}
     *
     * @param from a friend, a room, a room member
     * @param about whose card
     */
    public static SimMessage card(SimPeer from, SimPeer about) {
        boolean official = about.kind() == SimPeer.Kind.OFFICIAL;
        String xml = "<?xml version=\"1.0\"?>\n<msg bigheadimgurl=\"" + FACE + "/0\" smallheadimgurl=\"" + FACE
                + "/132\" username=\"" + (official ? "${id:" : "${v1:") + about + "}\" nickname=\"${xname:" + about
                + "}\" fullpy=\"\" shortpy=\"\" alias=\"\" imagestatus=\"3\" scene=\"17\" province=\"浙江\" city=\"杭州\""
                + " sign=\"\" sex=\"1\" certflag=\"" + (official ? 24 : 0) + "\" certinfo=\"\" brandIconUrl=\"\""
                + " brandHomeUrl=\"\" brandSubscriptConfigUrl=\"\" brandFlags=\"0\" regionCode=\"CN_Zhejiang_Hangzhou\""
                + " antispamticket=\"${ticket:" + about + "}\" />\n";
        Map<String, Object> fields = Map.of("RecommendInfo", recommendation(about, "", 17, false));
        return SimMessage.of(42, from, "[card]", WireText.encodeXml(xml), fields, null);
    }

    private static Map<String, Object> recommendation(SimPeer who, String text, int scene, boolean ticket) {
        return Json.object(
                "UserName",
                "${" + who + "}",
                "NickName",
                "${name:" + who + "}",
                "QQNum",
                0,
                "Province",
                "浙江",
                "City",
                "杭州",
                "Content",
                WireText.encode(text),
                "Signature",
                "慢慢来 &amp; 不着急",
                "Alias",
                "",
                "Scene",
                scene,
                "VerifyFlag",
                who.kind() == SimPeer.Kind.OFFICIAL ? 24 : 0,
                "AttrStatus",
                233_251,
                "Sex",
                1,
                "Ticket",
                ticket ? "${ticket:" + who + "}" : "",
                "OpCode",
                ticket ? 2 : 0,
                "HeadImgUrl",
                "/cgi-bin/mmwebwx-bin/webwxgeticon?seq=0&username=${" + who + "}&skey=&msgid=${msgid}");
    }

    /**
     * {@return a place (MsgType 1, SubMsgType 48)}
     *
     * @param from a friend, a room, a room member
     * @param label what is there
     * @param x the latitude
     * @param y the longitude
     */
    public static SimMessage location(SimPeer from, String label, double x, double y) {
        String coordinates = String.format(java.util.Locale.ROOT, "%.6f,%.6f", x, y);
        String content = WireText.encode(label)
                + ":<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx&msgid=${msgid}" + "&pictype=location";
        String original = "<?xml version=\"1.0\"?>\n<msg>\n\t<location x=\""
                + String.format(java.util.Locale.ROOT, "%.6f", x) + "\" y=\""
                + String.format(java.util.Locale.ROOT, "%.6f", y) + "\" scale=\"16\" label=\"" + WireText.inXml(label)
                + "\" maptype=\"0\" poiname=\"[位置]\" poiid=\"\" />\n</msg>\n";
        Map<String, Object> fields = Map.of(
                "SubMsgType",
                48,
                "Url",
                "http://apis.map.qq.com/uri/v1/geocoder?coord=" + coordinates,
                "OriContent",
                original);
        SimMedia map = SimMedia.of(SimMedia.Form.JPEG, 9_000, Ids.mix(label.hashCode()));
        return SimMessage.of(1, from, label, content, fields, map);
    }

    /**
     * {@return a call (MsgType 50, 52 or 53)}
     *
     * @param from a friend
     * @param msgType 50 message, 52 notice, 53 invitation
     */
    public static SimMessage voip(SimPeer from, int msgType) {
        String xml = "<voipmsg type=\"VoIPBubbleMsg\"><VoIPBubbleMsg><msg><![CDATA[通话时长 00:42]]></msg><room_type>1"
                + "</room_type></VoIPBubbleMsg></voipmsg>";
        return SimMessage.of(msgType, from, "[call]", WireText.encodeXml(xml), Map.of(), null);
    }

    /**
     * {@return a notice of the system for everybody (MsgType 9999)}
     *
     * @param text in plain text
     */
    public static SimMessage notice(String text) {
        return SimMessage.of(9999, SimPeer.builtIn("weixin"), text, WireText.encode(text), Map.of("Status", 4), null);
    }

    /**
     * {@return somebody patting somebody}
     *
     * @param in the conversation
     * @param by who pats
     * @param patted who is patted
     */
    public static SimMessage pat(SimPeer in, SimPeer by, SimPeer patted) {
        String xml = "<sysmsg type=\"pat\">\n<pat>\n  <fromusername>${id:" + by
                + "}</fromusername>\n  <chatusername>${id:" + in
                + "}</chatusername>\n  <pattedusername>${id:" + patted + "}</pattedusername>\n  <patsuffix><![CDATA[]]>"
                + "</patsuffix>\n  <patsuffixversion>0</patsuffixversion>\n  <template><![CDATA[\"${${id:" + by
                + "}}\" 拍了拍 \"${${id:" + patted + "}}\"]]></template>\n</pat>\n</sysmsg>\n";
        return system(in, "[pat]", xml);
    }

    /**
     * {@return a to-do of a room}
     *
     * @param by the member who set it
     * @param title in plain text
     */
    public static SimMessage todo(SimPeer by, String title) {
        String xml =
                "<sysmsg type=\"roomtoolstips\">\n<todo>\n  <op>0</op>\n  <todoid><![CDATA[t_1_made_up]]></todoid>\n"
                        + "  <username><![CDATA[roomannouncement@app.origin]]></username>\n  <path><![CDATA[]]></path>\n"
                        + "  <creator><![CDATA[${id:" + by + "}]]></creator>\n  <title><![CDATA[" + title
                        + "]]></title>\n"
                        + "  <template><![CDATA[\"${${id:" + by + "}}\" 设置了群待办]]></template>\n</todo>\n</sysmsg>\n";
        return system(SimPeer.room(by.index()), title, xml);
    }

    /**
     * {@return people joining a room, as a template with their real ids}
     *
     * @param room the room
     * @param who the new members
     */
    public static SimMessage joinTemplate(SimPeer room, List<SimPeer> who) {
        String revoke =
                "<link name=\"revoke\" type=\"link_revoke\" hidden=\"1\"><title><![CDATA[撤销]]></title><usernamelist>"
                        + who.stream()
                                .map(each -> "<username><![CDATA[${id:" + each + "}]]></username>")
                                .collect(Collectors.joining())
                        + "</usernamelist></link>";
        return template(room, "你邀请\"$names$\"加入了群聊  $revoke$", "names", who, revoke);
    }

    /**
     * {@return members being removed from a room by the account, as a template}
     *
     * @param room the room
     * @param who the members
     */
    public static SimMessage removedTemplate(SimPeer room, List<SimPeer> who) {
        return template(room, "你将\"$kickoutname$\"移出了群聊", "kickoutname", who, "");
    }

    private static SimMessage template(SimPeer room, String text, String name, List<SimPeer> who, String more) {
        String members = who.stream()
                .map(each -> "<member><username><![CDATA[${id:" + each + "}]]></username><nickname><![CDATA[${xname:"
                        + each + "}]]></nickname></member>")
                .collect(Collectors.joining());
        String xml = "<sysmsg type=\"sysmsgtemplate\">\n\t<sysmsgtemplate>\n\t\t<content_template"
                + " type=\"tmpl_type_profilewithrevoke\">\n\t\t\t<plain><![CDATA[]]></plain>\n\t\t\t<template><![CDATA["
                + text + "]]></template>\n\t\t\t<link_list><link name=\"" + name
                + "\" type=\"link_profile\"><memberlist>"
                + members + "</memberlist><separator><![CDATA[、]]></separator></link>" + more
                + "</link_list>\n\t\t</content_template>\n\t</sysmsgtemplate>\n</sysmsg>\n";
        return system(room, text, xml);
    }

    private static SimMessage system(SimPeer in, String text, String xml) {
        return SimMessage.of(10002, in, text, WireText.encodeXml(xml), Map.of("Status", 4), null);
    }

    /**
     * {@return a quote as the web got it in 2024: a text (MsgType 1) with the quoted line above}
     *
     * @param from a friend, a room, a room member
     * @param name who is quoted
     * @param quoted the quoted text
     * @param text the answer
     */
    public static SimMessage quoteAsText(SimPeer from, String name, String quoted, String text) {
        String whole = "「" + name + "：" + quoted + "」\n" + "- ".repeat(15) + "\n" + text;
        return SimMessage.of(1, from, whole, WireText.encode(whole), Map.of(), null);
    }
}
