package io.wxflux.internal.transport;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One complete gzip member (RFC 1952), decoded within limits. Done here and not by a library's handler, because those know
 * neither a limit on what comes out nor that a body which ends early is no body.
 */
final class GzipBody {
    /** What a compressor can reach on real text is far below. */
    private static final int MOST_RATIO = 200;

    private static final int RATIO_COUNTS_FROM = 1 << 20;
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private GzipBody() {}

    static byte[] decoded(byte[] body, int length, int most) throws BrokenAnswer {
        int at = afterHeader(body, length);
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(body, at, length - at);
            byte[] out = new byte[(int) Math.min(Math.max(most, 1), Math.max(1_024, 4L * length))];
            int size = 0;
            CRC32 crc = new CRC32();
            while (true) {
                int some = inflater.inflate(out, size, out.length - size);
                crc.update(out, size, some);
                size += some;
                if (inflater.finished()) {
                    break;
                }
                if (size > RATIO_COUNTS_FROM && size / MOST_RATIO > inflater.getBytesRead()) {
                    throw new BrokenAnswer("its gzip body unpacks to more than " + MOST_RATIO + " times its size");
                }
                if (size == out.length) {
                    if (size >= most) {
                        // Only the end of the stream may still be missing here.
                        if (inflater.inflate(new byte[1]) > 0 || !inflater.finished()) {
                            throw BrokenAnswer.tooLarge(most);
                        }
                        break;
                    }
                    out = Arrays.copyOf(out, (int) Math.min(most, 2L * out.length));
                } else if (some == 0) {
                    throw cut();
                }
            }
            if (size > most) {
                throw BrokenAnswer.tooLarge(most);
            }
            int left = inflater.getRemaining();
            if (left < TRAILER) {
                throw cut();
            }
            if (left > TRAILER) {
                throw new BrokenAnswer("something follows its gzip body");
            }
            if (little(body, length - 8) != (int) crc.getValue() || little(body, length - 4) != size) {
                throw new BrokenAnswer("the check sum of its gzip body is wrong");
            }
            return size == out.length ? out : Arrays.copyOf(out, size);
        } catch (DataFormatException e) {
            throw new BrokenAnswer("its gzip body is damaged");
        } finally {
            inflater.end();
        }
    }

    private static int afterHeader(byte[] body, int length) throws BrokenAnswer {
        if (length < HEADER) {
            throw cut();
        }
        if (body[0] != 0x1f || body[1] != (byte) 0x8b || body[2] != 8) {
            throw new BrokenAnswer("its body is not the gzip it is said to be");
        }
        int flags = body[3];
        int at = HEADER;
        if ((flags & EXTRA) != 0) {
            if (length < at + 2) {
                throw cut();
            }
            at += 2 + (body[at] & 0xff) + ((body[at + 1] & 0xff) << 8);
        }
        if ((flags & NAME) != 0) {
            at = afterZero(body, at, length);
        }
        if ((flags & COMMENT) != 0) {
            at = afterZero(body, at, length);
        }
        if ((flags & HEADER_CRC) != 0) {
            at += 2;
        }
        if (at >= length) {
            throw cut();
        }
        return at;
    }

    private static int afterZero(byte[] body, int from, int length) throws BrokenAnswer {
        for (int i = from; i < length; i++) {
            if (body[i] == 0) {
                return i + 1;
            }
        }
        throw cut();
    }

    private static int little(byte[] body, int at) {
        return (body[at] & 0xff)
                | (body[at + 1] & 0xff) << 8
                | (body[at + 2] & 0xff) << 16
                | (body[at + 3] & 0xff) << 24;
    }

    private static BrokenAnswer cut() {
        return new BrokenAnswer("its gzip body ends too early");
    }
}
