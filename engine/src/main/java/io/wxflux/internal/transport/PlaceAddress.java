package io.wxflux.internal.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.wxflux.internal.transport.HttpCall.Field;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public page that tells where a place is. Somebody else wrote it, so that it may name a few hosts only; it is asked for
 * by https whatever it says, as nothing goes out in the clear here.
 *
 * @param query in order, decoded byte by byte: whatever its charset is, the same bytes go out
 */
public record PlaceAddress(String host, String path, List<Field> query) {
    private static final Set<String> HOSTS = Set.of("weixin.qq.com", "map.qq.com", "apis.map.qq.com", "map.wap.qq.com");

    private static final String ORDINARY = "-._~:/?#[]@!$&'()*+,;=%";
    private static final String HEX = "0123456789ABCDEF";
    private static final int LONGEST = 4_096;
    private static final int MOST_FIELDS = 32;

    /** Null for everything that is not to be asked. */
    public static @Nullable PlaceAddress parse(String url) {
        return of(escaped(url, UTF_8));
    }

    /** Where a Location header leads from here; null as in {@link #parse}. The header's characters are its bytes. */
    public @Nullable PlaceAddress follow(String location) {
        if (location.length() > LONGEST) {
            return null;
        }
        try {
            URI here = URI.create("https://" + host + path);
            return of(here.resolve(new URI(escaped(location, ISO_8859_1))).toString());
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Whether a page may be asked for there. Expects a canonical name. */
    static boolean isKnown(String host) {
        return HOSTS.contains(host);
    }

    private static @Nullable PlaceAddress of(String url) {
        if (url.isEmpty() || url.length() > LONGEST) {
            return null;
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return null;
        }
        String authority = uri.getRawAuthority();
        String scheme = uri.getScheme();
        if (authority == null || scheme == null) {
            return null;
        }
        // The whole authority is compared: a user or an unusual port has no way in.
        String port = scheme.equalsIgnoreCase("https") ? ":443" : scheme.equalsIgnoreCase("http") ? ":80" : null;
        if (port == null) {
            return null;
        }
        String lower = authority.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
        List<Field> fields = fields(uri.getRawQuery());
        if (!isKnown(name) || fields == null) {
            return null;
        }
        String path = uri.getRawPath();
        return new PlaceAddress(name, path.isEmpty() ? "/" : path, fields);
    }

    private static @Nullable List<Field> fields(@Nullable String query) {
        List<Field> fields = new ArrayList<>();
        if (query == null || query.isEmpty()) {
            return fields;
        }
        String[] pairs = query.split("&", MOST_FIELDS + 1);
        if (pairs.length > MOST_FIELDS) {
            return null;
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.isEmpty()) {
                fields.add(new Field(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1))));
            }
        }
        return List.copyOf(fields);
    }

    /** Cannot fail: {@link URI} has read it. */
    private static String decoded(String text) {
        return URLDecoder.decode(text, ISO_8859_1);
    }

    private static String escaped(String text, Charset charset) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(charset)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || ORDINARY.indexOf(c) >= 0);
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
            }
        }
        return out.toString();
    }

    /** What it tells is in its query, and where somebody is concerns nobody else. */
    @Override
    public String toString() {
        return "https://" + host + path;
    }
}
