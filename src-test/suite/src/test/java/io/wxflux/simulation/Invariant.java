package io.wxflux.simulation;

/** What must hold whatever happens. Each has a planted bug or a test of its own that breaks it. */
enum Invariant {
    /** What was handed over and acknowledged reaches every sink. */
    NOTHING_LOST,
    /** A sink sees an event again only after a crash or its own failure, contiguous and with the same id. */
    NOTHING_DOUBLED,
    /** Server order, per account and sink. */
    ORDER_KEPT,
    /** Nobody gets another account's messages or cookies. */
    ACCOUNTS_APART,
    /** One call of an account's cycle at a time, one batch of an account at a time for a sink. */
    NO_OVERLAP,
    /** A key is shown only when it is the durable one, and never goes back. */
    KEY_DURABLE,
    /** SyncKey for webwxsync, SyncCheckKey for synccheck. */
    RIGHT_KEY,
    /** A new login only when the session really ended; what a strange host says ends nothing. */
    NO_FALSE_LOGIN,
    /** Requests that get nowhere become seldom. */
    RATE_BOUNDED,
    /** One failure costs a moment, however many there were before. */
    SOON_AGAIN,
    /** Accounts that failed together do not come back together. */
    NO_HERD,
    /** A host that is down is asked by few, for all. */
    FEW_PROBES,
    /** What waits for a slow sink is on disk, not in memory. */
    MEMORY_BOUNDED,
    /** Everything goes on within a bound after the last fault. */
    PROGRESS,
    /** No error that is not ours, no dropped signal, no state change that the diagram forbids. */
    NO_SURPRISE
}
