package io.wxflux.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which documents move into a segment that is begun, so that a few old ones do not keep whole files for ever.
 *
 * <p>A segment is emptied when it holds no record that is still needed, and its documents are at most a quarter of it (of
 * a usual segment, when it is smaller, as after many restarts). So it is copied at most once, at a quarter of what was
 * once written to it; what is not emptied holds more than a quarter that is needed. At each begin the two sparsest are
 * emptied, and more while all together stay below half a usual segment. A begin adds one segment: with one sparse there
 * are no more than before, with two there is one less. (One at a time would not do: it could go on and on from one sparse
 * segment to the next.)
 */
final class Compaction {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final int SHARE = 4;
    private static final int AT_ONCE = 2;

    private final Set<Segment> emptied = new HashSet<>();
    private final Map<Ledger, List<Move>> moves = new HashMap<>();

    private Compaction() {}

    /** Reads what is to move. What cannot be read stays where it is, to be reported to whoever asks for it. */
    static Compaction plan(List<Segment> earlier, Ledgers ledgers, int segmentBytes) {
        var plan = new Compaction();
        long room = (long) AT_ONCE * segmentBytes / SHARE;
        var sparse = new ArrayList<Segment>();
        for (Segment segment : earlier) {
            long most = Math.max(segment.length, segmentBytes) / SHARE;
            if (segment.live == 0 && segment.documents > 0 && segment.documentBytes <= most) {
                sparse.add(segment);
            }
        }
        sparse.sort(Comparator.comparingLong(segment -> segment.documentBytes));
        for (Segment segment : sparse) {
            if (plan.emptied.size() < AT_ONCE || segment.documentBytes <= room) {
                plan.emptied.add(segment);
                room -= segment.documentBytes;
            }
        }
        if (!plan.emptied.isEmpty()) {
            ledgers.all().forEach(plan::read);
            plan.moves.values().forEach(list -> list.removeIf(move -> !plan.empties(move.from.segment())));
        }
        return plan;
    }

    private void read(Ledger ledger) {
        for (DocumentPlace place : ledger.documents.all()) {
            if (!empties(place.segment())) {
                continue;
            }
            try {
                byte[] value = Values.read(ledger.account, place);
                moves.computeIfAbsent(ledger, one -> new ArrayList<>()).add(new Move(place, value));
            } catch (IOException e) {
                LOG.warn(
                        "{} stays, a document of {} in it cannot be read: {}",
                        place.segment().name,
                        ledger.account,
                        e.toString());
                emptied.remove(place.segment());
            }
        }
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
        return moves.getOrDefault(ledger, List.of());
    }

    /**
     * The new segment is durable.
     *
     * @return how many documents moved
     */
    int done() {
        int moved = 0;
        for (Map.Entry<Ledger, List<Move>> entry : moves.entrySet()) {
            for (Move move : entry.getValue()) {
                if (move.to != null) {
                    entry.getKey().documents.move(move.from, move.to);
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
}
