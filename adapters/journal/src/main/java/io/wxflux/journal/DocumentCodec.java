package io.wxflux.journal;

import io.wxflux.model.AccountId;
import io.wxflux.shard.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Documents as bytes: their changes within a group, and what a snapshot says of them. */
final class DocumentCodec {
    private static final byte REMOVED = 0;
    private static final byte VALUE = 1;

    private final Ledgers ledgers;
    private final CRC32C crc = new CRC32C();

    DocumentCodec(Ledgers ledgers) {
        this.ledgers = ledgers;
    }

    /** Appends them in order; what they change counts only when it is durable. */
    List<DocumentIndex.Change> encode(List<Document> documents, FrameBuffer frames, Segment segment) {
        frames.putUnsigned(documents.size());
        var changes = new ArrayList<DocumentIndex.Change>(documents.size());
        for (Document document : documents) {
            byte[] key = document.key().getBytes(StandardCharsets.US_ASCII);
            byte[] value = document.value();
            changes.add(new DocumentIndex.Change(key, value == null ? null : put(key, value, frames, segment)));
            if (value == null) {
                frames.put(key);
                frames.put(REMOVED);
            }
        }
        return changes;
    }

    private DocumentPlace put(byte[] key, byte[] value, FrameBuffer frames, Segment segment) {
        frames.put(key);
        frames.put(VALUE);
        frames.putUnsigned(value.length);
        long position = frames.position();
        frames.putRaw(value);
        crc.reset();
        crc.update(value);
        return new DocumentPlace(key, segment, position, value.length, (int) crc.getValue());
    }

    List<DocumentIndex.Change> decode(Payload in, Segment segment) {
        var changes = new ArrayList<DocumentIndex.Change>();
        for (int n = in.count(); n > 0; n--) {
            byte[] key = in.bytes();
            byte kind = in.next();
            if (kind != REMOVED && kind != VALUE) {
                throw new IllegalArgumentException("a change of kind " + kind + " to a document");
            }
            DocumentPlace place = null;
            if (kind == VALUE) {
                int length = in.count();
                long position = in.filePosition();
                place = new DocumentPlace(key, segment, position, length, in.skip(length, crc));
            }
            changes.add(new DocumentIndex.Change(key, place));
        }
        return changes;
    }

    /** Frames of a snapshot: the places of those documents of an account that stay, and those that move, whole. */
    void encodeSnapshot(Ledger ledger, Compaction compaction, FrameBuffer frames, Segment next) {
        List<DocumentPlace> staying = compaction.staying(ledger);
        if (!staying.isEmpty()) {
            frames.begin();
            frames.put(ledger.account.value());
            frames.putUnsigned(staying.size());
            for (DocumentPlace place : staying) {
                frames.put(place.key());
                frames.putUnsigned(place.segment().number);
                frames.putUnsigned(place.position());
                frames.putUnsigned(place.length());
                frames.putSigned(place.crc());
            }
            frames.end(Frame.PLACES);
        }
        List<Compaction.Move> moves = compaction.moves(ledger);
        if (!moves.isEmpty()) {
            frames.begin();
            frames.put(ledger.account.value());
            frames.putUnsigned(moves.size());
            for (Compaction.Move move : moves) {
                move.arrived(put(move.from().key(), move.value(), frames, next));
            }
            frames.end(Frame.DOCUMENTS);
        }
    }

    void decodePlaces(Payload in, LongFunction<@Nullable Segment> segments) {
        Ledger ledger = ledgers.of(AccountId.of(in.text()));
        for (int n = in.count(); n > 0; n--) {
            byte[] key = in.bytes();
            long number = in.unsigned();
            Segment segment = segments.apply(number);
            if (segment == null) {
                throw new IllegalArgumentException("a document of " + ledger.account + " is in segment " + number
                        + ", which is not among those still needed");
            }
            ledger.documents.await(
                    new DocumentPlace(key, segment, in.unsigned(), (int) in.unsigned(), (int) in.signed()));
        }
        end(in);
    }

    /** Takes over what had moved into this segment when it was begun; or only confirms where the snapshot says it is. */
    void decodeMoved(Payload in, Segment segment, boolean placesOnly) {
        AccountId account = AccountId.of(in.text());
        Ledger ledger = placesOnly ? ledgers.find(account) : ledgers.of(account);
        take(ledger, decode(in, segment), placesOnly);
        end(in);
    }

    static void take(@Nullable Ledger ledger, List<DocumentIndex.Change> changes, boolean placesOnly) {
        if (ledger == null) {
            return;
        }
        if (!placesOnly) {
            ledger.documents.apply(changes);
            return;
        }
        for (DocumentIndex.Change change : changes) {
            if (change.place() != null) {
                ledger.documents.confirm(change.place());
            }
        }
    }

    private static void end(Payload in) {
        if (!in.atEnd()) {
            throw new IllegalArgumentException("more bytes than its documents have");
        }
    }
}
