package io.wxflux.internal.wire;

import io.wxflux.model.Coordinates;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a page about a place says (PROTOCOL 3 and 9.3): its title is the address. Read by looking for marks, not as HTML.
 *
 * @param title empty when there is none
 * @param coordinates null when it tells none
 */
public record PlacePage(String title, @Nullable Coordinates coordinates) {
    /** What the old pages are in; it has all of GBK. */
    private static final Charset USUAL = Charset.forName("GB18030");

    private static final Pattern DECLARED = Pattern.compile("(?i)charset\\s*=\\s*[\"']?([a-z0-9._:-]{1,40})");
    private static final Pattern TITLE = Pattern.compile("(?is)<title\\b[^>]{0,200}>(.{0,1000}?)</title");
    private static final Pattern META = Pattern.compile("(?is)<meta\\b[^>]{0,2000}>");
    private static final Pattern DESCRIPTION =
            Pattern.compile("(?is)(?:name|property)\\s*=\\s*[\"']?(?:og:)?(?:description|title)\\b");
    private static final Pattern CONTENT =
            Pattern.compile("(?is)content\\s*=\\s*(?:\"([^\"]{1,1000})\"|'([^']{1,1000})')");
    private static final int HEAD = 2_048;
    private static final int HEAD_OF_PAGE = 32_768;
    private static final int LONGEST = 300;

    /** @param contentType the header, may be empty */
    public static PlacePage read(String contentType, byte[] body) {
        String text = text(contentType, body);
        return new PlacePage(title(text.substring(0, Math.min(text.length(), HEAD_OF_PAGE))), PlacePoint.in(text));
    }

    /** In the charset that is declared, by the header first, else in the usual one. */
    private static String text(String contentType, byte[] body) {
        String head = new String(body, 0, Math.min(body.length, HEAD), StandardCharsets.ISO_8859_1);
        Matcher declared = DECLARED.matcher(contentType);
        if (!declared.find()) {
            declared = DECLARED.matcher(head);
            if (!declared.find()) {
                return new String(body, USUAL);
            }
        }
        return new String(body, charset(declared.group(1)));
    }

    private static Charset charset(String name) {
        if (name.toLowerCase(Locale.ROOT).startsWith("gb")) {
            return USUAL;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return USUAL;
        }
    }

    private static String title(String page) {
        Matcher title = TITLE.matcher(page);
        if (title.find()) {
            String text = line(title.group(1));
            if (!text.isEmpty()) {
                return text;
            }
        }
        Matcher meta = META.matcher(page);
        while (meta.find()) {
            Matcher content = CONTENT.matcher(meta.group());
            if (DESCRIPTION.matcher(meta.group()).find() && content.find()) {
                String text = line(content.group(1) == null ? content.group(2) : content.group(1));
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    private static String line(String html) {
        String text =
                ContentText.decodeName(html).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return text.length() <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST)));
    }
}
