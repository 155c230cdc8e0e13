package io.wxflux.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What moves into a segment that is begun, so that a few old documents, or the records of a sink that lags, do not keep
 * whole files for ever.
 *
 * <p>A segment is emptied when what is needed of it is at most a quarter of it (of a usual segment, when it is smaller, as
 * after many restarts). So it is copied at most once, at a quarter of what was once written to it; what is not emptied
 * holds more than a quarter that is needed. At each begin the two sparsest are emptied, and more while all together stay
 * below half a usual segment. A begin adds one segment: with one sparse there are no more than before, with two there is
 * one less. (One at a time would not do: it could go on and on from one sparse segment to the next.)
 */
final class Compaction {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final int SHARE = 4;
    private static final int AT_ONCE = 2;
    /** What is in memory at most while segments of another key are written anew; or one of them, if that is larger. */
    private static final long OLD_AT_ONCE = 32 << 20;

    private final Set<Segment> emptied = new HashSet<>();
    private final Map<Ledger, List<Move>> documents = new HashMap<>();
    private final Map<Ledger, List<RecordMove>> records = new HashMap<>();

    private Compaction() {}

    /**
     * Reads what is to move. What cannot be read stays where it is, to be reported to whoever asks for it.
     *
     * @param old those that are not to stay, whatever is needed of them
     */
    static Compaction plan(List<Segment> earlier, Ledgers ledgers, int segmentBytes, Predicate<Segment> old) {
        var plan = new Compaction();
        plan.emptyOld(earlier, old);
        long room = (long) AT_ONCE * segmentBytes / SHARE;
        var sparse = new ArrayList<Segment>();
        for (Segment segment : earlier) {
            long most = Math.max(segment.length, segmentBytes) / SHARE;
            if (segment.isNeeded() && segment.weight() <= most && !plan.empties(segment)) {
                sparse.add(segment);
            }
        }
        sparse.sort(Comparator.comparingLong(Segment::weight));
        for (int i = 0; i < sparse.size(); i++) {
            Segment segment = sparse.get(i);
            if (i < AT_ONCE || segment.weight() <= room) {
                plan.emptied.add(segment);
                room -= segment.weight();
            }
        }
        plan.read(ledgers);
        return plan;
    }

    private void emptyOld(List<Segment> earlier, Predicate<Segment> old) {
        long room = OLD_AT_ONCE;
        for (Segment segment : earlier) {
            if (segment.isNeeded() && old.test(segment) && (emptied.isEmpty() || segment.weight() <= room)) {
                emptied.add(segment);
                room -= segment.weight();
            }
        }
    }

    private void read(Ledgers ledgers) {
        if (emptied.isEmpty()) {
            return;
        }
        for (Ledger ledger : ledgers.all()) {
            readDocuments(ledger);
            readRecords(ledger);
        }
        documents.values().forEach(list -> list.removeIf(move -> !empties(move.from.segment())));
        records.values().forEach(list -> list.removeIf(move -> !empties(move.from)));
    }

    private void readDocuments(Ledger ledger) {
        for (DocumentPlace place : ledger.documents.all()) {
            if (!empties(place.segment())) {
                continue;
            }
            try {
                byte[] value = Values.read(ledger.account, place);
                documents.computeIfAbsent(ledger, one -> new ArrayList<>()).add(new Move(place, value));
            } catch (IOException e) {
                stays(place.segment(), "a document", ledger, e);
            }
        }
    }

    private void readRecords(Ledger ledger) {
        for (int i = 0; i < ledger.index.size(); i++) {
            Segment segment = ledger.index.segment(i);
            if (!empties(segment)) {
                continue;
            }
            try {
                var move = new RecordMove(ledger.first + i, segment, Values.read(ledger, i));
                records.computeIfAbsent(ledger, one -> new ArrayList<>()).add(move);
            } catch (IOException e) {
                stays(segment, "a record", ledger, e);
            }
        }
    }

    private void stays(Segment segment, String what, Ledger ledger, IOException e) {
        LOG.warn("{} stays, {} of {} in it cannot be read: {}", segment.name, what, ledger.account, e.toString());
        emptied.remove(segment);
    }

    /** Nothing in it is needed any more once the new segment is durable. */
    boolean empties(Segment segment) {
        return emptied.contains(segment);
    }

    List<DocumentPlace> staying(Ledger ledger) {
        return ledger.documents.all().stream()
                .filter(place -> !empties(place.segment()))
                .toList();
    }

    List<Move> moves(Ledger ledger) {
        return documents.getOrDefault(ledger, List.of());
    }

    /** In the order of their offsets. */
    List<RecordMove> recordMoves(Ledger ledger) {
        return records.getOrDefault(ledger, List.of());
    }

    /**
     * The new segment is durable.
     *
     * @return how many documents and records moved
     */
    int done(Segment next) {
        int moved = 0;
        for (Map.Entry<Ledger, List<Move>> entry : documents.entrySet()) {
            for (Move move : entry.getValue()) {
                if (move.to != null) {
                    entry.getKey().documents.move(move.from, move.to);
                    moved++;
                }
            }
        }
        for (Map.Entry<Ledger, List<RecordMove>> entry : records.entrySet()) {
            Ledger ledger = entry.getKey();
            for (RecordMove move : entry.getValue()) {
                // A group that came along with the open may have given it up.
                if (move.offset >= ledger.first) {
                    ledger.index.move((int) (move.offset - ledger.first), next, move.to);
                    moved++;
                }
            }
        }
        return moved;
    }

    /** A document that is to move, and where it is then. */
    static final class Move {
        private final DocumentPlace from;
        private final byte[] value;
        private @Nullable DocumentPlace to;

        Move(DocumentPlace from, byte[] value) {
            this.from = from;
            this.value = value;
        }

        DocumentPlace from() {
            return from;
        }

        byte[] value() {
            return value;
        }

        void arrived(DocumentPlace place) {
            to = place;
        }
    }

    /** A record that is to move, and where in the new segment it is then. */
    static final class RecordMove {
        private final long offset;
        private final Segment from;
        private final byte[] value;
        private long to;

        RecordMove(long offset, Segment from, byte[] value) {
            this.offset = offset;
            this.from = from;
            this.value = value;
        }

        long offset() {
            return offset;
        }

        byte[] value() {
            return value;
        }

        void arrived(long position) {
            to = position;
        }
    }
}
