package io.wxflux.journal;

import io.wxflux.model.AccountId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Bytes of a segment, read back and checked. */
final class Values {
    private Values() {}

    /** @throws Damage when it is not what was written */
    static byte[] read(AccountId account, DocumentPlace place) throws IOException {
        byte[] value = read(place.segment(), place.position(), place.length()).array();
        var crc = new CRC32C();
        crc.update(value);
        if ((int) crc.getValue() != place.crc()) {
            throw new Damage("is damaged at offset " + place.position() + ": document " + place.keyText() + " of "
                    + account + " is not what was written");
        }
        return value;
    }

    /**
     * @param i of the record in the index
     * @throws Damage when it is not what was written
     */
    static byte[] read(Ledger ledger, int i) throws IOException {
        RecordIndex index = ledger.index;
        byte[] value =
                read(index.segment(i), index.position(i), index.length(i)).array();
        var crc = new CRC32C();
        crc.update(value);
        if ((int) crc.getValue() != index.crc(i)) {
            throw new Damage("is damaged at offset " + index.position(i) + ": record " + (ledger.first + i) + " of "
                    + ledger.account + " is not what was written");
        }
        return value;
    }

    /** @throws Damage when the file ends before */
    static ByteBuffer read(Segment segment, long position, int length) throws IOException {
        return segment.seal == null
                ? readPlain(segment, position, length)
                : segment.seal.read(segment, position, length);
    }

    /** As it stands there. */
    static ByteBuffer readPlain(Segment segment, long position, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (segment.file.read(bytes, position + bytes.position()) <= 0) {
                throw new Damage("was cut short from outside while it was in use");
            }
        }
        return bytes.flip();
    }

    /** The file is not what it was. */
    static final class Damage extends IOException {
        private static final long serialVersionUID = 1L;

        Damage(String what) {
            super(what);
        }
    }
}
