package io.wxflux.journal;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.error.UnknownOutcomeException;
import io.wxflux.model.AccountId;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.JournalRecord;
import io.wxflux.shard.StoredAccount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The journal without its threads: one thread opens, commits and closes it, another may read at the same time. All
 * methods block.
 */
final class Journal {
    private final Ledgers ledgers = new Ledgers();
    private final GroupCodec codec = new GroupCodec(ledgers);
    private final SegmentLog log;
    private @Nullable UnknownOutcomeException broken;

    private Journal(SegmentLog log) {
        this.log = log;
    }

    /** As {@link #open(LogFiles, int, Salts, KeyRing, Consumer)}, not encrypted. */
    static Journal open(LogFiles files, int segmentBytes, Salts salts, Consumer<LogFiles.LogFile> retired)
            throws IOException {
        return open(files, segmentBytes, salts, KeyRing.NONE, retired);
    }

    /**
     * @param salts unpredictable numbers
     * @param retired takes the files that are no longer part of the log, to close them when no read uses them
     */
    static Journal open(LogFiles files, int segmentBytes, Salts salts, KeyRing keys, Consumer<LogFiles.LogFile> retired)
            throws IOException {
        var log = new SegmentLog(files, segmentBytes, salts, keys, retired);
        var journal = new Journal(log);
        log.open(journal.ledgers, journal.codec);
        return journal;
    }

    long epoch() {
        return log.epoch();
    }

    List<StoredAccount> stored() {
        if (broken != null) {
            throw broken;
        }
        return ledgers.stored();
    }

    /** Makes the groups durable, each whole or not at all; afterwards each has its {@link Entry#failure()} or is stored. */
    void commit(List<? extends Entry> batch) {
        if (broken != null) {
            for (Entry entry : batch) {
                entry.fail(broken);
            }
            return;
        }
        FrameBuffer frames;
        try {
            frames = log.begin(ledgers, codec);
        } catch (IOException e) {
            failAll(batch, unavailable(e));
            return;
        } catch (UnknownOutcomeException e) {
            broken = e;
            failAll(batch, e);
            return;
        }
        try {
            log.write(encode(batch, frames));
        } catch (IOException e) {
            drop(batch);
            failAll(batch, unavailable(e));
            return;
        } catch (UnknownOutcomeException e) {
            broken = e;
            drop(batch);
            failAll(batch, e);
            return;
        }
        ledgers.lock.lock();
        try {
            for (Entry entry : batch) {
                if (entry.failure() == null) {
                    ledgers.apply(entry.group(), entry.staged);
                }
            }
        } finally {
            ledgers.lock.unlock();
        }
    }

    /** After an error that nobody foresaw nothing is known of what the last commits left behind. */
    UnknownOutcomeException breakDown(Throwable cause) {
        broken = new UnknownOutcomeException(
                "the journal stopped after an unexpected error and takes no more; start anew: " + cause, cause);
        return broken;
    }

    /** For a moment of quiet after a commit: notes in the log that what was acknowledged is durable. */
    void settle() {
        if (broken == null) {
            log.mark();
        }
    }

    List<JournalRecord> read(AccountId account, long from, int maxBytes) {
        List<Ledgers.Place> places = ledgers.page(account, from, maxBytes);
        var records = new ArrayList<JournalRecord>(places.size());
        var crc = new CRC32C();
        for (int i = 0; i < places.size(); ) {
            int last = i;
            while (last + 1 < places.size() && follows(places.get(last), places.get(last + 1))) {
                last++;
            }
            Ledgers.Place first = places.get(i);
            int length = (int) (places.get(last).end() - first.position());
            ByteBuffer bytes = read(first.segment(), () -> Values.read(first.segment(), first.position(), length));
            for (; i <= last; i++) {
                Ledgers.Place place = places.get(i);
                var payload = new byte[place.length()];
                bytes.get((int) (place.position() - first.position()), payload);
                crc.reset();
                crc.update(payload);
                if ((int) crc.getValue() != place.crc()) {
                    throw damaged(
                            place.segment(),
                            "is damaged at offset " + place.position() + ": record " + place.offset() + " of " + account
                                    + " is not what was written");
                }
                records.add(new JournalRecord(account, place.offset(), payload));
            }
        }
        return records;
    }

    /** Only a length stands between the records of one commit. */
    private static boolean follows(Ledgers.Place one, Ledgers.Place other) {
        long gap = other.position() - one.end();
        return one.segment() == other.segment()
                && gap >= 0
                && gap <= 10
                && other.end() - one.position() < Integer.MAX_VALUE;
    }

    byte @Nullable [] document(AccountId account, String key) {
        DocumentPlace place = ledgers.document(account, key);
        return place == null ? null : read(place.segment(), () -> Values.read(account, place));
    }

    /** How many documents moved to another segment since the journal was opened. */
    long moved() {
        return log.moved();
    }

    List<String> documentKeys(AccountId account, String prefix) {
        return ledgers.documentKeys(account, prefix);
    }

    private <T> T read(Segment segment, Reading<T> reading) {
        try {
            return reading.read();
        } catch (Values.Damage e) {
            throw damaged(segment, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "reading " + log.describe(segment) + " failed and may be tried again: " + e, e);
        }
    }

    private CorruptStoreException damaged(Segment segment, String what) {
        return new CorruptStoreException(log.describe(segment) + " " + what
                + ". Stop, check the disk, and restore the state directory from a backup.");
    }

    long heldBytes(AccountId account) {
        return ledgers.heldBytes(account);
    }

    long heldBytes() {
        return ledgers.heldBytes();
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Makes cursors durable that no commit has carried yet. Files stay open for reads that are under way. */
    void finish() throws IOException {
        if (broken == null) {
            log.finish();
        }
    }

    void closeFiles() {
        log.closeFiles();
    }

    private boolean encode(List<? extends Entry> batch, FrameBuffer frames) {
        boolean durable = false;
        ledgers.lock.lock();
        try {
            for (Entry entry : batch) {
                try {
                    ledgers.check(entry.group());
                } catch (IllegalArgumentException e) {
                    entry.fail(e);
                    continue;
                }
                entry.staged = codec.encode(entry.group(), frames, log.current());
                durable |= !entry.staged.shares().isEmpty();
            }
        } finally {
            ledgers.lock.unlock();
        }
        return durable;
    }

    private void drop(List<? extends Entry> batch) {
        ledgers.lock.lock();
        try {
            for (Entry entry : batch) {
                entry.staged.shares().forEach(share -> share.ledger().dropUnderWay());
            }
        } finally {
            ledgers.lock.unlock();
        }
    }

    private static void failAll(List<? extends Entry> batch, RuntimeException failure) {
        for (Entry entry : batch) {
            if (entry.failure() == null) {
                entry.fail(failure);
            }
        }
    }

    private StoreUnavailableException unavailable(IOException e) {
        return new StoreUnavailableException(
                "writing " + log.describe() + " failed; nothing of the commit was kept and it may be tried again: " + e,
                e);
    }

    /** A group and what became of it. */
    static class Entry {
        private final CommitGroup group;
        private Staged staged = Staged.NOTHING;
        private @Nullable RuntimeException failure;

        Entry(CommitGroup group) {
            this.group = group;
        }

        CommitGroup group() {
            return group;
        }

        @Nullable
        RuntimeException failure() {
            return failure;
        }

        void fail(RuntimeException e) {
            failure = e;
        }
    }

    interface Salts {
        long next();
    }
}
