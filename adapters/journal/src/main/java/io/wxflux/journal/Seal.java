package io.wxflux.journal;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The encryption of one segment: AES-256-GCM, each frame by itself, its header and with it its place authenticated.
 *
 * <p>The nonce of a frame is a count that only rises, also over writes that fail. It begins at 1 with each segment, whose
 * key is its own and which nobody writes to again after the run that began it: no nonce is ever used twice with a key. A
 * segment has some millions of frames at most.
 */
final class Seal {
    /** Before what is encrypted: the count. */
    static final int BEFORE = Long.BYTES;
    /** Behind it: the tag. */
    static final int AFTER = 16;

    private static final int NONCE = 12;
    /** What of a frame's header is authenticated: all but the checksums. */
    private static final int AUTHENTICATED = Frame.PAYLOAD_CRC;

    private final long keyNumber;
    private final SecretKeySpec key;
    /** Of the writing thread. */
    private long count;

    private final ReentrantLock lock = new ReentrantLock();
    private long[] starts = new long[16];
    private int frames;

    /** What was read last is likely to be read on. */
    private volatile SoftReference<Opened> last = new SoftReference<>(null);

    Seal(long keyNumber, SecretKeySpec key) {
        this.keyNumber = keyNumber;
        this.key = key;
    }

    long keyNumber() {
        return keyNumber;
    }

    /** Encrypts. <b>Threads</b>: one at a time. */
    byte[] closed(byte[] plain, ByteBuffer header, int at, long nonce) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, header, at, nonce).doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next nonce; given once. */
    long nextNonce() {
        return ++count;
    }

    /**
     * @param frame its header, payload and all
     * @throws Values.Damage when this is not what was written here
     */
    byte[] opened(ByteBuffer frame, int at) throws Values.Damage {
        int length = frame.getInt(at + Frame.LENGTH) - BEFORE;
        long position = frame.getLong(at + Frame.POSITION);
        if (length >= AFTER) {
            var sealed = new byte[length];
            frame.get(at + Frame.HEADER + BEFORE, sealed);
            try {
                return cipher(Cipher.DECRYPT_MODE, frame, at, frame.getLong(at + Frame.HEADER))
                        .doFinal(sealed);
            } catch (AEADBadTagException e) {
                // Said below.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new Values.Damage(
                "is damaged at offset " + position + ": what stands there was not written there with this key");
    }

    private Cipher cipher(int mode, ByteBuffer header, int at, long nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] iv =
                ByteBuffer.allocate(NONCE).putLong(NONCE - Long.BYTES, nonce).array();
        cipher.init(mode, key, new GCMParameterSpec(AFTER * Byte.SIZE, iv));
        var authenticated = new byte[AUTHENTICATED];
        header.get(at, authenticated);
        cipher.updateAAD(authenticated);
        return cipher;
    }

    /** A frame begins there, and none behind it yet: what a failed write left is forgotten. */
    void begins(long position) {
        lock.lock();
        try {
            while (frames > 0 && starts[frames - 1] >= position) {
                frames--;
            }
            if (frames == starts.length) {
                starts = Arrays.copyOf(starts, 2 * frames);
            }
            starts[frames++] = position;
        } finally {
            lock.unlock();
        }
    }

    /** A part of a frame, by the place where it stands encrypted. */
    ByteBuffer read(Segment segment, long position, int length) throws IOException {
        long start = frameOf(position);
        Opened frame = last.get();
        if (frame == null || frame.start != start) {
            ByteBuffer header = Values.readPlain(segment, start, Frame.HEADER);
            int whole = Frame.HEADER + header.getInt(Frame.LENGTH);
            if (header.getInt(Frame.HEADER_CRC) != Frame.headerCrc(header, 0, segment.salt, new CRC32C())
                    || header.getLong(Frame.POSITION) != start) {
                throw new Values.Damage("is damaged at offset " + start + ": no frame begins there any more");
            }
            frame = new Opened(start, opened(Values.readPlain(segment, start, whole), 0));
            last = new SoftReference<>(frame);
        }
        int at = (int) (position - start) - Frame.HEADER - BEFORE;
        if (at < 0 || at + length > frame.plain.length) {
            throw new Values.Damage("is damaged at offset " + start + ": the frame there is another one");
        }
        return ByteBuffer.wrap(Arrays.copyOfRange(frame.plain, at, at + length));
    }

    private long frameOf(long position) {
        lock.lock();
        try {
            int found = Arrays.binarySearch(starts, 0, frames, position);
            return starts[found >= 0 ? found : -found - 2];
        } finally {
            lock.unlock();
        }
    }

    private record Opened(long start, byte[] plain) {}
}
