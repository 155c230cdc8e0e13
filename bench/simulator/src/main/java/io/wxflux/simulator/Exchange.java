package io.wxflux.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/** A synccheck or webwxsync from its arrival to its answer, or to the end of its connection. */
final class Exchange {

    private enum State {
        OPEN,
        ANSWERED,
        ABANDONED
    }

    private final String call;
    private final Channel channel;
    private volatile Runnable onAbandon = () -> {};
    private volatile State state = State.OPEN;
    private final ChannelFutureListener onClose = future -> closed();

    Exchange(String call, Channel channel) {
        this.call = call;
        this.channel = channel;
    }

    /** Watches the connection; {@code action} runs when it closes before the answer. */
    void onAbandon(Runnable action) {
        onAbandon = action;
        channel.closeFuture().addListener(onClose);
    }

    private void closed() {
        if (state == State.OPEN) {
            state = State.ABANDONED;
            onAbandon.run();
        }
    }

    String call() {
        return call;
    }

    Channel channel() {
        return channel;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** To be called before the first byte of the answer leaves. */
    void answered() {
        if (state == State.OPEN) {
            state = State.ANSWERED;
        }
        channel.closeFuture().removeListener(onClose);
    }

    /** Whether the client had given this one up. */
    boolean wasGivenUp() {
        return state == State.ABANDONED || !channel.isActive();
    }
}
