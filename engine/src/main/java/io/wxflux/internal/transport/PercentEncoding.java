package io.wxflux.internal.transport;

import io.wxflux.internal.transport.HttpCall.Field;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Query strings after RFC 3986, in UTF-8 unless told otherwise: everything but the unreserved characters is escaped. */
final class PercentEncoding {
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    static String target(String path, List<Field> query) {
        return target(path, query, StandardCharsets.UTF_8);
    }

    static String target(String path, List<Field> query, Charset charset) {
        if (query.isEmpty()) {
            return path;
        }
        StringBuilder target = new StringBuilder(path.length() + 64 * query.size()).append(path);
        char separator = '?';
        for (Field field : query) {
            target.append(separator);
            append(target, field.name(), charset);
            target.append('=');
            append(target, field.value(), charset);
            separator = '&';
        }
        return target.toString();
    }

    private static void append(StringBuilder target, String text, Charset charset) {
        for (byte b : text.getBytes(charset)) {
            if ((b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || b == '-'
                    || b == '.'
                    || b == '_'
                    || b == '~') {
                target.append((char) b);
            } else {
                target.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
    }
}
