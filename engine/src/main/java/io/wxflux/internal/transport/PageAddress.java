package io.wxflux.internal.transport;

import io.wxflux.internal.transport.HttpCall.Field;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * A page that the service sends a browser to during a login. It is as strict about scheme and host as
 * {@link RedirectUri}, for whoever is asked there is shown the login's cookies.
 *
 * @param query decoded, in order; may hold the login ticket
 */
public record PageAddress(String host, String path, List<Field> query) {
    private static final int LONGEST = 4_096;

    public static PageAddress of(RedirectUri uri) {
        return new PageAddress(uri.host(), RedirectUri.PATH, uri.query());
    }

    /**
     * Where a Location header leads from here.
     *
     * @throws io.wxflux.error.ProtocolViolationException when it leads away from web WeChat or off https
     */
    public PageAddress follow(String location) {
        if (location.length() > LONGEST) {
            throw RedirectUri.refused("its length is " + location.length());
        }
        URI target;
        try {
            target = URI.create("https://" + host + path).resolve(new URI(location));
        } catch (URISyntaxException e) {
            // Not chained: its message is the whole text.
            throw RedirectUri.refused("it is no URI");
        }
        URI checked = RedirectUri.checked(target.toString());
        String raw = checked.getRawPath();
        return new PageAddress(
                RedirectUri.host(checked), raw.isEmpty() ? "/" : raw, RedirectUri.fields(checked.getRawQuery()));
    }

    @Override
    public String toString() {
        return "https://" + host + path;
    }
}
