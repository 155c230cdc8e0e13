package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.model.CheckedUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** PROTOCOL 12.4: webwxcheckurl, the page a link leads through. Where it sends the reader, nobody goes. */
public final class CheckUrl {
    private static final int LONGEST = 8_192;

    private CheckUrl() {}

    /** @param url with the scheme http or https, see {@link #webAddress} */
    public static Mono<CheckedUrl> check(SignedIn signedIn, String url) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(
                                signedIn.get("webwxcheckurl")
                                        .query("requrl", url)
                                        .query("skey", signedIn.credentials().skey())
                                        .query(
                                                "deviceid",
                                                signedIn.service().stamps().deviceId())
                                        .query(
                                                "pass_ticket",
                                                signedIn.credentials().passTicket())
                                        .query("opcode", 2)
                                        .query("scene", 1)
                                        .query("username", signedIn.self().value()),
                                Service.MIB)))
                .map(CheckUrl::verdict);
    }

    private static CheckedUrl verdict(HttpAnswer answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> goesTo(answer.location());
            default -> {
                ReturnCodes.body("webwxcheckurl", answer);
                yield new CheckedUrl.Stops("the service shows a page of its own, HTTP status " + answer.status());
            }
        };
    }

    private static CheckedUrl goesTo(@Nullable String location) {
        URI address = location == null ? null : webAddress(location);
        return address == null
                ? new CheckedUrl.Stops("the service sends the reader on, but to no http or https address")
                : new CheckedUrl.GoesTo(address);
    }

    /** The text as an address of the web, what a URI may not hold encoded; null when it is none. */
    public static @Nullable URI webAddress(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            URI uri = new URI(encoded(text.strip()));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            return web && uri.getRawAuthority() != null ? uri : null;
        } catch (URISyntaxException notOne) {
            return null;
        }
    }

    /** Addresses in messages are what browsers take: with blanks and bars in them. */
    private static String encoded(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c < 0x7f && "\"<>\\^`{|}".indexOf(c) >= 0) {
                out.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
