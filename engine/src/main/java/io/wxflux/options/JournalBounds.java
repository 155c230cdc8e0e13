package io.wxflux.options;

/**
 * How much the journal may hold that sinks have not had yet. An account that reaches a bound is parked: its session is
 * kept alive and nothing more is fetched, until a quarter of the bound is free again. A bound is looked at before each
 * fetch, so an answer of the service may go beyond it once; the files take up to about four times what they hold.
 *
 * @param accountBytes of one account; default 256 MiB, about two days of a message each second
 * @param totalBytes of all accounts together; default 2 GiB, for which the index takes 30 to 70 MiB of heap. When it is
 *     reached, only accounts that hold more than 64 KiB are parked: one whose sinks keep up goes on
 */
public record JournalBounds(long accountBytes, long totalBytes) {
    private static final long DEFAULT_ACCOUNT_BYTES = 256L << 20;
    private static final long DEFAULT_TOTAL_BYTES = 2L << 30;

    public JournalBounds {
        if (accountBytes < 1 || totalBytes < 1) {
            throw new IllegalArgumentException(
                    "the bounds of a journal are 1 byte or more, not " + accountBytes + " and " + totalBytes);
        }
    }

    public static JournalBounds defaults() {
        return new JournalBounds(DEFAULT_ACCOUNT_BYTES, DEFAULT_TOTAL_BYTES);
    }

    public JournalBounds withAccountBytes(long bytes) {
        return new JournalBounds(bytes, totalBytes);
    }

    public JournalBounds withTotalBytes(long bytes) {
        return new JournalBounds(accountBytes, bytes);
    }
}
