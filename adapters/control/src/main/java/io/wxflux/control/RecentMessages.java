package io.wxflux.control;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.model.MsgId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/**
 * The newest messages, as they came. Media ids and tickets stand in no event outside, so what is to be fetched, accepted
 * or passed on by the id of its message has to be remembered here. Written by one thread, read by any.
 */
final class RecentMessages {
    private static final Logger LOG = LoggerFactory.getLogger("io.wxflux.control");
    private static final int MOST = 20_000;
    private static final long MOST_BYTES = 64L << 20;

    private final Map<Key, MessageReceived> known = new ConcurrentHashMap<>();
    private final Set<Key> answered = ConcurrentHashMap.newKeySet();
    private final Queue<Key> order = new ConcurrentLinkedQueue<>();
    private long bytes;
    private int count;

    private record Key(AccountId account, MsgId id) {
        static Key of(MessageReceived received) {
            return new Key(received.account(), received.message().header().id());
        }
    }

    /** Looks on until it is disposed of. */
    Disposable watch(Flux<AccountEvent> events) {
        return events
                // One that was too slow lost its place; what it missed cannot be fetched by its id, no more than that.
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(200)))
                .subscribe(this::remember, error -> LOG.debug("no live events: {}", error.toString()));
    }

    Optional<MessageReceived> find(AccountId account, MsgId id) {
        return Optional.ofNullable(known.get(new Key(account, id)));
    }

    /** A friend request was accepted or rejected here. */
    void answered(MessageReceived request) {
        answered.add(Key.of(request));
    }

    boolean isAnswered(MessageReceived request) {
        return answered.contains(Key.of(request));
    }

    /** The newest last. */
    Flux<MessageReceived> of(AccountId account) {
        return Flux.fromStream(() -> order.stream()
                .filter(key -> key.account.equals(account))
                .flatMap(key -> Optional.ofNullable(known.get(key)).stream()));
    }

    static Problem unknown(String id) {
        return Problem.of(
                404,
                "no-such-message",
                "the message " + id + " is not among those received since the engine started",
                "only those can be fetched, answered or passed on by their id; use the phone");
    }

    void clear() {
        known.clear();
        answered.clear();
        order.clear();
    }

    private void remember(AccountEvent event) {
        if (!(event instanceof MessageReceived received) || received.message() instanceof Message.StatusNotify) {
            return;
        }
        Key key = Key.of(received);
        if (known.put(key, received) == null) {
            order.add(key);
            bytes += received.message().raw().length();
            count++;
        }
        while (count > MOST || bytes > MOST_BYTES) {
            Key oldest = order.poll();
            MessageReceived gone = oldest == null ? null : known.remove(oldest);
            if (oldest != null) {
                answered.remove(oldest);
            }
            count--;
            bytes -= gone == null ? 0 : gone.message().raw().length();
        }
    }
}
