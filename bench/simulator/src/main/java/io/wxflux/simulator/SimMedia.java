package io.wxflux.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A picture, voice, video or file. Its bytes follow from its size and its seed, so that 60 MB take no memory and a test
 * can compare them by MD5; they begin as a file of its form does.
 */
public final class SimMedia {

    /** The forms, each with the Content-Type it is served with and the bytes it begins with. */
    public enum Form {
        /** A photograph. */
        JPEG("image/jpeg", "jpg", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F'}),
        /** A drawing. */
        PNG("image/png", "png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}),
        /** An animation. */
        GIF("image/gif", "gif", "GIF89a".getBytes(StandardCharsets.US_ASCII)),
        /** A voice. */
        MP3("audio/mp3", "mp3", new byte[] {'I', 'D', '3', 3, 0, 0}),
        /** A video. */
        MP4("video/mp4", "mp4", new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2'}),
        /** Any other file. */
        BYTES("application/octet-stream", "bin", new byte[0]);

        private final String contentType;
        private final String extension;
        private final byte[] head;

        Form(String contentType, String extension, byte[] head) {
            this.contentType = contentType;
            this.extension = extension;
            this.head = head;
        }

        /** {@return the Content-Type of downloads} */
        public String contentType() {
            return contentType;
        }

        /** {@return the usual end of a file name} */
        public String extension() {
            return extension;
        }

        static Form ofName(String fileName) {
            String end = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            for (Form form : values()) {
                if (form.extension.equals(end.equals("jpeg") ? "jpg" : end)) {
                    return form;
                }
            }
            return BYTES;
        }
    }

    private static final int PIECE = 65_536;

    private final Form form;
    private final long size;
    private final long seed;
    private final String fileName;
    private final boolean available;
    private volatile @Nullable String md5;

    private SimMedia(Form form, long size, long seed, String fileName, boolean available) {
        this.form = form;
        this.size = size;
        this.seed = seed;
        this.fileName = fileName;
        this.available = available;
    }

    /**
     * {@return made-up content}
     *
     * @param form its form
     * @param size in bytes
     * @param seed another seed gives other bytes
     */
    public static SimMedia of(Form form, long size, long seed) {
        return new SimMedia(form, size, seed, "", true);
    }

    /**
     * {@return a made-up file, its form told by its name}
     *
     * @param fileName with its extension
     * @param size in bytes
     * @param seed another seed gives other bytes
     */
    public static SimMedia file(String fileName, long size, long seed) {
        return new SimMedia(Form.ofName(fileName), size, seed, fileName, true);
    }

    /** {@return a copy whose download is an empty body, as of videos the service lost} */
    public SimMedia lost() {
        return new SimMedia(form, size, seed, fileName, false);
    }

    /** {@return its form} */
    public Form form() {
        return form;
    }

    /** {@return its bytes} */
    public long size() {
        return size;
    }

    /** {@return its name, empty when it is no file} */
    public String fileName() {
        return fileName;
    }

    /** {@return whether a download brings anything} */
    public boolean isAvailable() {
        return available;
    }

    /** {@return the MD5 of its bytes in hexadecimal} */
    public String md5() {
        String known = md5;
        if (known == null) {
            try {
                MessageDigest digest = MessageDigest.getInstance("MD5");
                byte[] piece = new byte[PIECE];
                for (long at = 0; at < size; at += PIECE) {
                    fill(piece, at);
                    digest.update(piece, 0, (int) Math.min(PIECE, size - at));
                }
                known = HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
            md5 = known;
        }
        return known;
    }

    /** {@return the small picture the service makes of it} */
    public SimMedia thumbnail() {
        return new SimMedia(Form.JPEG, Math.min(4_000 + Math.floorMod(seed, 3_000), size), ~seed, "", available);
    }

    /**
     * Gives some of its bytes.
     *
     * @param target filled whole; what lies behind the end of the content is undefined
     * @param from the position of the first byte
     */
    public void fill(byte[] target, long from) {
        ByteBuffer word = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        int done = 0;
        while (done < target.length) {
            long at = from + done;
            word.putLong(0, Ids.mix(seed + (at >>> 3)));
            for (int i = (int) (at & 7); i < 8 && done < target.length; i++) {
                target[done++] = word.get(i);
            }
        }
        for (long at = from; at < form.head.length && at - from < target.length; at++) {
            target[(int) (at - from)] = form.head[(int) at];
        }
    }

    /**
     * Writes it down, for a test that sends it.
     *
     * @param file the file to write
     * @throws IOException when that fails
     */
    public void writeTo(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] piece = new byte[PIECE];
            for (long at = 0; at < size; at += PIECE) {
                fill(piece, at);
                out.write(piece, 0, (int) Math.min(PIECE, size - at));
            }
        }
    }

    @Override
    public String toString() {
        return form + " of " + size + " bytes";
    }
}
