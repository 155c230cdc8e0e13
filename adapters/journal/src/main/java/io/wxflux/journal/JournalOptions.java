package io.wxflux.journal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the journal is and how large its parts are. Forcing is no option: a commit is durable when it completes.
 *
 * @param stateDir holds the journal and nothing else; made (0700) when it is not there
 * @param segmentBytes what is appended to one file, beside the snapshot it begins with, before the next is begun; a
 *     file can only be dropped whole. 4 KiB to 1 GiB
 * @param queuedBytes how much may wait for the disk; a commit beyond is refused with
 *     {@link io.wxflux.error.StoreUnavailableException}. A larger group is taken when nothing else waits. 64 KiB to 1 GiB
 * @param key encrypts all that is written (AES-256-GCM); null = nothing is. Files that were written without it, or with
 *     the old one, are written anew when the journal is opened, before it is used
 * @param oldKey reads what was written before the key was changed; null = there is no such
 */
public record JournalOptions(
        Path stateDir,
        int segmentBytes,
        int queuedBytes,
        @Nullable JournalKey key,
        @Nullable JournalKey oldKey) {
    public static final int DEFAULT_SEGMENT_BYTES = 16 << 20;
    public static final int DEFAULT_QUEUED_BYTES = 64 << 20;

    public JournalOptions {
        check("segmentBytes", segmentBytes, 4 << 10);
        check("queuedBytes", queuedBytes, 64 << 10);
        if (key == null && oldKey != null) {
            throw new IllegalArgumentException(
                    "an old key without a new one: a journal that is encrypted stays so, give the key it is to have");
        }
    }

    public static JournalOptions in(Path stateDir) {
        return new JournalOptions(stateDir, DEFAULT_SEGMENT_BYTES, DEFAULT_QUEUED_BYTES, null, null);
    }

    public JournalOptions withSegmentBytes(int bytes) {
        return new JournalOptions(stateDir, bytes, queuedBytes, key, oldKey);
    }

    public JournalOptions withQueuedBytes(int bytes) {
        return new JournalOptions(stateDir, segmentBytes, bytes, key, oldKey);
    }

    public JournalOptions withKey(JournalKey value) {
        return new JournalOptions(stateDir, segmentBytes, queuedBytes, value, oldKey);
    }

    /** To change the key: opened once with both, the journal is written anew, and the old one is needed no more. */
    public JournalOptions withOldKey(JournalKey value) {
        return new JournalOptions(stateDir, segmentBytes, queuedBytes, key, value);
    }

    KeyRing keys() {
        return new KeyRing(key, oldKey);
    }

    private static void check(String name, int value, int least) {
        int most = 1 << 30;
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
    }
}
