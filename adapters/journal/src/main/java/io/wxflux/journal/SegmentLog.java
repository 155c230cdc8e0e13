package io.wxflux.journal;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.error.UnknownOutcomeException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the log: appends to the newest, begins new ones with a snapshot, drops those that nothing needs. */
final class SegmentLog {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
    private static final int CHUNK = 1 << 20;

    private final LogFiles files;
    private final int segmentBytes;
    private final Journal.Salts salts;
    private final KeyRing keys;
    private final Consumer<LogFiles.LogFile> retired;
    private final FrameBuffer frames = new FrameBuffer();
    private final List<Segment> earlier = new ArrayList<>();
    private @Nullable Segment current;
    private long epoch;
    private long moved;

    /** Where the current segment goes on, and what its next frame names as predecessor. */
    private long position;

    private int previous;
    /** Up to here the current segment is forced. */
    private long durable;
    /** The newest durable end that stands in the log itself. */
    private long marked;
    /** Beyond this the next segment is begun. */
    private long full;
    /** A failed write left bytes behind the position. */
    private boolean frayed;

    SegmentLog(
            LogFiles files, int segmentBytes, Journal.Salts salts, KeyRing keys, Consumer<LogFiles.LogFile> retired) {
        this.files = files;
        this.segmentBytes = segmentBytes;
        this.salts = salts;
        this.keys = keys;
        this.retired = retired;
    }

    /**
     * Recovers, and begins a segment of its own: what earlier runs wrote is not appended to any more. Groups that were
     * read but are not known to have been forced move into it: reading them proves nothing, it may have been from the
     * cache of a system that failed to write them.
     */
    void open(Ledgers ledgers, GroupCodec codec) throws IOException {
        Recovery recovery = Recovery.of(files, ledgers, keys);
        epoch = recovery.epoch() + 1;
        earlier.addAll(recovery.earlier());
        Segment last = recovery.newest();
        try {
            if (last != null) {
                last.length = recovery.durable();
                earlier.add(last);
            }
            for (String name : recovery.unfinished()) {
                files.delete(name);
            }
            roll(last == null ? 1 : last.number + 1, ledgers, codec, recovery.unproven());
            for (String name : recovery.dropped()) {
                files.delete(name);
            }
            if (last != null && earlier.contains(last)) {
                last.file.truncate(last.length);
            }
            encryptWhatIsNot(ledgers, codec);
            reportKey(last);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            closeFiles();
            String where = last == null ? "the journal" : describe(last) + " from offset " + last.length + " on";
            throw new CorruptStoreException(
                    where + " does not continue what is before it: " + e.getMessage() + ". " + Recovery.REMEDY, e);
        } catch (IOException | RuntimeException e) {
            closeFiles();
            throw e;
        }
    }

    /** With a key that is new, nothing stays as it was before it: what is needed of old segments moves, a part at a time. */
    private void encryptWhatIsNot(Ledgers ledgers, GroupCodec codec) throws IOException {
        long left = countOld();
        if (left > 0) {
            LOG.warn("{} files of the journal are not encrypted with this key yet: they are written anew", left);
        }
        while (left > 0) {
            next(ledgers, codec);
            long now = countOld();
            if (now >= left) {
                throw new IOException("files of the journal could not be encrypted, see the log");
            }
            left = now;
        }
    }

    /** An operator who turns encryption on, or changes the key, sees that it was done. */
    private void reportKey(@Nullable Segment before) {
        String id = keys.id();
        if (id == null) {
            return;
        }
        if (before == null || keys.isCurrent(before)) {
            LOG.info("the journal is encrypted with the key {}", id);
        } else if (before.seal == null) {
            LOG.info("the journal was plain and is encrypted with the key {} now, all of it", id);
        } else {
            LOG.info(
                    "the key of the journal was changed: {} opens it now, {} is needed no more",
                    id,
                    JournalKey.text(before.seal.keyNumber()));
        }
    }

    private long countOld() {
        return earlier.stream().filter(segment -> !keys.isCurrent(segment)).count();
    }

    long epoch() {
        return epoch;
    }

    long moved() {
        return moved;
    }

    Segment current() {
        if (current == null) {
            throw new IllegalStateException("not open");
        }
        return current;
    }

    String describe() {
        return describe(current());
    }

    String describe(Segment segment) {
        return files.describe(segment.name);
    }

    /**
     * Gets the log ready for more frames; {@link #write} takes what is put into the buffer.
     *
     * @throws IOException nothing changed, try again
     * @throws UnknownOutcomeException the log cannot go on
     */
    FrameBuffer begin(Ledgers ledgers, GroupCodec codec) throws IOException {
        mend();
        if (position >= full) {
            next(ledgers, codec);
        }
        frames.start(current(), position, previous, durable);
        return frames;
    }

    private void next(Ledgers ledgers, GroupCodec codec) throws IOException {
        Segment old = current();
        if (durable < position) {
            force();
        }
        old.length = position;
        earlier.add(old);
        try {
            roll(old.number + 1, ledgers, codec, List.of());
        } catch (IOException e) {
            earlier.remove(old);
            throw e;
        }
    }

    /**
     * @param durably whether to force, too
     * @throws IOException nothing was kept, try again
     * @throws UnknownOutcomeException the log cannot go on
     */
    void write(boolean durably) throws IOException {
        if (frames.isEmpty()) {
            return;
        }
        long end = frames.position();
        try {
            frames.writeTo(current().file);
        } catch (IOException e) {
            frayed = true;
            try {
                mend();
            } catch (IOException again) {
                e.addSuppressed(again); // Before the next write it is tried again.
            }
            throw e;
        }
        marked = durable;
        position = end;
        previous = frames.previous();
        if (durably) {
            force();
        }
    }

    /** Lets the log itself say how far it is durable. Needs no force: it only ever adds to what recovery can tell. */
    void mark() {
        if (marked == durable || frayed) {
            return;
        }
        frames.start(current(), position, previous, durable);
        frames.begin();
        frames.end(Frame.MARK);
        try {
            write(false);
        } catch (IOException e) {
            LOG.debug("no room for a mark: {}", e.toString());
        }
    }

    void finish() throws IOException {
        mend();
        mark();
        if (durable < position) {
            force();
        }
    }

    void closeFiles() {
        earlier.forEach(segment -> close(segment.file));
        if (current != null) {
            close(current.file);
        }
    }

    private void mend() throws IOException {
        if (frayed) {
            current().file.truncate(position);
            frayed = false;
        }
    }

    private void force() {
        try {
            current().file.force();
        } catch (IOException e) {
            throw new UnknownOutcomeException(
                    "forcing " + describe() + " to disk failed: nobody knows what of its last"
                            + " commits is durable, and the journal takes no more. Check the disk, then start anew: what is"
                            + " there is found, nothing is guessed (" + e + ")",
                    e);
        }
        durable = position;
    }

    /** @param groups that follow the snapshot */
    private void roll(long number, Ledgers ledgers, GroupCodec codec, List<Recovery.Unproven> groups)
            throws IOException {
        var compaction = Compaction.plan(earlier, ledgers, segmentBytes, segment -> !keys.isCurrent(segment));
        String unfinished = Segment.unfinishedName(number);
        files.delete(unfinished);
        LogFiles.LogFile file = files.create(unfinished);
        var next = new Segment(number, file, salts.next());
        var kept = new ArrayList<Segment>();
        var dropped = new ArrayList<Segment>();
        earlier.forEach(segment -> (segment.isNeeded() && !compaction.empties(segment) ? kept : dropped).add(segment));
        try {
            writeSnapshot(next, kept, compaction, ledgers, codec);
            for (Recovery.Unproven group : groups) {
                long place = writeGroup(group);
                codec.decode(group.kind(), new Payload(ByteBuffer.wrap(group.payload()), place), next, false);
            }
            frames.writeTo(file);
            file.force();
        } catch (IOException | IllegalArgumentException | BufferUnderflowException e) {
            close(file);
            files.delete(unfinished);
            throw e;
        }
        try {
            files.rename(unfinished, next.name);
            files.force();
        } catch (IOException e) {
            close(file);
            throw new UnknownOutcomeException(
                    "putting " + files.describe(next.name) + " in its place failed, and the"
                            + " journal takes no more. Check the disk, then start anew: what is there is found (" + e
                            + ")",
                    e);
        }
        current = next;
        position = frames.position();
        previous = frames.previous();
        durable = position;
        marked = position;
        full = position + Math.max(segmentBytes, position);
        ledgers.lock.lock();
        try {
            moved += compaction.done(next);
        } finally {
            ledgers.lock.unlock();
        }
        earlier.clear();
        earlier.addAll(kept);
        dropped.forEach(this::drop);
    }

    private void writeSnapshot(
            Segment next, List<Segment> kept, Compaction compaction, Ledgers ledgers, GroupCodec codec)
            throws IOException {
        frames.start(next.salt, 0, 0, 0);
        frames.putFileHeader(next.number, epoch);
        next.seal = keys.seal(next.number, epoch, frames);
        frames.seal(next.seal);
        frames.begin();
        frames.putUnsigned(kept.size());
        for (Segment segment : kept) {
            frames.putUnsigned(segment.number);
            frames.putUnsigned(segment.length);
            frames.putSigned(segment.salt);
        }
        frames.end(Frame.SNAPSHOT);
        int accounts = 0;
        for (Ledger ledger : ledgers.all()) {
            if (ledger.stored) {
                codec.encodeSnapshot(ledger, frames);
                codec.documents().encodeSnapshot(ledger, compaction, frames, next);
                codec.records().encodeSnapshot(ledger, compaction, frames);
                accounts++;
            }
            if (frames.size() > CHUNK) {
                frames.writeTo(next.file);
            }
        }
        frames.begin();
        frames.putUnsigned(accounts);
        frames.end(Frame.SNAPSHOT_END);
    }

    private long writeGroup(Recovery.Unproven group) {
        frames.begin();
        long place = frames.position();
        frames.putRaw(group.payload());
        frames.end(group.kind());
        return place;
    }

    /** The new snapshot is durable and does not name it: when this fails, the next open does it. */
    private void drop(Segment segment) {
        retired.accept(segment.file);
        try {
            files.delete(segment.name);
        } catch (IOException e) {
            LOG.warn("{} is needed no more but cannot be deleted: {}", describe(segment), e.toString());
        }
    }

    private static void close(LogFiles.LogFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing a journal file failed: {}", e.toString());
        }
    }
}
