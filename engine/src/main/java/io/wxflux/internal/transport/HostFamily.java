package io.wxflux.internal.transport;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that belong to one session. The host of {@code redirect_uri} decides them all (PROTOCOL 2.2): a session asked
 * for at a host of another family answers 1100 or 1102, as if it had ended.
 *
 * @param api everything JSON
 * @param file upload and file download
 * @param push the long poll
 * @param login jslogin and the login poll
 */
public record HostFamily(String api, String file, String push, String login) {
    private static final String QQ = "qq.com";
    private static final String WECHAT = "wechat.com";

    /** Where a login starts as long as no family is known. */
    public static final String FIRST_LOGIN = "login.weixin.qq.com";

    /** In the order of the table's rows, which is the order in which they are tried as candidates. */
    private static final List<String> PUSH_HOSTS = List.of(
            "webpush.wx.qq.com",
            "webpush.wx2.qq.com",
            "webpush.wx8.qq.com",
            "webpush.weixin.qq.com",
            "webpush.web.wechat.com",
            "webpush.web2.wechat.com");

    /** The only hosts a redirect_uri may name. */
    private static final Set<String> API_HOSTS =
            Set.of("wx.qq.com", "wx2.qq.com", "wx8.qq.com", "web.wechat.com", "web2.wechat.com", "wechat.com");

    private static final Set<String> KNOWN = known();

    /**
     * The family of an api host.
     *
     * @throws IllegalArgumentException when the host is not at or below a known parent domain
     */
    public static HostFamily of(String apiHost) {
        String host = canonical(apiHost);
        // The order is the browser's own: testing qq.com or wechat.com first would hide the rows above it.
        if (isWithin(host, QQ)) {
            if (host.contains("wx2.qq.com")) {
                return below(host, "wx2.qq.com");
            }
            if (host.contains("wx8.qq.com")) {
                return below(host, "wx8.qq.com");
            }
            return below(host, "wx.qq.com");
        }
        if (isWithin(host, WECHAT)) {
            if (host.contains("web2.wechat.com")) {
                return below(host, "web2.wechat.com");
            }
            return below(host, "web.wechat.com");
        }
        throw new IllegalArgumentException("not a host of web WeChat");
    }

    /** Every family, in the order of {@link #PUSH_HOSTS}. */
    public static List<HostFamily> all() {
        return Stream.of("wx.qq.com", "wx2.qq.com", "wx8.qq.com", "web.wechat.com", "web2.wechat.com")
                .map(HostFamily::of)
                .toList();
    }

    private static HostFamily below(String api, String base) {
        return new HostFamily(api, "file." + base, "webpush." + base, "login." + base);
    }

    /** {@code qq.com} or {@code wechat.com}. */
    public String parent() {
        return isWithin(api, QQ) ? QQ : WECHAT;
    }

    /** Whether this host knows the session: only such a host is believed when it says that the session ended. */
    public boolean isHome(String host) {
        String name = canonical(host);
        return name.equals(api) || name.equals(push) || name.equals(file) || name.equals(login);
    }

    /**
     * Hosts for synccheck, best first: the family's own, its api host, then the others of the same parent domain.
     *
     * @param further tried last; those of another parent domain are left out
     */
    public List<String> pushCandidates(List<String> further) {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(push);
        hosts.add(api);
        Stream.concat(PUSH_HOSTS.stream(), further.stream())
                .filter(host -> isWithin(host, parent()))
                .forEach(hosts::add);
        return List.copyOf(hosts);
    }

    /** Whether a redirect_uri may name it. Expects a canonical name. */
    static boolean isApi(String host) {
        return API_HOSTS.contains(host);
    }

    /** Whether a connection to it may be opened at all. Expects a canonical name. */
    static boolean isKnown(String host) {
        return KNOWN.contains(host);
    }

    /** The parent domain of a host, over which no cookie passes; null when the host is none of ours. */
    static @Nullable String parentOf(String host) {
        if (isWithin(host, QQ)) {
            return QQ;
        }
        return isWithin(host, WECHAT) ? WECHAT : null;
    }

    /** Whether a host is the domain or below it. */
    static boolean isWithin(String host, String domain) {
        return host.equals(domain)
                || (host.length() > domain.length()
                        && host.endsWith(domain)
                        && host.charAt(host.length() - domain.length() - 1) == '.');
    }

    /** Lower case, without the final dot of an absolute name. */
    static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Set<String> known() {
        Set<String> hosts = new LinkedHashSet<>(PUSH_HOSTS);
        hosts.add(FIRST_LOGIN);
        for (String api : API_HOSTS) {
            HostFamily family = of(api);
            hosts.addAll(List.of(family.api, family.file, family.push, family.login));
        }
        return Set.copyOf(hosts);
    }
}
