package io.wxflux.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a sink is behind with one account.
 *
 * @param events in the journal that it has not taken yet
 * @param since when it last had everything; null when it has everything now
 * @param trouble why it did not take the last batch, in plain words; null when it did
 */
public record SinkLag(
        long events, @Nullable Instant since, @Nullable String trouble) {}
