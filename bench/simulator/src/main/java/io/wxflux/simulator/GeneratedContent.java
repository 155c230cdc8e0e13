package io.wxflux.simulator;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The bytes of a {@link SimMedia}, worked out while they are served. */
record GeneratedContent(SimMedia media) implements Content {

    private static final int PIECE = 16_384;

    @Override
    public long size() {
        return media.size();
    }

    @Override
    public String contentType() {
        return media.form().contentType();
    }

    @Override
    public Publisher<byte[]> bytes(long from, long to) {
        return Flux.generate(() -> from, (at, sink) -> {
            if (at >= to) {
                sink.complete();
                return at;
            }
            byte[] piece = new byte[(int) Math.min(PIECE, to - at)];
            media.fill(piece, at);
            sink.next(piece);
            return at + piece.length;
        });
    }
}
