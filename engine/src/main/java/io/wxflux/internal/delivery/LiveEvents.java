package io.wxflux.internal.delivery;

import io.wxflux.event.AccountEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** Everything that happens, for whoever looks on. Each subscriber has its own bounded buffer and sees its own overflow. */
public final class LiveEvents {
    static final int BUFFER = 1_024;

    private volatile boolean completed;
    private final List<LiveSubscription> all = new CopyOnWriteArrayList<>();
    private final List<LiveSubscription> liveOnly = new CopyOnWriteArrayList<>();

    /** Nobody looks on: journaled events need not be decoded for it. */
    boolean isIdle() {
        return all.isEmpty();
    }

    /** Publishes an event of either kind. */
    public void publish(AccountEvent event) {
        all.forEach(subscriber -> subscriber.offer(event));
        if (!event.isJournaled()) {
            liveOnly.forEach(subscriber -> subscriber.offer(event));
        }
    }

    /** Completes all that subscribe, now or later. */
    public void complete() {
        completed = true;
        all.forEach(LiveSubscription::complete);
        liveOnly.forEach(LiveSubscription::complete);
    }

    /**
     * Everything. <b>Errors</b> {@link io.wxflux.error.EventsMissedException} for a subscriber that is more than
     * {@value #BUFFER} events behind, and for it alone.
     */
    public Flux<AccountEvent> flux() {
        return subscriptions(all);
    }

    /** What no journal keeps. */
    public Flux<AccountEvent> liveOnly() {
        return subscriptions(liveOnly);
    }

    private Flux<AccountEvent> subscriptions(List<LiveSubscription> subscribers) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super AccountEvent> actual) {
                var subscription = new LiveSubscription(actual, BUFFER, subscribers::remove);
                actual.onSubscribe(subscription);
                subscribers.add(subscription);
                // Behind the entry in the list: the others look the other way round, so that one sees the other.
                if (subscription.isCancelled()) {
                    subscribers.remove(subscription);
                } else if (completed) {
                    subscription.complete();
                }
            }
        };
    }
}
