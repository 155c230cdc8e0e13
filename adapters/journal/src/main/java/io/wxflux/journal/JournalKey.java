package io.wxflux.journal;

import io.wxflux.options.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of 256 bits that encrypts a journal. It is never used on data itself: each file gets a key of its own, derived
 * from it and 256 random bits. Prints its id, which tells nothing of it.
 */
public final class JournalKey {
    private static final int BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final byte[] bytes;
    private final long id;

    private JournalKey(byte[] bytes) {
        this.bytes = bytes;
        this.id = ByteBuffer.wrap(derived("wxflux journal key id", ByteBuffer.allocate(0)))
                .getLong();
    }

    /**
     * @param base64 32 bytes, such as {@code openssl rand -base64 32} makes them
     * @throws IllegalArgumentException when it is anything else; the message does not tell what it is
     */
    public static JournalKey of(Secret base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.reveal().strip());
        } catch (IllegalArgumentException e) {
            throw unusable(); // Not chained: the decoder's message tells a part of it.
        }
        if (bytes.length != BYTES) {
            throw unusable();
        }
        return new JournalKey(bytes);
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "the key of a journal is 32 bytes in base64; make one with: openssl rand -base64 32");
    }

    /** Tells keys apart; one cannot be found from it. */
    long number() {
        return id;
    }

    /** As messages name it. */
    public String id() {
        return text(id);
    }

    static String text(long id) {
        return HexFormat.of().toHexDigits(id);
    }

    /** For one segment; the number and the epoch keep it from being taken for another. */
    SecretKeySpec segmentKey(byte[] salt, long number, long epoch) {
        ByteBuffer context = ByteBuffer.allocate(salt.length + 2 * Long.BYTES)
                .put(salt)
                .putLong(number)
                .putLong(epoch);
        return new SecretKeySpec(derived("wxflux journal segment key", context.flip()), "AES");
    }

    /** HKDF-Expand of one block (RFC 5869); the key is random already, so nothing needs to be extracted. */
    private byte[] derived(String purpose, ByteBuffer context) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes, HMAC));
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            mac.update(context);
            mac.update((byte) 1);
            return mac.doFinal();
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    @Override
    public String toString() {
        return "JournalKey[" + id() + "]";
    }
}
