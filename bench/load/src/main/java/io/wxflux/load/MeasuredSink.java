package io.wxflux.load;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.Message;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Measures how late messages are, after taking its time where it is to be slow. */
final class MeasuredSink implements EventSink {
    private final Meter meter;
    private final Consumer<Object> listener;
    private final Duration pause;

    MeasuredSink(Meter meter, Consumer<Object> listener, Duration pause) {
        this.meter = meter;
        this.listener = listener;
        this.pause = pause;
    }

    @Override
    public Mono<Void> write(EventBatch batch) {
        Mono<Void> measured = Mono.fromRunnable(() -> measure(batch));
        return pause.isZero() ? measured : Mono.delay(pause).then(measured);
    }

    void measure(EventBatch batch) {
        int count = 0;
        Message last = null;
        for (AccountEvent event : batch.events()) {
            if (!(event instanceof MessageReceived received)) {
                listener.accept(event);
            } else if (meter.isSampled()) {
                count++;
                last = received.message();
            } else {
                meter.received(received.message().raw().toByteArray());
            }
        }
        if (last != null) {
            meter.received(count, Meter.stamp(last.raw().toByteArray()));
        }
    }
}
