package io.wxflux.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The hosts that belong together: whoever logs in at {@code api} polls {@code push} and fetches files at {@code file}. */
record HostFamily(String api, String login, String file, String push) {

    /** What a request may be asked of; see {@link #serves}. */
    enum Role {
        LOGIN,
        API,
        PUSH,
        FILE,
        ANY
    }

    static final String QR_HOST = "login.weixin.qq.com";

    private static final List<String> API_HOSTS =
            List.of("wx.qq.com", "wx2.qq.com", "wx8.qq.com", "web.wechat.com", "web2.wechat.com", "wechat.com");

    /** The family of an api host, by the browser client's ordered table. */
    static HostFamily of(String apiHost) {
        String host = apiHost.toLowerCase(Locale.ROOT);
        if (host.contains("wx2.qq.com")) {
            return around(host, "wx2.qq.com");
        }
        if (host.contains("wx8.qq.com")) {
            return around(host, "wx8.qq.com");
        }
        if (host.contains("qq.com")) {
            return around(host, "wx.qq.com");
        }
        if (host.contains("web2.wechat.com")) {
            return around(host, "web2.wechat.com");
        }
        if (host.contains("wechat.com")) {
            return around(host, "web.wechat.com");
        }
        return new HostFamily(host, QR_HOST, "file.wx.qq.com", "webpush.weixin.qq.com");
    }

    private static HostFamily around(String api, String base) {
        return new HostFamily(api, "login." + base, "file." + base, "webpush." + base);
    }

    /** Every host name the certificate must be good for. */
    static Set<String> allHosts() {
        Set<String> all = new TreeSet<>();
        for (String api : API_HOSTS) {
            HostFamily family = of(api);
            all.addAll(List.of(family.api, family.login, family.file, family.push));
        }
        all.addAll(List.of(QR_HOST, "weixin.qq.com", "webpush.weixin.qq.com", "file.weixin.qq.com"));
        all.addAll(List.of("webpush2.wx.qq.com", "webpush1.wechat.com", "webpush.wechat.com", "file.wechat.com"));
        all.addAll(List.of("login.wechat.com", "localhost"));
        return all;
    }

    static boolean isLoginHost(String host) {
        return host.startsWith("login.");
    }

    static boolean isPushHost(String host) {
        return host.startsWith("webpush");
    }

    /** Whether {@code host} is where a session of this family may make a call of the given role. */
    boolean serves(Role role, String host) {
        return switch (role) {
            case API -> host.equals(api);
            case PUSH -> host.equals(push) || host.equals(api);
            case FILE -> host.equals(file) || host.equals(api);
            case LOGIN -> isLoginHost(host);
            case ANY -> true;
        };
    }

    /** The part that all families of one company share; {@code webwx_data_ticket} is set for it. */
    String parentDomain() {
        int dot = api.lastIndexOf('.', api.lastIndexOf('.') - 1);
        return dot < 0 ? api : api.substring(dot + 1);
    }
}
