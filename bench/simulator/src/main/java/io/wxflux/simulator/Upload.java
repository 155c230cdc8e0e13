package io.wxflux.simulator;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One file on its way up, chunk by chunk. Its methods are called under its own lock. */
final class Upload {

    private final String request;
    private final long total;
    private final MessageDigest digest = md5Digest();
    private @Nullable Path path;
    private int next;
    private long received;
    private byte[] lastChunk = {};
    private boolean busy;
    private @Nullable UploadedFile done;

    Upload(String request, long total) {
        this.request = request;
        this.total = total;
    }

    private static MessageDigest md5Digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String request() {
        return request;
    }

    /** The number of the chunk that is to come. */
    int next() {
        return next;
    }

    long received() {
        return received;
    }

    boolean isBusy() {
        return busy;
    }

    @Nullable
    Path path() {
        return path;
    }

    @Nullable
    UploadedFile done() {
        return done;
    }

    /** Whether these bytes are the ones that came last: a client that lost the answer sends them again. */
    boolean isRepeated(Multipart form) {
        return MessageDigest.isEqual(lastChunk, chunkDigest(form));
    }

    private static byte[] chunkDigest(Multipart form) {
        MessageDigest one = md5Digest();
        one.update(form.body(), form.fileFrom(), form.fileLength());
        return one.digest();
    }

    void begin(Multipart form) {
        busy = true;
        lastChunk = chunkDigest(form);
        digest.update(form.body(), form.fileFrom(), form.fileLength());
        received += form.fileLength();
        next++;
    }

    void wrote(Path file) {
        busy = false;
        path = file;
    }

    boolean isWhole() {
        return received >= total;
    }

    /** The MD5 of all bytes; to be asked once. */
    String md5() {
        return HexFormat.of().formatHex(digest.digest());
    }

    void done(UploadedFile file) {
        done = file;
    }

    @Override
    public String toString() {
        return "upload of " + total + " bytes, " + Arrays.hashCode(lastChunk);
    }
}
