package io.wxflux.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The layout of a segment: one file header, then frames. Everything is covered by a CRC32C, and a frame's header names
 * its own position, its predecessor and how much of the file was durable when it was written; that is how recovery
 * tells damage below the durable end (an error) from a tail that was never acknowledged (cut).
 */
final class Frame {
    /**
     * Version 1 had no documents, version 2 moved no records, did not encrypt, and its snapshots did not name
     * the salts of earlier segments. What else they had is unchanged. */
    static final int VERSION = 3;

    /** "wxfluxj" and a byte that is no text. */
    static final long MAGIC = 0x7778_666C_7578_6AF1L;

    static final int FILE_MAGIC = 0;
    static final int FILE_VERSION = 8;
    static final int FILE_NUMBER = 12;
    static final int FILE_SALT = 20;
    static final int FILE_EPOCH = 28;
    static final int FILE_CRC = 36;
    static final int FILE_HEADER = 40;

    static final int LENGTH = 0;
    static final int KIND = 4;
    static final int POSITION = 8;
    static final int DURABLE = 16;
    static final int PREVIOUS = 24;
    static final int PAYLOAD_CRC = 28;
    static final int HEADER_CRC = 32;
    static final int HEADER = 36;

    /** A commit group. */
    static final int GROUP = 1;
    /** Nothing but the durable end: follows a force that no other frame follows at once. */
    static final int MARK = 2;
    /** Opens a snapshot: the earlier segments still needed and their lengths. */
    static final int SNAPSHOT = 3;
    /** The state of one account within a snapshot. */
    static final int ACCOUNT = 4;
    /** Ends a snapshot: the number of its accounts. */
    static final int SNAPSHOT_END = 5;
    /** A commit group in which at least one account changes documents. */
    static final int GROUP_WITH_DOCUMENTS = 6;
    /** Of one account within a snapshot: where those of its documents are that are in earlier segments. */
    static final int PLACES = 7;
    /** Of one account within a snapshot: documents that moved here, whole. */
    static final int DOCUMENTS = 8;

    /** Of one account within a snapshot: records that moved here, whole. */
    static final int RECORDS = 9;

    /** Follows the file header, and is itself not encrypted: the frames behind it are. */
    static final int SEALED = 10;

    /** The first version whose snapshots name salts. */
    static final int WITH_SALTS = 3;

    private Frame() {}

    static boolean isGroup(int kind) {
        return kind == GROUP || kind == GROUP_WITH_DOCUMENTS;
    }

    static int headerCrc(ByteBuffer bytes, int at, long salt, CRC32C crc) {
        crc.reset();
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (salt >>> shift));
        }
        return crc(bytes, at, HEADER_CRC, crc);
    }

    static int fileCrc(ByteBuffer bytes, int at, CRC32C crc) {
        crc.reset();
        return crc(bytes, at, FILE_CRC, crc);
    }

    static int payloadCrc(ByteBuffer bytes, int at, int length, CRC32C crc) {
        crc.reset();
        return crc(bytes, at, length, crc);
    }

    private static int crc(ByteBuffer bytes, int at, int length, CRC32C crc) {
        int position = bytes.position();
        int limit = bytes.limit();
        bytes.limit(at + length).position(at);
        crc.update(bytes);
        bytes.limit(limit).position(position);
        return (int) crc.getValue();
    }
}
