package io.wxflux.internal.session;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Names that strangers chose, made fit for a directory on any system. */
final class LocalNames {
    private static final int MOST_BYTES = 200;
    private static final Pattern EXTENSION = Pattern.compile("\\.[\\p{L}\\p{N}-]{1,20}");
    private static final String SEPARATORS = "/\\:*?\"<>|";

    /** Devices of Windows, which it takes for files of that name with any extension. */
    private static final Pattern RESERVED = Pattern.compile(
            "(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|CLOCK\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3]) *",
            Pattern.CASE_INSENSITIVE);

    private LocalNames() {}

    /** Never empty, never a path, at most 200 bytes of UTF-8; keeps the extension. */
    static String safe(String name) {
        String clean = trimmed(replaced(Normalizer.normalize(name, Normalizer.Form.NFC)));
        if (clean.isEmpty()) {
            return "file";
        }
        int dot = clean.lastIndexOf('.');
        String end = dot > 0 ? clean.substring(dot) : "";
        String extension = EXTENSION.matcher(end).matches() ? end : "";
        String stem = trimmed(clean.substring(0, clean.length() - extension.length()));
        int firstDot = stem.indexOf('.');
        if (RESERVED.matcher(firstDot < 0 ? stem : stem.substring(0, firstDot)).matches()) {
            stem = "_" + stem;
        }
        String cut = trimmed(cut(stem, MOST_BYTES - bytes(extension)));
        return (cut.isEmpty() ? "file" : cut) + extension;
    }

    /** The n-th file of that name, as people write it. */
    static String numbered(String name, int number) {
        if (number == 1) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String mark = " (" + number + ")";
        return dot <= 0 ? name + mark : name.substring(0, dot) + mark + name.substring(dot);
    }

    private static String replaced(String name) {
        StringBuilder clean = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            if (Character.getType(c) == Character.SURROGATE || SEPARATORS.indexOf(c) >= 0) {
                clean.append('_');
            } else if (Character.isSpaceChar(c)) {
                clean.append(' ');
            } else if (!Character.isISOControl(c) && !isInvisible(c)) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    /** What turns the order of letters around, so that an extension looks like another, or is not seen at all. */
    private static boolean isInvisible(int c) {
        return c >= 0x202a && c <= 0x202e
                || c >= 0x2066 && c <= 0x206f
                || c == 0x200b
                || c == 0x200e
                || c == 0x200f
                || c == 0x061c
                || c == 0x2060
                || c == 0xfeff
                || c >= 0xfff0 && c <= 0xffff
                || c >= 0xe0000 && c <= 0xe007f && !isFlagTag(c);
    }

    /** Of the flags of England, Scotland and Wales. */
    private static boolean isFlagTag(int c) {
        return c >= 0xe0061 && c <= 0xe007f;
    }

    /** Neither hidden nor with an end that Windows drops. */
    private static String trimmed(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && (name.charAt(from) == '.' || name.charAt(from) == ' ')) {
            from++;
        }
        while (to > from && (name.charAt(to - 1) == '.' || name.charAt(to - 1) == ' ')) {
            to--;
        }
        return name.substring(from, to);
    }

    private static String cut(String text, int most) {
        int size = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            size += bytes(Character.toString(c));
            if (size > most) {
                break;
            }
            at += Character.charCount(c);
        }
        return text.substring(0, at);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
