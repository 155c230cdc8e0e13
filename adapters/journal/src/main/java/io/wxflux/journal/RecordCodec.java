package io.wxflux.journal;

import io.wxflux.model.AccountId;
import java.util.List;
import java.util.zip.CRC32C;

/** Records that moved, as bytes of a snapshot. */
final class RecordCodec {
    /** About as much in one frame. */
    private static final int FRAME_BYTES = 1 << 20;

    private final Ledgers ledgers;
    private final CRC32C crc = new CRC32C();

    RecordCodec(Ledgers ledgers) {
        this.ledgers = ledgers;
    }

    void encodeSnapshot(Ledger ledger, Compaction compaction, FrameBuffer frames) {
        List<Compaction.RecordMove> moves = compaction.recordMoves(ledger);
        for (int i = 0; i < moves.size(); ) {
            long bytes = 0;
            int end = i;
            while (end < moves.size() && bytes < FRAME_BYTES) {
                bytes += moves.get(end++).value().length;
            }
            frames.begin();
            frames.put(ledger.account.value());
            frames.putUnsigned(end - i);
            for (; i < end; i++) {
                Compaction.RecordMove move = moves.get(i);
                frames.putUnsigned(move.offset());
                frames.putUnsigned(move.value().length);
                move.arrived(frames.position());
                frames.putRaw(move.value());
            }
            frames.end(Frame.RECORDS);
        }
    }

    /** Of an account whose snapshot was read before; records that it needs no more are passed over. */
    void decode(Payload in, Segment segment) {
        Ledger ledger = ledgers.find(AccountId.of(in.text()));
        for (int n = in.count(); n > 0; n--) {
            long offset = in.unsigned();
            int length = in.count();
            long position = in.filePosition();
            int recordCrc = in.skip(length, crc);
            if (ledger != null) {
                ledger.found(offset, segment, position, length, recordCrc);
            }
        }
        if (!in.atEnd()) {
            throw new IllegalArgumentException("more bytes than its records have");
        }
    }
}
