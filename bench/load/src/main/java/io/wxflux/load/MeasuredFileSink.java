package io.wxflux.load;

import io.wxflux.event.AccountEvent;
import io.wxflux.file.FileSink;
import io.wxflux.model.AccountId;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.TransactionalSink;
import reactor.core.publisher.Mono;

/** The file sink, measured when it has written. */
final class MeasuredFileSink implements TransactionalSink {
    private final FileSink file;
    private final MeasuredSink measured;

    MeasuredFileSink(FileSink file, MeasuredSink measured) {
        this.file = file;
        this.measured = measured;
    }

    @Override
    public Mono<Void> write(EventBatch batch) {
        return file.write(batch).doOnSuccess(done -> measured.measure(batch));
    }

    @Override
    public int maxBatch() {
        return file.maxBatch();
    }

    @Override
    public Mono<Long> position(AccountId account) {
        return file.position(account);
    }

    @Override
    public Mono<Void> replay(AccountEvent event) {
        return file.replay(event);
    }

    @Override
    public Mono<Void> observe(AccountEvent event) {
        return file.observe(event);
    }

    @Override
    public Mono<Void> open() {
        return file.open();
    }

    @Override
    public Mono<Void> close() {
        return file.close();
    }
}
