package io.wxflux.internal.session;

import io.wxflux.internal.transport.HttpStream;
import io.wxflux.model.MediaContent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A download that has begun. */
final class DownloadedContent implements MediaContent {
    /** Buffers between the line and the disk. */
    private static final int AHEAD = 16;

    private final String contentType;
    private final String fileName;
    private final long length;
    private final AtomicReference<@Nullable HttpStream> begun;
    private final MediaBody body;
    private final Scheduler files;

    DownloadedContent(String contentType, String fileName, HttpStream begun, MediaBody body, Scheduler files) {
        this.contentType = contentType;
        this.fileName = fileName;
        this.length = MediaBody.length(begun);
        this.begun = new AtomicReference<>(begun);
        this.body = body;
        this.files = files;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public OptionalLong length() {
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    @Override
    public String fileName() {
        return fileName;
    }

    @Override
    public Flux<ByteBuffer> bytes() {
        return Flux.defer(() -> {
            HttpStream answer = begun.getAndSet(null);
            return answer == null ? body.read() : body.read(answer);
        });
    }

    @Override
    public Mono<Path> saveTo(Path directory) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> PartFile.in(directory)).subscribeOn(files),
                part -> bytes().publishOn(files, AHEAD)
                        .doOnNext(part::write)
                        .then(Mono.fromCallable(() -> part.named(fileName))),
                this::closed,
                (part, error) -> closed(part),
                this::closed);
    }

    private Mono<Void> closed(PartFile part) {
        return Mono.<Void>fromRunnable(part::discard).subscribeOn(files);
    }

    @Override
    public String toString() {
        return "MediaContent[" + contentType + (length < 0 ? "" : ", " + length + " bytes") + "]";
    }
}
