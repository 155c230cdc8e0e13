package io.wxflux.simulator;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** Which endpoint serves which path. */
final class Router {

    private static final String BIN = "/cgi-bin/mmwebwx-bin/";

    private final Map<String, Endpoint> exact = new HashMap<>();
    private final Map<String, Endpoint> byPrefix = new HashMap<>();

    Router(Service service, Scheduler painter) {
        SessionCheck check = new SessionCheck(service);
        LoginEndpoints login = new LoginEndpoints(service, painter);
        exact.put("/", login::home);
        exact.put("/jslogin", login::jslogin);
        byPrefix.put("/qrcode/", login::qrcode);
        byPrefix.put("/l/", login::deepLink);
        exact.put(BIN + "login", login::login);
        exact.put(BIN + "webwxnewloginpage", login::newLoginPage);
        exact.put(BIN + "webwxpushloginurl", login::pushLogin);
        SessionEndpoints session = new SessionEndpoints(service, check);
        exact.put(BIN + "webwxinit", session::init);
        exact.put(BIN + "webwxstatusnotify", session::statusNotify);
        exact.put(BIN + "webwxstatreport", session::statReport);
        exact.put(BIN + "webwxlogout", session::logout);
        ContactEndpoints contacts = new ContactEndpoints(service, check);
        exact.put(BIN + "webwxgetcontact", contacts::getContact);
        exact.put(BIN + "webwxbatchgetcontact", contacts::batchGetContact);
        SyncEndpoints sync = new SyncEndpoints(service, check);
        exact.put(BIN + "synccheck", sync::synccheck);
        exact.put(BIN + "webwxsync", sync::webwxsync);
        SendEndpoints send = new SendEndpoints(service, check);
        exact.put(BIN + "webwxsendmsg", send::send);
        exact.put(BIN + "webwxsendmsgimg", send::send);
        exact.put(BIN + "webwxsendvideomsg", send::send);
        exact.put(BIN + "webwxsendemoticon", send::send);
        exact.put(BIN + "webwxsendappmsg", send::send);
        exact.put(BIN + "webwxrevokemsg", send::revoke);
        ContactCalls friends = new ContactCalls(check);
        exact.put(BIN + "webwxverifyuser", friends::verifyUser);
        exact.put(BIN + "webwxsearchcontact", friends::search);
        exact.put(BIN + "webwxoplog", friends::opLog);
        exact.put(BIN + "webwxcheckurl", friends::checkUrl);
        exact.put(BIN + "webwxsendfeedback", friends::feedback);
        RoomCalls rooms = new RoomCalls(service, check);
        exact.put(BIN + "webwxcreatechatroom", rooms::create);
        exact.put(BIN + "webwxupdatechatroom", rooms::update);
        UploadEndpoints up = new UploadEndpoints(service, check);
        exact.put(BIN + "webwxcheckupload", up::checkUpload);
        exact.put(BIN + "webwxuploadmedia", up::upload);
        DownloadEndpoints down = new DownloadEndpoints(service, check);
        exact.put(BIN + "webwxgetmsgimg", down::image);
        exact.put(BIN + "webwxgetvoice", down::voice);
        exact.put(BIN + "webwxgetvideo", down::video);
        exact.put(BIN + "webwxgetmedia", down::file);
        exact.put(BIN + "webwxgeticon", down::face);
        exact.put(BIN + "webwxgetheadimg", down::face);
        exact.put(BIN + "webwxgetpubliclinkimg", down::map);
        exact.put(BIN + "webwxpreview", down::preview);
    }

    @Nullable
    Endpoint find(String path) {
        Endpoint endpoint = exact.get(path);
        int slash = path.indexOf('/', 1);
        return endpoint != null || slash < 0 ? endpoint : byPrefix.get(path.substring(0, slash + 1));
    }
}
