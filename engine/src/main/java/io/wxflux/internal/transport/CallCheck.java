package io.wxflux.internal.transport;

import io.wxflux.internal.transport.HttpCall.Field;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may go out. The host is checked here, where connections are opened, and not only where a redirect is read. Header
 * values are checked here too: Reactor Netty's copied headers have lost Netty's own check.
 */
final class CallCheck {
    private static final Set<String> OURS = Set.of(
            "host",
            "cookie",
            "connection",
            "content-length",
            "content-type",
            "transfer-encoding",
            "accept-encoding",
            "expect",
            "upgrade",
            "te",
            "trailer");

    private CallCheck() {}

    /**
     * Null when the call may go out, otherwise why not.
     *
     * @param pushHosts further hosts that the long poll may go to
     */
    static @Nullable String problem(HttpCall call, List<String> pushHosts) {
        boolean known = switch (call.lane()) {
            case PUBLIC -> PlaceAddress.isKnown(call.host()) && call.method().equals("GET");
            case POLL -> HostFamily.isKnown(call.host()) || pushHosts.contains(call.host());
            default -> HostFamily.isKnown(call.host());
        };
        if (!known) {
            return "it is no host of web WeChat, nothing was sent";
        }
        if (!call.method().equals("GET") && !call.method().equals("POST")) {
            return "the method is neither GET nor POST, nothing was sent";
        }
        if (!isPath(call.path())) {
            return "the path is not printable or not a path, nothing was sent";
        }
        for (Field header : call.headers()) {
            if (!SetCookie.isName(header.name()) || !isPrintable(header.value())) {
                return "a header holds a character that no header may hold, nothing was sent";
            }
            if (OURS.contains(header.name().toLowerCase(Locale.ROOT))) {
                return "a header is set that only the transport sets, nothing was sent";
            }
        }
        if (!isPrintable(call.contentType())) {
            return "the content type holds a character that no header may hold, nothing was sent";
        }
        if (call.deadline().isNegative() || call.deadline().isZero()) {
            return "its deadline has passed, nothing was sent";
        }
        return call.maxBody() < 0 ? "its limit is negative, nothing was sent" : null;
    }

    private static boolean isPath(String path) {
        return path.startsWith("/")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && "?#\\\"<>^`{|}".indexOf(c) < 0);
    }

    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }
}
