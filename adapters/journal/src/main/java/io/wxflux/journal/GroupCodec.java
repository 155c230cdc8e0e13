package io.wxflux.journal;

import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.model.SyncKey;
import io.wxflux.model.SyncPosition;
import io.wxflux.model.Uin;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.SeenMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Groups and account states as bytes. What a frame holds here and in {@link DocumentCodec} is what format version
 * {@value Frame#VERSION} means.
 */
final class GroupCodec {
    private static final byte SESSION = 1;
    private static final byte POSITION = 2;

    private final Ledgers ledgers;
    private final DocumentCodec documents;
    private final RecordCodec records;
    private final CRC32C crc = new CRC32C();

    GroupCodec(Ledgers ledgers) {
        this.ledgers = ledgers;
        this.documents = new DocumentCodec(ledgers);
        this.records = new RecordCodec(ledgers);
    }

    DocumentCodec documents() {
        return documents;
    }

    RecordCodec records() {
        return records;
    }

    /**
     * Appends a frame with what is new in a checked group and puts its records under way in the index.
     *
     * @return if anything, the group must be durable before it is acknowledged
     */
    Staged encode(CommitGroup group, FrameBuffer frames, Segment segment) {
        var fresh = new ArrayList<AccountCommit>(group.accounts().size());
        for (AccountCommit commit : group.accounts()) {
            Ledger ledger = ledgers.of(commit.account());
            if (!ledger.repeats(commit, ledger.written())) {
                fresh.add(commit);
            }
        }
        if (fresh.isEmpty() && group.cursors().isEmpty() && group.retentions().isEmpty()) {
            return Staged.NOTHING;
        }
        boolean withDocuments =
                fresh.stream().anyMatch(commit -> !commit.documents().isEmpty());
        var shares = new ArrayList<Staged.Share>(fresh.size());
        frames.begin();
        frames.putUnsigned(fresh.size());
        for (AccountCommit commit : fresh) {
            Ledger ledger = ledgers.of(commit.account());
            encode(commit, ledger, frames, segment);
            shares.add(new Staged.Share(
                    ledger, commit, withDocuments ? documents.encode(commit.documents(), frames, segment) : List.of()));
        }
        frames.putUnsigned(group.cursors().size());
        for (CommitGroup.Cursor cursor : group.cursors()) {
            frames.put(cursor.sink());
            frames.put(cursor.account().value());
            frames.putSigned(cursor.offset());
        }
        frames.putUnsigned(group.retentions().size());
        for (CommitGroup.Retention retention : group.retentions()) {
            frames.put(retention.account().value());
            frames.putSigned(retention.from());
        }
        frames.end(withDocuments ? Frame.GROUP_WITH_DOCUMENTS : Frame.GROUP);
        return new Staged(shares);
    }

    private void encode(AccountCommit commit, Ledger ledger, FrameBuffer frames, Segment segment) {
        frames.put(commit.account().value());
        encodeState(commit.session(), commit.position(), commit.seen(), frames);
        ledger.beginAt(commit.firstOffset());
        long first = ledger.written();
        int known = (int) Math.min(commit.records().size(), first - commit.firstOffset());
        frames.putUnsigned(first);
        frames.putUnsigned(commit.records().size() - known);
        for (int i = known; i < commit.records().size(); i++) {
            byte[] record = commit.records().get(i);
            crc.reset();
            crc.update(record);
            frames.putUnsigned(record.length);
            ledger.index.add(segment, frames.position(), record.length, (int) crc.getValue());
            frames.putRaw(record);
        }
    }

    /**
     * Takes a group over: all of it, or only the places of those records and documents that the snapshot still needs.
     *
     * @param kind of its frame
     */
    void decode(int kind, Payload in, Segment segment, boolean placesOnly) {
        for (int n = in.count(); n > 0; n--) {
            AccountId account = AccountId.of(in.text());
            State state = decodeState(in);
            long first = in.unsigned();
            int count = in.count();
            Ledger ledger = placesOnly ? ledgers.find(account) : ledgers.of(account);
            if (!placesOnly && ledger != null) {
                ledger.beginAt(first);
            }
            if (!placesOnly && ledger != null && first != ledger.next) {
                throw new IllegalArgumentException(
                        "the group continues " + account + " at offset " + first + ", not at " + ledger.next);
            }
            for (long offset = first; offset < first + count; offset++) {
                int length = in.count();
                long position = in.filePosition();
                int recordCrc = in.skip(length, crc);
                if (ledger == null) {
                    continue;
                }
                if (placesOnly) {
                    ledger.found(offset, segment, position, length, recordCrc);
                    continue;
                }
                if (offset != ledger.written()) {
                    throw new IllegalArgumentException(
                            "record " + ledger.written() + " of " + account + " is missing before " + offset);
                }
                ledger.index.add(segment, position, length, recordCrc);
            }
            if (!placesOnly && ledger != null) {
                ledger.accept(state.session, state.position, state.seen, first + count);
            }
            if (kind == Frame.GROUP_WITH_DOCUMENTS) {
                DocumentCodec.take(ledger, documents.decode(in, segment), placesOnly);
            }
        }
        if (!placesOnly) {
            decodeProgress(in);
        }
    }

    private void decodeProgress(Payload in) {
        for (int n = in.count(); n > 0; n--) {
            String sink = in.text();
            ledgers.of(AccountId.of(in.text())).move(sink, in.signed());
        }
        for (int n = in.count(); n > 0; n--) {
            Ledger ledger = ledgers.find(AccountId.of(in.text()));
            long from = in.signed();
            if (ledger != null) {
                ledger.trim(from);
            }
        }
        if (!in.atEnd()) {
            throw new IllegalArgumentException("more bytes than a group has");
        }
    }

    /** The state of an account, without its records and documents, as part of a snapshot. */
    void encodeSnapshot(Ledger ledger, FrameBuffer frames) {
        frames.begin();
        frames.put(ledger.account.value());
        encodeState(ledger.session, ledger.position, ledger.window.entries(), frames);
        frames.putUnsigned(ledger.first);
        frames.putUnsigned(ledger.next);
        frames.putUnsigned(ledger.cursors.size());
        ledger.cursors.forEach((sink, offset) -> {
            frames.put(sink);
            frames.putUnsigned(offset);
        });
        frames.end(Frame.ACCOUNT);
    }

    void decodeSnapshot(Payload in) {
        Ledger ledger = ledgers.of(AccountId.of(in.text()));
        State state = decodeState(in);
        ledger.first = in.unsigned();
        ledger.accept(state.session, state.position, state.seen, in.unsigned());
        for (int n = in.count(); n > 0; n--) {
            String sink = in.text();
            ledger.move(sink, in.unsigned());
        }
        long records = ledger.next - ledger.first;
        if (!in.atEnd() || ledger.first < 0 || records < 0 || records > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the state of " + ledger.account + " makes no sense");
        }
        ledger.index.await((int) records);
    }

    private static void encodeState(
            byte @Nullable [] session, @Nullable SyncPosition position, List<SeenMessage> seen, FrameBuffer frames) {
        frames.put((byte) ((session == null ? 0 : SESSION) | (position == null ? 0 : POSITION)));
        if (session != null) {
            frames.put(session);
        }
        if (position != null) {
            encodeKey(position.syncKey(), frames);
            encodeKey(position.syncCheckKey(), frames);
        }
        frames.putUnsigned(seen.size());
        for (SeenMessage message : seen) {
            frames.putUnsigned(message.uin().value());
            frames.put(message.id().value());
            frames.putSigned(message.seenAtSecond());
        }
    }

    private static State decodeState(Payload in) {
        int flags = in.next();
        byte[] session = (flags & SESSION) == 0 ? null : in.bytes();
        SyncPosition position = (flags & POSITION) == 0 ? null : new SyncPosition(decodeKey(in), decodeKey(in));
        int count = in.count();
        var seen = new ArrayList<SeenMessage>(count);
        for (int i = 0; i < count; i++) {
            seen.add(new SeenMessage(new Uin(in.unsigned()), new MsgId(in.text()), in.signed()));
        }
        return new State(session, position, seen);
    }

    private static void encodeKey(SyncKey key, FrameBuffer frames) {
        frames.putUnsigned(key.entries().size());
        for (SyncKey.Entry entry : key.entries()) {
            frames.putSigned(entry.key());
            frames.putSigned(entry.val());
        }
    }

    private static SyncKey decodeKey(Payload in) {
        int count = in.count();
        var entries = new ArrayList<SyncKey.Entry>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new SyncKey.Entry((int) in.signed(), in.signed()));
        }
        return new SyncKey(entries);
    }

    private record State(
            byte @Nullable [] session, @Nullable SyncPosition position, List<SeenMessage> seen) {}
}
