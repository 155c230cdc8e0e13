package io.wxflux.event;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one sink over all accounts, for people and dashboards.
 *
 * @param name of the sink and of its cursors
 * @param configured whether the engine has this sink; if not, only its cursors are left, and hold nothing back
 * @param required whether the journal is kept until it has everything
 * @param accounts how many accounts feed it now
 * @param behind accounts it has not had everything of
 * @param events the sum of the events it has yet to take
 * @param trouble why it did not take the last batch of one of the accounts, in plain words; null when it took all
 */
public record SinkStatus(
        String name,
        boolean configured,
        boolean required,
        int accounts,
        int behind,
        long events,
        @Nullable String trouble) {}
