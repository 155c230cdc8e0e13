package io.wxflux.journal;

import io.wxflux.error.ConfigurationException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key that new segments get, if any, and those of which there may be old ones. */
final class KeyRing {
    static final KeyRing NONE = new KeyRing(null, null);

    private static final int SALT = 32;

    private final @Nullable JournalKey current;
    private final List<JournalKey> known = new ArrayList<>();
    private final SecureRandom random = new SecureRandom();

    KeyRing(@Nullable JournalKey current, @Nullable JournalKey old) {
        this.current = current;
        if (current != null) {
            known.add(current);
        }
        if (old != null) {
            known.add(old);
        }
    }

    /** For a segment that is begun: its seal, and what lets it be opened again, put into the frames. Null without a key. */
    @Nullable
    Seal seal(long number, long epoch, FrameBuffer frames) {
        if (current == null) {
            return null;
        }
        var salt = new byte[SALT];
        random.nextBytes(salt);
        frames.begin();
        frames.putRaw(ByteBuffer.allocate(Long.BYTES).putLong(current.number()).array());
        frames.putRaw(salt);
        frames.end(Frame.SEALED);
        return new Seal(current.number(), current.segmentKey(salt, number, epoch));
    }

    /** The id of the key that new segments get; null without a key. */
    @Nullable
    String id() {
        return current == null ? null : current.id();
    }

    /** Whether a segment is as it would be written now. */
    boolean isCurrent(Segment segment) {
        return current == null || segment.seal != null && segment.seal.keyNumber() == current.number();
    }

    /**
     * @param payload of the frame that {@link #seal} wrote
     * @throws ConfigurationException when the key is not there; names the file and the remedy
     */
    Seal open(ByteBuffer payload, long number, long epoch, String file) {
        long id = payload.getLong();
        var salt = new byte[payload.remaining()];
        payload.get(salt);
        for (JournalKey key : known) {
            if (key.number() == id) {
                return new Seal(id, key.segmentKey(salt, number, epoch));
            }
        }
        String given = known.isEmpty()
                ? "no key is given"
                : "the key given is "
                        + String.join(
                                " and ", known.stream().map(JournalKey::id).toList());
        throw new ConfigurationException(file + " is encrypted with the key " + JournalKey.text(id) + ", and " + given
                + ". Nothing was changed. Give the key it was written with (encryption.key or encryption.key-file; as"
                + " encryption.old-key-file, beside a new one, to change it). Without it the state directory cannot be"
                + " read: move it away to begin anew, which signs every account in again.");
    }
}
