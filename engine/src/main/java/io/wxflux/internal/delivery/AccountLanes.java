package io.wxflux.internal.delivery;

import io.wxflux.event.SinkLag;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.options.AccountSpec;
import io.wxflux.shard.CommitGroup;
import io.wxflux.sink.SinkSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lanes of one account, and how far its journal may be forgotten. */
final class AccountLanes {
    final AccountJournal journal;

    /** Whether the account waits in the queue of those with cursors to store. */
    final AtomicBoolean queued = new AtomicBoolean();

    /** Whether a commit with cursors of the account is under way: a second one might become durable before it. */
    private final AtomicBoolean committing = new AtomicBoolean();

    private final AccountSpec spec;
    private final EventDecoder decoder;

    /** Cursors of sinks that do not get the account's events now, as the store has them. */
    private final Map<String, Long> known;

    /** Those of sinks that were taken out stay until they are forgotten: their cursors may have to be stored yet. */
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    private volatile boolean leaving;
    private final AtomicLong retained = new AtomicLong(-1);

    AccountLanes(AccountSpec spec, AccountJournal journal, EventDecoder decoder, Map<String, Long> stored) {
        this.spec = spec;
        this.journal = journal;
        this.decoder = decoder;
        this.known = new ConcurrentHashMap<>(stored);
    }

    EventDecoder decoder() {
        return decoder;
    }

    /** The account is being taken out: its lanes close, but what they have yet to take is kept for when it comes back. */
    void leave() {
        leaving = true;
    }

    /** Nothing is handed over any more: whoever waits for a replay is told so. What is yet to take is kept. */
    void end() {
        leave();
        open().toList().forEach(Lane::cut);
    }

    boolean feeds(String sink) {
        return !leaving && spec.feeds(sink);
    }

    /** A lane where there is none; the one that is there otherwise. */
    Lane open(SinkPump pump, Runnable onAcknowledged) {
        return lanes.compute(pump.name(), (name, before) -> {
            if (before != null && !before.isClosed()) {
                return before;
            }
            Long at = before != null ? Long.valueOf(before.cursor()) : known.get(name);
            boolean earliest = pump.spec().from() == SinkSpec.From.EARLIEST;
            long start = at != null ? at : earliest ? journal.firstOffset() : journal.nextOffset();
            Lane lane = new Lane(pump, journal, decoder, start, at != null || !earliest, onAcknowledged);
            // Also of those known: when the account was here before, the store may not have taken its last ones.
            lane.markDirty();
            return lane;
        });
    }

    /** Null when the sink does not get this account's events. */
    @Nullable
    Lane lane(String sink) {
        Lane lane = lanes.get(sink);
        return lane == null || lane.isClosed() ? null : lane;
    }

    /** Those at work. */
    Stream<Lane> open() {
        return lanes.values().stream().filter(lane -> !lane.isClosed());
    }

    /** Those that were ever opened. */
    Stream<Lane> all() {
        return lanes.values().stream();
    }

    /** Everything below it may be dropped from the journal. */
    private long needed() {
        long needed = journal.nextOffset();
        for (Lane lane : lanes.values()) {
            if (!lane.isClosed()) {
                needed = Math.min(needed, lane.needed());
            }
        }
        return needed;
    }

    /** What is below it need not stay in memory: whoever wants it reads pages anyway. */
    long inMemory() {
        long slowest = journal.nextOffset();
        for (Lane lane : lanes.values()) {
            if (lane.keepsUp()) {
                slowest = Math.min(slowest, lane.cursor());
            }
        }
        return slowest;
    }

    boolean nobodyKeepsUp() {
        return lanes.values().stream().noneMatch(Lane::keepsUp);
    }

    /** The right to commit cursors, until {@link #committed}; false while somebody else has it. */
    boolean mayCommit() {
        return committing.compareAndSet(false, true);
    }

    void committed() {
        committing.set(false);
    }

    boolean isCommitting() {
        return committing.get();
    }

    void collect(List<CommitGroup.Cursor> cursors, List<CommitGroup.Retention> retentions) {
        for (Lane lane : lanes.values()) {
            if (lane.takeDirty()) {
                cursors.add(new CommitGroup.Cursor(lane.sinkName(), journal.account(), lane.cursor()));
            }
        }
        if (leaving) {
            return;
        }
        long from = needed();
        // It may be less than before: what a sink that is not required may hold depends on the room there is.
        if (retained.getAndAccumulate(from, Math::max) < from) {
            retentions.add(new CommitGroup.Retention(journal.account(), from));
        }
    }

    /** Of the sinks that get the account's events. */
    Map<String, Long> cursors() {
        var cursors = new HashMap<String, Long>();
        open().forEach(lane -> cursors.put(lane.sinkName(), lane.cursor()));
        return cursors;
    }

    /** Of all sinks that ever did, unless they were forgotten. */
    Map<String, Long> allCursors() {
        var cursors = new HashMap<>(known);
        all().forEach(lane -> cursors.put(lane.sinkName(), lane.cursor()));
        return cursors;
    }

    Map<String, SinkLag> lags() {
        var lags = new TreeMap<String, SinkLag>();
        open().forEach(lane -> lags.put(lane.sinkName(), lane.lag()));
        return lags;
    }

    /** @return whether there was a cursor */
    boolean forget(String sink) {
        Lane lane = lanes.get(sink);
        boolean closed = lane != null && lane.isClosed() && lanes.remove(sink, lane);
        return known.remove(sink) != null || closed;
    }

    void markDirty() {
        all().forEach(Lane::markDirty);
        retained.set(-1);
    }
}
