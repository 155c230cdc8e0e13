package io.wxflux.internal.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a file is: by its name on the way up, by its first bytes on the way down. */
public final class MediaTypes {
    public static final String UNKNOWN = "application/octet-stream";

    private static final int LONGEST_TYPE = 100;
    private static final Set<String> PICTURES = Set.of("bmp", "png", "jpeg", "jpg");

    /** The first extension of a type is the one its files get. */
    private static final List<Map.Entry<String, String>> TYPES = List.of(
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("gif", "image/gif"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("webp", "image/webp"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("mp3", "audio/mp3"),
            Map.entry("amr", "audio/amr"),
            Map.entry("wav", "audio/wav"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("zip", "application/zip"),
            Map.entry("rar", "application/x-rar-compressed"),
            Map.entry("7z", "application/x-7z-compressed"),
            Map.entry("txt", "text/plain"),
            Map.entry("csv", "text/csv"),
            Map.entry("html", "text/html"),
            Map.entry("htm", "text/html"),
            Map.entry("json", "application/json"),
            Map.entry("xml", "text/xml"),
            Map.entry("doc", "application/msword"),
            Map.entry("xls", "application/vnd.ms-excel"),
            Map.entry("ppt", "application/vnd.ms-powerpoint"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
            Map.entry("apk", "application/vnd.android.package-archive"));

    private MediaTypes() {}

    /** In small letters, without the dot; empty when there is none. */
    public static String extension(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot <= 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** The {@code mediatype} of an upload; animations count as documents, as the browser client has it. */
    public static String uploadType(String fileName) {
        String extension = extension(fileName);
        return PICTURES.contains(extension) ? "pic" : extension.equals("mp4") ? "video" : "doc";
    }

    /** The MIME type of a name. */
    public static String ofName(String fileName) {
        String extension = extension(fileName);
        return TYPES.stream()
                .filter(type -> type.getKey().equals(extension))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** How files of a MIME type are called, without the dot; {@code bin} for what nobody knows. */
    public static String extensionOf(String contentType) {
        return TYPES.stream()
                .filter(type -> type.getValue().equals(contentType))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("bin");
    }

    /** The type alone, in small letters; empty when the header says nothing of use. */
    public static String ofHeader(String header) {
        int end = header.indexOf(';');
        String type = (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        boolean usable = type.length() <= LONGEST_TYPE
                && type.matches("[a-z0-9.+-]+/[a-z0-9.+-]+")
                && !type.equals(UNKNOWN)
                && !type.equals("text/plain");
        return usable ? type : "";
    }

    /** By what files of each kind begin with; empty when it is none of the known ones. */
    public static String ofBytes(byte[] first) {
        if (begins(first, 0, 0xff, 0xd8, 0xff)) {
            return "image/jpeg";
        }
        if (begins(first, 0, 0x89, 'P', 'N', 'G')) {
            return "image/png";
        }
        if (begins(first, 0, 'G', 'I', 'F', '8')) {
            return "image/gif";
        }
        if (begins(first, 0, 'R', 'I', 'F', 'F')) {
            return begins(first, 8, 'W', 'E', 'B', 'P') ? "image/webp" : "audio/wav";
        }
        if (begins(first, 4, 'f', 't', 'y', 'p')) {
            return "video/mp4";
        }
        if (begins(first, 0, 'I', 'D', '3') || begins(first, 0, 0xff, 0xfb) || begins(first, 0, 0xff, 0xf3)) {
            return "audio/mpeg";
        }
        if (begins(first, 0, '#', '!', 'A', 'M', 'R')) {
            return "audio/amr";
        }
        if (begins(first, 0, '%', 'P', 'D', 'F')) {
            return "application/pdf";
        }
        if (begins(first, 0, 'P', 'K', 3, 4)) {
            return "application/zip";
        }
        return begins(first, 0, 'B', 'M') && begins(first, 6, 0, 0, 0, 0) ? "image/bmp" : "";
    }

    /** Whether it looks like what a server says instead of media. */
    public static boolean isPage(byte[] first) {
        String text = new String(first, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        String page = text.replaceFirst("^(\u00ef\u00bb\u00bf)?\\s*", "");
        return page.startsWith("<!doctype")
                || page.startsWith("<html")
                || page.startsWith("<head")
                || page.startsWith("<body")
                || page.startsWith("<script")
                || isAnswer(first)
                || page.startsWith("<error");
    }

    /** Whether it looks like an answer in JSON that holds a code. */
    public static boolean isAnswer(byte[] first) {
        String text = new String(first, StandardCharsets.ISO_8859_1).strip();
        return text.startsWith("{") && text.contains("BaseResponse");
    }

    private static boolean begins(byte[] bytes, int at, int... mark) {
        if (bytes.length < at + mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[at + i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
