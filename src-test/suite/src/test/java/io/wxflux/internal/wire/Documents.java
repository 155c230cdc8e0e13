package io.wxflux.internal.wire;

import java.nio.charset.StandardCharsets;

/** Documents in the service's shapes. Ids, names and texts are made up. */
final class Documents {
    static final String ALICE = "@" + "0a1b2c3d".repeat(4);
    static final String SELF = "@" + "5e1f5e1f".repeat(8);
    static final String ROOM = "@@" + "7007aaaa".repeat(8);

    static final String JSLOGIN = "window.QRLogin.code = 200; window.QRLogin.uuid = \"abcDEF12_w==\";";

    static final String LOGIN_200 = "window.code=200;\nwindow.redirect_uri=\"https://wx.example/cgi-bin/mmwebwx-bin/"
            + "webwxnewloginpage?ticket=madeUp@qrticket_0&uuid=abcDEF12_w==&lang=zh_CN&scan=1700000000\";";

    static final String LOGIN_PAGE = "<error><ret>0</ret><message></message><skey>@crypt_0000aaaa_0123456789abcdef"
            + "0123456789abcdef</skey><wxsid>madeUpSid/1+2==</wxsid><wxuin>1234567890</wxuin>"
            + "<pass_ticket>made%2Bup%2Fticket%3D</pass_ticket><isgrayscale>1</isgrayscale></error>";

    static final String REFUSED_PAGE =
            "<error><ret>1203</ret><message>为了帐号安全，不能登录。https://pc.example" + "</message></error>";

    static final String INIT = """
            {
            "BaseResponse": {
            "Ret": 0,
            "ErrMsg": ""
            }
            ,
            "Count": 3,
            "ContactList": [
            {"Uin": 0,"UserName": "filehelper","NickName": "文件传输助手","RemarkName": "","Alias": "",\
            "ContactFlag": 2,"VerifyFlag": 0,"MemberCount": 0,"MemberList": [],"KeyWord": "fil"},
            {"Uin": 0,"UserName": "%2$s","NickName": "书友 <span class=\\"emoji emoji1f4d6\\"></span> &amp; 茶",\
            "RemarkName": "","ContactFlag": 3,"VerifyFlag": 0,"MemberCount": 2,"MemberList": [
            {"Uin": 0,"UserName": "%1$s","NickName": "甲","DisplayName": "A&lt;1&gt;"},
            {"Uin": 0,"UserName": "","NickName": "nobody"}]}
            ],
            "SyncKey": {"Count": 4,"List": [{"Key": 1,"Val": 600000001},{"Key": 2,"Val": 600000002},\
            {"Key": 3,"Val": 600000003},{"Key": 1000,"Val": 1700000000}]},
            "User": {"Uin": 1234567890,"UserName": "%3$s","NickName": "我 <span class=\\"emoji emoji1f338\\">\
            </span>","HeadImgUrl": ""},
            "ChatSet": "filehelper,%2$s,weixin,",
            "SKey": "@crypt_0000aaaa_ffff456789abcdef0123456789abcdef",
            "ClientVersion": 620756993,
            "SystemTime": 1700000000,
            "GrayScale": 1,
            "InviteStartCount": 40,
            "MPSubscribeMsgList": []
            }
            """.formatted(ALICE, ROOM, SELF);

    static final String CONTACTS = """
            {"BaseResponse": {"Ret": 0,"ErrMsg": ""},"MemberCount": 2,"MemberList": [
            {"Uin": 0,"UserName": "%s","NickName": "甲","RemarkName": "同事&#39;甲","Alias": "a_1",\
            "ContactFlag": 3,"VerifyFlag": 0},
            {"Uin": 0,"UserName": "@9f","NickName": "公众号","RemarkName": "","Alias": "","ContactFlag": "3",\
            "VerifyFlag": 24}],"Seq": 667788}
            """.formatted(ALICE);

    static final String BATCH = """
            {"BaseResponse": {"Ret": 0,"ErrMsg": ""},"Count": 1,"ContactList": [{"UserName": "%s",\
            "NickName": "","MemberCount": 1,"MemberList": [{"UserName": "%s","NickName": "甲",\
            "DisplayName": ""}],"EncryChatRoomId": "@e","IsOwner": 0}]}
            """.formatted(ROOM, ALICE);

    static final String PUSH = "{\"ret\":\"0\",\"msg\":\"all ok\",\"uuid\":\"gbJxY3yPNA==\"}";

    static final String SENT = "{\"BaseResponse\": {\"Ret\": 0,\"ErrMsg\": \"\"},"
            + "\"MsgID\": \"1234567890123456789\",\"LocalID\": \"17000000001230001\"}";

    private Documents() {}

    /** A whole message object with the fields the service sends; content is put in as JSON text. */
    static String message(String id, int msgType, int appMsgType, String from, String to, String contentJson) {
        return """
                {
                "MsgId": "%s",
                "FromUserName": "%s",
                "ToUserName": "%s",
                "MsgType": %d,
                "Content": "%s",
                "Status": 3,
                "ImgStatus": 1,
                "CreateTime": 1700000042,
                "VoiceLength": 0,
                "PlayLength": 0,
                "FileName": "",
                "FileSize": "",
                "MediaId": "",
                "Url": "",
                "AppMsgType": %d,
                "StatusNotifyCode": 0,
                "StatusNotifyUserName": "",
                "RecommendInfo": {"UserName": "","NickName": "","QQNum": 0,"Scene": 0,"Ticket": "","OpCode": 0},
                "ForwardFlag": 0,
                "AppInfo": {"AppID": "","Type": 0},
                "HasProductId": 0,
                "Ticket": "",
                "ImgHeight": 0,
                "ImgWidth": 0,
                "SubMsgType": 0,
                "NewMsgId": %s,
                "OriContent": "",
                "EncryFileName": ""
                }""".formatted(id, from, to, msgType, contentJson, appMsgType, id.isEmpty() ? "0" : id);
    }

    /** A webwxsync answer with these message objects; the counts are deliberately wrong. */
    static String sync(String... messages) {
        return """
                {
                "BaseResponse": {"Ret": 0,"ErrMsg": ""},
                "AddMsgCount": 7,
                "AddMsgList": [
                %s
                ],
                "ModContactCount": 1,
                "ModContactList": [{"UserName": "%s","NickName": "新名字","ContactFlag": 3,"MemberCount": 0,\
                "MemberList": [],"HeadImgUpdateFlag": 1}],
                "DelContactCount": 1,
                "DelContactList": [{"UserName": "@gone","ContactFlag": 0}],
                "ModChatRoomMemberCount": 0,
                "ModChatRoomMemberList": [],
                "Profile": {"BitFlag": 0,"UserName": {"Buff": ""},"NickName": {"Buff": ""}},
                "ContinueFlag": 0,
                "SyncKey": {"Count": 2,"List": [{"Key": 1,"Val": 600000011},{"Key": 1000,"Val": 1700000050}]},
                "SKey": "",
                "SyncCheckKey": {"Count": 2,"List": [{"Key": 1,"Val": 600000012},{"Key": 1000,"Val": 1700000051}]}
                }
                """.formatted(String.join("\n,\n", messages), ALICE);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
