package io.wxflux;

import io.wxflux.internal.session.MessageOutbox;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** What applications see of an account's outbox. */
record AccountOutbox(MessageOutbox messages) implements Outbox {
    @Override
    public Mono<OutboxEntry> put(UserName to, Outgoing message, Duration expiry) {
        return messages.put(to, message, expiry);
    }

    @Override
    public Mono<List<OutboxEntry>> pending() {
        return Mono.fromCallable(messages::pending);
    }

    @Override
    public Mono<OutboxEntry> await(String id) {
        return messages.await(id);
    }
}
