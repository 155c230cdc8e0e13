package io.wxflux.load;

/** What runs in a client process: it signs accounts in and hands every message to its {@link Meter}s. */
interface Client extends AutoCloseable {
    /** Begins to sign in; returns at once. */
    void start();

    /** How many accounts are signed in and poll. */
    int ready();

    /** Requests that failed, or accounts that were refused. */
    long failures();

    /** What went wrong last; empty when nothing did. */
    String problem();

    @Override
    void close();
}
