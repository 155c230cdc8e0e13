package io.wxflux.model;

import org.jspecify.annotations.Nullable;

/**
 * A place that somebody sent.
 *
 * @param label the address, or the name of the place; empty when nothing tells it
 * @param coordinates null when nothing tells them
 * @param url of a page that shows it, public; empty when there is none. Written by somebody else
 */
public record Place(String label, @Nullable Coordinates coordinates, String url) {
    /** Where people are stays out of logs. */
    @Override
    public String toString() {
        return "Place[" + (coordinates == null ? "without" : "with") + " coordinates]";
    }
}
