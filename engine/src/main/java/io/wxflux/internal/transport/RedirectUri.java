package io.wxflux.internal.transport;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.transport.HttpCall.Field;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The address that a confirmed login is sent to. The server chooses it, and whoever chooses it receives the login ticket,
 * so it is taken apart once, strictly, and the request is built from these parts and never from the text.
 *
 * @param host one of the closed list, lower case
 * @param query decoded, in order; holds the login ticket
 */
public record RedirectUri(String host, List<Field> query) {
    public static final String PATH = "/cgi-bin/mmwebwx-bin/webwxnewloginpage";

    private static final int LONGEST = 4_096;
    private static final int MOST_FIELDS = 32;

    /**
     * @throws ProtocolViolationException for everything else than a login page of web WeChat. It is an answer that cannot
     *     be believed, so the login may be started again; it is no refusal of the account. The message names the reason and
     *     never the text, which holds the ticket.
     */
    public static RedirectUri parse(String text) {
        URI uri = checked(text);
        if (!PATH.equals(uri.getRawPath())) {
            throw refused("its path is not the login page's");
        }
        if (uri.getRawFragment() != null) {
            throw refused("it has a fragment");
        }
        if (uri.getRawQuery() == null || uri.getRawQuery().isEmpty()) {
            throw refused("it has no query");
        }
        return new RedirectUri(host(uri), fields(uri.getRawQuery()));
    }

    /** An https address of one of the closed list of hosts, whatever its path. */
    static URI checked(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw refused("its length is " + text.length());
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
                throw refused("it holds a character that is not printable ASCII");
            }
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // Not chained: its message is the whole text.
            throw refused("it is no URI");
        }
        if (!"https".equalsIgnoreCase(uri.getScheme())) {
            throw refused("it is not https");
        }
        String authority = uri.getRawAuthority();
        if (authority == null || uri.getHost() == null) {
            throw refused("it names no host");
        }
        String lower = authority.toLowerCase(Locale.ROOT);
        if (lower.indexOf('@') >= 0) {
            throw refused("it names a user");
        }
        // The whole authority is compared, so that an empty or unusual port has no way in.
        String name = lower.endsWith(":443") ? lower.substring(0, lower.length() - 4) : lower;
        if (name.indexOf(':') >= 0) {
            throw refused("its port is not the default one");
        }
        if (!HostFamily.isApi(HostFamily.canonical(name))) {
            throw refused("its host is none of web WeChat's");
        }
        return uri;
    }

    /** Of an address that was checked. */
    static String host(URI checked) {
        return HostFamily.canonical(checked.getHost());
    }

    static List<Field> fields(@Nullable String query) {
        if (query == null) {
            return List.of();
        }
        List<Field> fields = new ArrayList<>();
        for (String pair : query.split("&", MOST_FIELDS + 1)) {
            if (fields.size() == MOST_FIELDS) {
                throw refused("its query has more than " + MOST_FIELDS + " fields");
            }
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                fields.add(new Field(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1))));
            }
        }
        return List.copyOf(fields);
    }

    private static String decoded(String encoded) {
        String value = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == 0xfffd)) {
            throw refused("its query holds control characters or broken UTF-8");
        }
        return value;
    }

    static ProtocolViolationException refused(String why) {
        return new ProtocolViolationException(
                "The login's redirect_uri was refused, nothing was sent there: " + why + ". Signing in starts again.");
    }

    public HostFamily family() {
        return HostFamily.of(host);
    }

    @Override
    public String toString() {
        return "https://" + host + PATH;
    }
}
