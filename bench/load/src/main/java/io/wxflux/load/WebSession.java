package io.wxflux.load;

import io.netty.handler.codec.http.QueryStringEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A signed-in account of a bare client: what its next two requests are made of. Used by one thread at a time. */
final class WebSession {
    private static final AtomicLong STAMP = new AtomicLong(System.currentTimeMillis());
    private static final String DEVICE = "e123456789012345";
    private static final String PATH = "/cgi-bin/mmwebwx-bin/";

    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String home = "";
    private String skey = "";
    private String sid = "";
    private String uin = "";
    private String ticket = "";
    private SyncAnswer.Key syncKey = SyncAnswer.Key.NONE;
    private SyncAnswer.Key checkKey = SyncAnswer.Key.NONE;
    private String checkPath = "";
    private String syncPath = "";
    private String apiCookie = "";
    private String pushCookie = "";

    String home() {
        return home;
    }

    String push() {
        return "webpush." + home;
    }

    /** The answer of webwxnewloginpage. */
    void signedIn(String host, String page) {
        home = host;
        skey = between(page, "<skey>", "</skey>");
        sid = between(page, "<wxsid>", "</wxsid>");
        uin = between(page, "<wxuin>", "</wxuin>");
        ticket = between(page, "<pass_ticket>", "</pass_ticket>");
        apiCookie = cookiesFor(home);
        pushCookie = cookiesFor(push());
        var check = new QueryStringEncoder(PATH + "synccheck");
        check.addParam("skey", skey);
        check.addParam("sid", sid);
        check.addParam("uin", uin);
        check.addParam("deviceid", DEVICE);
        checkPath = check.toString();
        var sync = new QueryStringEncoder(PATH + "webwxsync");
        sync.addParam("sid", sid);
        sync.addParam("skey", skey);
        sync.addParam("pass_ticket", ticket);
        syncPath = sync.toString();
    }

    void keep(String setCookie) {
        int equals = setCookie.indexOf('=');
        int end = setCookie.indexOf(';');
        int domain = setCookie.indexOf("Domain=");
        if (equals < 1 || end < equals || domain < 0) {
            return;
        }
        int domainEnd = setCookie.indexOf(';', domain);
        String name = setCookie.substring(domain + 7, domainEnd < 0 ? setCookie.length() : domainEnd);
        String bare = name.startsWith(".") ? name.substring(1) : name;
        cookies.put(setCookie.substring(0, equals) + ";" + bare, setCookie.substring(equals + 1, end));
    }

    private String cookiesFor(String host) {
        var all = new StringBuilder();
        cookies.forEach((key, value) -> {
            int semicolon = key.indexOf(';');
            String domain = key.substring(semicolon + 1);
            if (host.equals(domain) || host.endsWith("." + domain)) {
                all.append(all.isEmpty() ? "" : "; ")
                        .append(key, 0, semicolon)
                        .append('=')
                        .append(value);
            }
        });
        return all.toString();
    }

    String apiCookie() {
        return apiCookie;
    }

    String pushCookie() {
        return pushCookie;
    }

    String initPath() {
        return PATH + "webwxinit?r=" + ~(int) System.currentTimeMillis() + "&pass_ticket=" + ticket;
    }

    String baseRequest() {
        return "\"BaseRequest\":{\"Uin\":" + uin + ",\"Sid\":\"" + sid + "\",\"Skey\":\"" + skey + "\",\"DeviceID\":\""
                + DEVICE + "\"}";
    }

    String checkPath() {
        return checkPath + "&synckey=" + checkKey.query() + "&r=" + System.currentTimeMillis() + "&_=" + nextStamp();
    }

    String syncPath() {
        return syncPath;
    }

    String syncBody() {
        return "{" + baseRequest() + ",\"SyncKey\":" + syncKey.json() + ",\"rr\":" + ~(int) System.currentTimeMillis()
                + "}";
    }

    void advance(SyncAnswer answer) {
        if (answer.ret() == 0 && !answer.syncKey().isEmpty()) {
            syncKey = answer.syncKey();
            checkKey = answer.checkKey().isEmpty() ? syncKey : answer.checkKey();
        }
    }

    static long nextStamp() {
        return STAMP.incrementAndGet();
    }

    static String between(String text, String before, String after) {
        int start = text.indexOf(before);
        int end = start < 0 ? -1 : text.indexOf(after, start + before.length());
        if (end < 0) {
            throw new LoadFailed("the service's answer has no " + before);
        }
        return text.substring(start + before.length(), end);
    }
}
