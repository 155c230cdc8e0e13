package io.wxflux.journal;

import io.wxflux.error.CorruptStoreException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the state back: the newest segment's snapshot, the places of the records in the earlier segments it names, and
 * the groups that followed the snapshot. It changes nothing on disk, so a refusal leaves everything as it was.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    static final String REMEDY = "Nothing was changed. Restore the state directory from a backup; without one,"
            + " move the whole directory away to begin anew, which signs every account in again.";

    private final LogFiles files;
    private final Ledgers ledgers;
    private final KeyRing keys;
    private final GroupCodec codec;
    private final TreeMap<Long, Segment> earlier = new TreeMap<>();
    private final List<String> unfinished = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final List<Unproven> unproven = new ArrayList<>();
    private final List<LogFiles.LogFile> opened = new ArrayList<>();
    private @Nullable Segment newest;
    /** For what is said of damage. */
    private @Nullable Segment reading;

    private long epoch;
    private long durable;

    private Recovery(LogFiles files, Ledgers ledgers, KeyRing keys) {
        this.files = files;
        this.ledgers = ledgers;
        this.keys = keys;
        this.codec = new GroupCodec(ledgers);
    }

    /** @throws io.wxflux.error.ConfigurationException when the key of a file is not there */
    static Recovery of(LogFiles files, Ledgers ledgers, KeyRing keys) throws IOException {
        var recovery = new Recovery(files, ledgers, keys);
        try {
            recovery.run();
        } catch (Values.Damage e) {
            recovery.closeAll();
            throw recovery.corrupt(e);
        } catch (IOException | RuntimeException e) {
            recovery.closeAll();
            throw e;
        }
        return recovery;
    }

    private void closeAll() throws IOException {
        for (LogFiles.LogFile file : opened) {
            file.close();
        }
    }

    /** The segment that was written to last; null when the directory holds no journal. */
    @Nullable
    Segment newest() {
        return newest;
    }

    /** The earlier ones that are still needed, oldest first. */
    List<Segment> earlier() {
        return List.copyOf(earlier.values());
    }

    /** Files that never became part of the log. */
    List<String> unfinished() {
        return unfinished;
    }

    /** Files that are no part of the log any more. */
    List<String> dropped() {
        return dropped;
    }

    /** The last grant's; 0 when there was none. */
    long epoch() {
        return epoch;
    }

    /** How much of the newest segment is known to have been forced. The ledgers hold the state at this point. */
    long durable() {
        return durable;
    }

    /** The groups after that point, in order; they may have been acknowledged or not. */
    List<Unproven> unproven() {
        return unproven;
    }

    private void run() throws IOException {
        var numbers = new ArrayList<Long>();
        for (String name : files.names()) {
            if (Segment.isUnfinished(name)) {
                unfinished.add(name);
            } else if (Segment.number(name) >= 0) {
                numbers.add(Segment.number(name));
            }
        }
        if (numbers.isEmpty()) {
            return;
        }
        numbers.sort(null);
        long last = numbers.remove(numbers.size() - 1);
        Opened head = open(last);
        newest = head.segment;
        epoch = head.epoch;
        FrameReader frames = head.frames(head.segment.file.size(), head.segment);
        readSnapshot(head, frames, numbers);
        for (long number : numbers) {
            if (!earlier.containsKey(number)) {
                dropped.add(Segment.name(number));
            }
        }
        for (Segment segment : earlier.values()) {
            readPlaces(segment);
        }
        for (Ledger ledger : ledgers.all()) {
            long missing = ledger.missing();
            if (missing >= 0) {
                throw corrupt(
                        head.segment,
                        frames.nextPosition(),
                        "record " + missing + " of " + ledger.account
                                + ", which is still needed, is in none of the files");
            }
            if (ledger.documents.awaited() != 0) {
                throw corrupt(
                        head.segment,
                        frames.nextPosition(),
                        ledger.documents.awaited() + " documents of " + ledger.account
                                + " are not where it says they are");
            }
        }
        readGroups(head.segment, frames, head.frames(head.segment.file.size(), head.segment));
    }

    private void readSnapshot(Opened head, FrameReader frames, List<Long> present) throws IOException {
        Segment segment = head.segment;
        if (!frames.advance() || frames.kind() != Frame.SNAPSHOT) {
            throw corrupt(segment, frames.nextPosition(), "the snapshot it begins with is damaged");
        }
        var needed = new ArrayList<Needed>();
        decode(segment, frames, in -> {
            for (int n = in.count(); n > 0; n--) {
                boolean salted = head.version >= Frame.WITH_SALTS;
                needed.add(new Needed(in.unsigned(), in.unsigned(), salted, salted ? in.signed() : 0));
            }
        });
        openEarlier(needed, present);
        int accounts = 0;
        while (frames.advance() && frames.kind() != Frame.SNAPSHOT_END) {
            switch (frames.kind()) {
                case Frame.ACCOUNT -> {
                    decode(segment, frames, codec::decodeSnapshot);
                    accounts++;
                }
                case Frame.PLACES ->
                    decode(segment, frames, in -> codec.documents().decodePlaces(in, earlier::get));
                case Frame.DOCUMENTS ->
                    decode(segment, frames, in -> codec.documents().decodeMoved(in, segment, false));
                case Frame.RECORDS ->
                    decode(segment, frames, in -> codec.records().decode(in, segment));
                default -> throw unknown(segment, frames);
            }
        }
        var announced = new long[] {-1};
        if (frames.kind() == Frame.SNAPSHOT_END) {
            decode(segment, frames, in -> announced[0] = in.unsigned());
        }
        if (announced[0] != accounts) {
            throw corrupt(segment, frames.nextPosition(), "the snapshot it begins with is damaged");
        }
    }

    private void openEarlier(List<Needed> all, List<Long> present) throws IOException {
        for (Needed needed : all) {
            if (!present.contains(needed.number)) {
                throw new CorruptStoreException(files.describe(Segment.name(needed.number))
                        + " is missing, but holds messages that are not delivered yet, or documents. " + REMEDY);
            }
            Segment old = open(needed.number).segment;
            old.length = needed.length;
            if (needed.salted && old.salt != needed.salt) {
                throw corrupt(old, 0, "it is another file than the one that belongs here");
            }
            if (old.file.size() < old.length) {
                throw corrupt(
                        old,
                        Math.min(old.length, old.file.size()),
                        "it has " + old.file.size() + " bytes where it had " + old.length);
            }
            earlier.put(old.number, old);
        }
    }

    /** An earlier segment, as the snapshot says it is. */
    private record Needed(long number, long length, boolean salted, long salt) {}

    private void readPlaces(Segment segment) throws IOException {
        FrameReader frames = open(segment).frames(segment.length, segment);
        while (frames.advance()) {
            int kind = frames.kind();
            if (Frame.isGroup(kind)) {
                decode(segment, frames, in -> codec.decode(kind, in, segment, true));
            } else if (kind == Frame.DOCUMENTS) {
                decode(segment, frames, in -> codec.documents().decodeMoved(in, segment, true));
            } else if (kind == Frame.RECORDS) {
                decode(segment, frames, in -> codec.records().decode(in, segment));
            }
        }
        if (frames.nextPosition() != segment.length) {
            throw corrupt(segment, frames.nextPosition(), "a checksum does not match");
        }
    }

    /** Twice: only the last frames tell how much of those before was durable. */
    private void readGroups(Segment segment, FrameReader frames, FrameReader again) throws IOException {
        long snapshotEnd = frames.nextPosition();
        durable = snapshotEnd;
        while (frames.advance()) {
            durable = Math.max(durable, frames.durable());
        }
        long end = frames.nextPosition();
        long size = segment.file.size();
        if (end < size) {
            long proof = frames.proofOfDamage();
            if (proof >= 0 || durable > end) {
                throw corrupt(
                        segment,
                        end,
                        "a checksum does not match, though the place was durable before offset "
                                + (proof >= 0 ? proof : end) + " was written");
            }
            LOG.warn(
                    "{} ends with {} bytes from offset {} on that were never acknowledged (a torn write); they are cut",
                    files.describe(segment.name),
                    size - end,
                    end);
        }
        while (again.advance()) {
            if (again.position() < snapshotEnd || again.kind() == Frame.MARK) {
                continue;
            }
            int kind = again.kind();
            if (!Frame.isGroup(kind)) {
                throw unknown(segment, again);
            }
            if (again.position() < durable) {
                decode(segment, again, in -> codec.decode(kind, in, segment, false));
            } else {
                var payload = new byte[again.payload().remaining()];
                again.payload().get(payload);
                unproven.add(new Unproven(kind, payload));
            }
        }
    }

    private Opened open(long number) throws IOException {
        LogFiles.LogFile file = files.open(Segment.name(number));
        opened.add(file);
        return open(new Segment(number, file, 0));
    }

    private Opened open(Segment segment) throws IOException {
        var header = ByteBuffer.allocate(Frame.FILE_HEADER);
        while (header.hasRemaining() && segment.file.read(header, header.position()) > 0) {
            // Some file systems answer with less than there is.
        }
        if (header.hasRemaining()) {
            throw corrupt(segment, header.position(), "its header is cut short");
        }
        int version = header.getInt(Frame.FILE_VERSION);
        int crc = Frame.fileCrc(header.clear(), 0, new CRC32C());
        boolean whole = crc == header.getInt(Frame.FILE_CRC);
        if (header.getLong(Frame.FILE_MAGIC) == Frame.MAGIC && version > Frame.VERSION) {
            throw new CorruptStoreException(files.describe(segment.name) + " says it is of format version " + version
                    + "; this wxflux reads up to version " + Frame.VERSION + ". Run the newer wxflux that wrote it;"
                    + " if there was none, the file is damaged. " + REMEDY);
        }
        if (!whole
                || header.getLong(Frame.FILE_MAGIC) != Frame.MAGIC
                || header.getLong(Frame.FILE_NUMBER) != segment.number) {
            throw corrupt(segment, 0, "its header is damaged or not of this file");
        }
        var known = new Segment(segment.number, segment.file, header.getLong(Frame.FILE_SALT));
        return new Opened(known, version, header.getLong(Frame.FILE_EPOCH), crc);
    }

    private void decode(Segment segment, FrameReader frames, Decoder decoder) {
        try {
            decoder.decode(new Payload(frames.payload(), frames.payloadPosition()));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw corrupt(segment, frames.payloadPosition(), "a frame makes no sense (" + e.getMessage() + ")");
        }
    }

    private CorruptStoreException unknown(Segment segment, FrameReader frames) {
        return corrupt(
                segment,
                frames.position(),
                "a frame of kind " + frames.kind() + " is not known to this version of wxflux, or not here");
    }

    private CorruptStoreException corrupt(Segment segment, long at, String what) {
        return new CorruptStoreException(
                files.describe(segment.name) + " is damaged at offset " + at + ": " + what + ". " + REMEDY);
    }

    private CorruptStoreException corrupt(Values.Damage damage) {
        String file = reading == null ? "the journal" : files.describe(reading.name);
        return new CorruptStoreException(file + " " + damage.getMessage() + ". " + REMEDY, damage);
    }

    /** The payload of a group, and the kind of its frame. */
    record Unproven(int kind, byte[] payload) {}

    private interface Decoder {
        void decode(Payload in);
    }

    private final class Opened {
        private final Segment segment;
        private final int version;
        private final long epoch;
        private final int fileCrc;

        Opened(Segment segment, int version, long epoch, int fileCrc) {
            this.segment = segment;
            this.version = version;
            this.epoch = epoch;
            this.fileCrc = fileCrc;
        }

        /** @param of the one whose places are noted: it gets the seal */
        FrameReader frames(long end, Segment of) {
            reading = of;
            return new FrameReader(of.file, segment.salt, fileCrc, end).unsealing(payload -> {
                Seal seal = of.seal;
                if (seal == null) {
                    seal = keys.open(payload, of.number, epoch, files.describe(of.name));
                    of.seal = seal;
                }
                return seal;
            });
        }
    }
}
