package io.wxflux.internal.protocol.contract;

import io.wxflux.internal.protocol.CheckUrl;
import io.wxflux.internal.protocol.Contacts;
import io.wxflux.internal.protocol.CreateRoom;
import io.wxflux.internal.protocol.Draft;
import io.wxflux.internal.protocol.LoginTicket;
import io.wxflux.internal.protocol.Logout;
import io.wxflux.internal.protocol.Oplog;
import io.wxflux.internal.protocol.PushLogin;
import io.wxflux.internal.protocol.QrLogin;
import io.wxflux.internal.protocol.SearchContact;
import io.wxflux.internal.protocol.Send;
import io.wxflux.internal.protocol.Service;
import io.wxflux.internal.protocol.Start;
import io.wxflux.internal.protocol.StatisticsReport;
import io.wxflux.internal.protocol.Sync;
import io.wxflux.internal.protocol.UpdateRoom;
import io.wxflux.internal.protocol.Upload;
import io.wxflux.internal.protocol.UploadPlan;
import io.wxflux.internal.protocol.UploadedMedia;
import io.wxflux.internal.protocol.VerifyUser;
import io.wxflux.internal.transport.RedirectUri;
import io.wxflux.internal.wire.RequestBodies.ContactQuery;
import io.wxflux.model.Concealed;
import io.wxflux.model.MsgId;
import io.wxflux.model.Outgoing;
import io.wxflux.model.StatReport;
import io.wxflux.model.SyncKey;
import io.wxflux.model.UserName;
import io.wxflux.options.LoginMode;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Every request the engine makes, with an answer that satisfies it. */
enum Step {
    JSLOGIN(
            "jslogin",
            Wire.LOGIN,
            "/jslogin",
            "window.QRLogin.code = 200; window.QRLogin.uuid = \"canaryUuid==\";",
            service -> QrLogin.uuid(service, LoginMode.web())),
    LOGIN_POLL(
            "login poll",
            Wire.LOGIN,
            Wire.CGI + "login",
            "window.code=408;",
            service -> QrLogin.poll(service, "canaryUuid==", true)),
    PUSH_LOGIN(
            "webwxpushloginurl",
            Wire.API,
            Wire.CGI + "webwxpushloginurl",
            "{\"ret\":\"0\",\"msg\":\"all ok\",\"uuid\":\"canaryUuid==\"}",
            service -> PushLogin.uuid(service, Wire.CREDENTIALS.uin(), Wire.API, LoginMode.web())),
    LOGIN_PAGE(
            "webwxnewloginpage",
            Wire.API,
            Wire.CGI + "webwxnewloginpage",
            "<error><ret>0</ret><message></message><skey>@crypt_canary</skey><wxsid>canary</wxsid><wxuin>7</wxuin>"
                    + "<pass_ticket>canary%2F</pass_ticket><isgrayscale>1</isgrayscale></error>",
            service -> LoginTicket.fetch(
                    service,
                    RedirectUri.parse("https://" + Wire.API + Wire.CGI + "webwxnewloginpage?ticket=canary@qrticket_0"),
                    LoginMode.web())),
    INIT(
            "webwxinit",
            Wire.API,
            Wire.CGI + "webwxinit",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"User\":{\"Uin\":7,\"UserName\":\"@self\"},"
                    + "\"SyncKey\":{\"Count\":1,\"List\":[{\"Key\":1,\"Val\":2}]},\"SKey\":\"@crypt_canary\"}",
            service -> Start.init(service, Wire.HOSTS, Wire.CREDENTIALS)),
    STATUS_NOTIFY(
            "webwxstatusnotify",
            Wire.API,
            Wire.CGI + "webwxstatusnotify",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MsgID\":\"1\"}",
            service -> Start.statusNotify(Wire.signedIn(service))),
    CONTACTS(
            "webwxgetcontact",
            Wire.API,
            Wire.CGI + "webwxgetcontact",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MemberCount\":0,\"MemberList\":[],\"Seq\":0}",
            service -> Contacts.pages(Wire.signedIn(service)).collectList()),
    ROOMS(
            "webwxbatchgetcontact",
            Wire.API,
            Wire.CGI + "webwxbatchgetcontact",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Count\":0,\"ContactList\":[]}",
            service -> Contacts.details(Wire.signedIn(service), List.of(ContactQuery.of(UserName.of("@@room"))))),
    SYNC_CHECK(
            "synccheck",
            Wire.PUSH,
            Wire.CGI + "synccheck",
            "window.synccheck={retcode:\"0\",selector:\"0\"}",
            service -> Sync.check(service, Wire.PUSH, Wire.CREDENTIALS, key())),
    SYNC(
            "webwxsync",
            Wire.API,
            Wire.CGI + "webwxsync",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"AddMsgCount\":0,\"AddMsgList\":[],\"ContinueFlag\":0,"
                    + "\"SyncKey\":{\"Count\":1,\"List\":[{\"Key\":1,\"Val\":3}]},\"SKey\":\"\"}",
            service -> Sync.sync(service, Wire.HOSTS, Wire.CREDENTIALS, key())),
    SEND(
            "webwxsendmsg",
            Wire.API,
            Wire.CGI + "webwxsendmsg",
            Sent.ANSWER,
            service -> send(service, Draft.text("canary text", ""))),
    SEND_PICTURE(
            "webwxsendmsgimg",
            Wire.API,
            Wire.CGI + "webwxsendmsgimg",
            Sent.ANSWER,
            service -> send(service, uploaded(Outgoing.Kind.IMAGE))),
    SEND_VIDEO(
            "webwxsendvideomsg",
            Wire.API,
            Wire.CGI + "webwxsendvideomsg",
            Sent.ANSWER,
            service -> send(service, uploaded(Outgoing.Kind.VIDEO))),
    SEND_EMOTICON(
            "webwxsendemoticon",
            Wire.API,
            Wire.CGI + "webwxsendemoticon",
            Sent.ANSWER,
            service -> send(service, uploaded(Outgoing.Kind.EMOTICON))),
    SEND_APP(
            "webwxsendappmsg",
            Wire.API,
            Wire.CGI + "webwxsendappmsg",
            Sent.ANSWER,
            service -> send(service, uploaded(Outgoing.Kind.FILE))),
    RECALL(
            "webwxrevokemsg",
            Wire.API,
            Wire.CGI + "webwxrevokemsg",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Introduction\":\"\",\"SysWording\":\"\"}",
            service -> Send.recall(Wire.signedIn(service), UserName.of("@peer"), new MsgId("1"), "17")),
    MARK_READ(
            "webwxstatusnotify",
            Wire.API,
            Wire.CGI + "webwxstatusnotify",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MsgID\":\"1\"}",
            service -> Start.markRead(Wire.signedIn(service), UserName.of("@peer"))),
    VERIFY_USER(
            "webwxverifyuser",
            Wire.API,
            Wire.CGI + "webwxverifyuser",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"}}",
            service -> VerifyUser.verify(
                    Wire.signedIn(service),
                    VerifyUser.Opcode.REQUEST,
                    Concealed.of("v1_canary@stranger"),
                    Concealed.of("v2_canary@stranger"),
                    "canary hello")),
    OPLOG(
            "webwxoplog",
            Wire.API,
            Wire.CGI + "webwxoplog",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"}}",
            service -> Oplog.remark(Wire.signedIn(service), UserName.of("@peer"), "canary")),
    CREATE_ROOM(
            "webwxcreatechatroom",
            Wire.API,
            Wire.CGI + "webwxcreatechatroom",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"Everything is OK\"},\"Topic\":\"\",\"PYInitial\":\"\","
                    + "\"QuanPin\":\"\",\"MemberCount\":0,\"MemberList\":[],\"ChatRoomName\":\"@@room\",\"BlackList\":\"\"}",
            service ->
                    CreateRoom.create(Wire.signedIn(service), List.of(UserName.of("@a"), UserName.of("@b")), "canary")),
    UPDATE_ROOM(
            "webwxupdatechatroom",
            Wire.API,
            Wire.CGI + "webwxupdatechatroom",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MemberCount\":0,\"MemberList\":[]}",
            service -> UpdateRoom.add(Wire.signedIn(service), UserName.of("@@room"), List.of(UserName.of("@canary")))),
    SEARCH_CONTACT(
            "webwxsearchcontact",
            Wire.API,
            Wire.CGI + "webwxsearchcontact",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Count\":0,\"List\":[]}",
            service -> SearchContact.search(Wire.signedIn(service), "canary").collectList()),
    STAT_REPORT(
            "webwxstatreport",
            Wire.API,
            Wire.CGI + "webwxstatreport",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"}}",
            service -> StatisticsReport.report(Wire.signedIn(service), List.of(new StatReport(1, "{\"canary\":1}")))),
    CHECK_URL(
            "webwxcheckurl",
            Wire.API,
            Wire.CGI + "webwxcheckurl",
            "<html></html>",
            service -> CheckUrl.check(Wire.signedIn(service), "https://example.org/canary")),
    CHECK_UPLOAD(
            "webwxcheckupload",
            Wire.API,
            Wire.CGI + "webwxcheckupload",
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MediaId\":\"\",\"AESKey\":\"canaryKey\","
                    + "\"Signature\":\"canarySignature\",\"EncryFileName\":\"canary%2Ebin\"}",
            service -> Upload.check(
                    Wire.signedIn(service),
                    UserName.of("@peer"),
                    new UploadPlan.Facts("canary.bin", 26_214_401, "0cc175b9c0f1b6a831c399e269772661"))),
    LOGOUT(
            "webwxlogout",
            Wire.API,
            Wire.CGI + "webwxlogout",
            "",
            service -> Logout.logout(service, Wire.HOSTS, Wire.CREDENTIALS));

    final String operation;
    final String host;
    final String path;
    final String answer;
    private final Function<Service, Mono<?>> call;

    Step(String operation, String host, String path, String answer, Function<Service, Mono<?>> call) {
        this.operation = operation;
        this.host = host;
        this.path = path;
        this.answer = answer;
        this.call = call;
    }

    Mono<?> on(Service service) {
        return call.apply(service);
    }

    /** A constant of its own: those of an enum are not there yet when its members are made. */
    private static final class Sent {
        private static final String ANSWER =
                "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MsgID\":\"1\",\"LocalID\":\"17\"}";
    }

    private static Mono<?> send(Service service, Draft draft) {
        return Send.message(Wire.signedIn(service), UserName.of("@peer"), draft, "17");
    }

    private static Draft uploaded(Outgoing.Kind kind) {
        return Draft.uploaded(kind, new UploadedMedia("@crypt_canary", "", "", "", "a.txt", 1, "00"), false);
    }

    private static SyncKey key() {
        return new SyncKey(List.of(new SyncKey.Entry(1, 2)));
    }
}
