package io.wxflux.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A form with one file in it, taken apart the strict way: what a lenient parser would mend is to be seen. */
final class Multipart {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("[; ]filename=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final byte[] body;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<String> order = new ArrayList<>();
    private String fileHeaders = "";
    private int fileFrom;
    private int fileTo = -1;

    private Multipart(byte[] body) {
        this.body = body;
    }

    /** Reads a form, or gives null when it is broken. */
    static @Nullable Multipart read(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!contentType.startsWith("multipart/form-data") || !boundary.find()) {
            return null;
        }
        Multipart form = new Multipart(body);
        byte[] mark = ("\r\n--" + boundary.group(1)).getBytes(StandardCharsets.ISO_8859_1);
        byte[] first = ("--" + boundary.group(1)).getBytes(StandardCharsets.ISO_8859_1);
        int at = find(body, first, 0);
        at = at < 0 ? -1 : at + first.length;
        while (at >= 0 && !startsWith(body, at, "--")) {
            int head = at + 2;
            int end = find(body, "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), at);
            int next = end < 0 ? -1 : find(body, mark, end + 2);
            if (next < 0) {
                return null;
            }
            form.part(new String(body, head, end - head, StandardCharsets.UTF_8), end + 4, next);
            at = next + mark.length;
        }
        return at < 0 ? null : form;
    }

    private void part(String headers, int from, int to) {
        Matcher name = NAME.matcher(headers);
        String called = name.find() ? name.group(1) : "";
        order.add(called);
        if (headers.contains("filename")) {
            fileHeaders = headers;
            fileFrom = from;
            fileTo = Math.max(from, to);
        } else {
            fields.put(called, new String(body, from, Math.max(0, to - from), StandardCharsets.UTF_8));
        }
    }

    private static boolean startsWith(byte[] body, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= body.length || body[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int find(byte[] body, byte[] what, int from) {
        outer:
        for (int at = from; at <= body.length - what.length; at++) {
            for (int i = 0; i < what.length; i++) {
                if (body[at + i] != what[i]) {
                    continue outer;
                }
            }
            return at;
        }
        return -1;
    }

    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    boolean fileIsLast() {
        return !order.isEmpty() && order.get(order.size() - 1).equals("filename");
    }

    boolean hasFile() {
        return fileTo >= 0;
    }

    /** The name in the Content-Disposition, read as UTF-8; a byte that is none shows as U+FFFD. */
    String fileName() {
        Matcher name = FILE_NAME.matcher(fileHeaders);
        return name.find() ? name.group(1) : "";
    }

    /** Whether the name was written as RFC 5987 has it, which the service does not understand. */
    boolean hasExtendedFileName() {
        return fileHeaders.contains("filename*");
    }

    byte[] body() {
        return body;
    }

    int fileFrom() {
        return fileFrom;
    }

    int fileLength() {
        return fileTo - fileFrom;
    }
}
