package io.wxflux.model;

import java.net.URI;

/** What the service says to a link before somebody opens it. */
public sealed interface CheckedUrl {
    /**
     * The service sends the reader on. To the link itself if it has no objection; to a page of its own that warns, if it
     * has: compare it with the link asked about. Nothing was fetched from there.
     *
     * @param location with the scheme http or https, and a host
     */
    record GoesTo(URI location) implements CheckedUrl {}

    /**
     * The service does not send the reader on.
     *
     * @param reason in plain words
     */
    record Stops(String reason) implements CheckedUrl {}
}
