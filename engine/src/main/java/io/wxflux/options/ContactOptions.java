package io.wxflux.options;

/**
 * Bounds of what is kept of contacts.
 *
 * @param cacheBytes how much of the heap the contacts that were last looked at may take, of all accounts together; what is
 *     not there is read from the store. 0 or more, default 64 MiB; 3,000 contacts take about 3 MiB
 */
public record ContactOptions(long cacheBytes) {
    public ContactOptions {
        if (cacheBytes < 0) {
            throw new IllegalArgumentException("cacheBytes is 0 or more, not " + cacheBytes);
        }
    }

    public static ContactOptions defaults() {
        return new ContactOptions(64L * 1024 * 1024);
    }

    public ContactOptions withCacheBytes(long bytes) {
        return new ContactOptions(bytes);
    }
}
