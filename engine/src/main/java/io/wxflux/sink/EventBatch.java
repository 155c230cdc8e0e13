package io.wxflux.sink;

import io.wxflux.event.AccountEvent;
import io.wxflux.model.AccountId;
import java.util.List;

/**
 * Consecutive journaled events of one account, in order.
 *
 * @param account whose events these are
 * @param events at least one; each has a {@code sequence}
 * @param next the journal offset after the last event: a transactional sink stores it with the events
 */
public record EventBatch(AccountId account, List<AccountEvent> events, long next) {
    public EventBatch {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one event");
        }
    }

    /**
     * A batch of one.
     *
     * @throws IllegalArgumentException for an event that is live only
     */
    public static EventBatch of(AccountEvent event) {
        long sequence = event.head()
                .sequence()
                .orElseThrow(() -> new IllegalArgumentException("an event without sequence: it is live only"));
        return new EventBatch(event.account(), List.of(event), sequence + 1);
    }
}
