package io.wxflux.simulator;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.MonoSink;

/** A synccheck that waits. Whoever takes it out of the session's list ends it under the lock and answers it outside. */
final class HeldPoll {

    private final String host;
    private final MonoSink<Reply> sink;
    private final Exchange exchange;
    private final Conduct conduct;
    private @Nullable Disposable timer;

    HeldPoll(String host, MonoSink<Reply> sink, Exchange exchange, Conduct conduct) {
        this.host = host;
        this.sink = sink;
        this.exchange = exchange;
        this.conduct = conduct;
    }

    /** Which host it came to. */
    String host() {
        return host;
    }

    /** Takes the place of an earlier deadline. */
    void expiresBy(Disposable deadline) {
        drop();
        timer = deadline;
    }

    /** From now on it no longer counts as open. */
    void ended() {
        exchange.answered();
        conduct.end(exchange);
        drop();
    }

    void answer(Reply reply) {
        sink.success(reply);
    }

    private void drop() {
        Disposable deadline = timer;
        if (deadline != null) {
            deadline.dispose();
        }
    }
}
