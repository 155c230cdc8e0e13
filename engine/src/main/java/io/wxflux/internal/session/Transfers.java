package io.wxflux.internal.session;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.protocol.MediaTypes;
import io.wxflux.internal.protocol.SignedIn;
import io.wxflux.internal.protocol.Upload;
import io.wxflux.internal.protocol.UploadKind;
import io.wxflux.internal.protocol.UploadPlan;
import io.wxflux.internal.protocol.UploadPlan.Facts;
import io.wxflux.internal.protocol.UploadedMedia;
import io.wxflux.internal.wire.UploadBody;
import io.wxflux.model.MediaSource;
import io.wxflux.model.UploadProgress;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/** What a session sends up. One file at a time; what is at the service already is not sent again for a while. */
public final class Transfers {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.media");

    private static final UploadBody UNCHECKED = new UploadBody(0, "", "", "", "");
    private static final int CHUNK_REPEATS = 2;

    private final Supplier<SignedIn> session;
    private final Scheduler files;
    private final Scheduler scheduler;
    private final AdmissionGate gate;
    private final UploadMemory memory;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicLong lastMediaId = new AtomicLong();

    /** @param files where reading may block */
    Transfers(Supplier<SignedIn> session, Scheduler files, Scheduler scheduler) {
        this.session = session;
        this.files = files;
        this.scheduler = scheduler;
        this.gate = new AdmissionGate(1, scheduler);
        this.memory = new UploadMemory(scheduler);
    }

    /**
     * Brings a file to the service, unless this session has brought the same there not long ago.
     *
     * <p><b>Emits</b> once, what to send it by. <b>Errors</b> {@link io.wxflux.error.MediaRefusedException} before anything
     * is sent (too large, empty, of the wrong kind, unreadable) or when the source changes while it is sent; those of any
     * command otherwise, once a chunk has failed three times. <b>Cancellation</b> ends the upload. <b>Threads</b> an
     * engine thread; the source is read on threads that may block.
     *
     * @param to who will get it: part of the request, but what is uploaded can be sent to others, too
     * @param progress told after each chunk, on an engine thread; must not block
     */
    public Mono<UploadedMedia> upload(
            UserName to, MediaSource source, UploadKind kind, Consumer<? super UploadProgress> progress) {
        return FileFacts.of(source, kind, files).flatMap(file -> {
            String key = key(file, kind);
            Mono<UploadedMedia> known = Mono.fromSupplier(() -> memory.recall(key, file.name()));
            // Asked again in its turn: whoever was before may have brought the same.
            return known.switchIfEmpty(gate.admit(
                            () -> known.switchIfEmpty(Mono.defer(() -> bring(to, source, file, progress))
                                    .doOnNext(media -> memory.keep(key, media)))))
                    .doOnNext(media -> tell(progress, file.size(), file.size()));
        });
    }

    /** For the sender, whose send was refused because of the media id: the next {@link #upload} of it uploads anew. */
    public void forget(UploadedMedia refused) {
        memory.forget(refused);
    }

    private static String key(Facts file, UploadKind kind) {
        return file.md5() + '|' + file.size() + '|' + kind + '|' + MediaTypes.uploadType(file.name());
    }

    private Mono<UploadedMedia> bring(
            UserName to, MediaSource source, Facts file, Consumer<? super UploadProgress> progress) {
        SignedIn signedIn = session.get();
        Mono<UploadBody> checked = file.size() > Upload.CHECKED_ABOVE
                ? Upload.check(signedIn, to, file).retryWhen(repeats())
                : Mono.just(UNCHECKED);
        return checked.flatMap(answer -> answer.mediaId().isEmpty()
                ? chunks(
                                new UploadPlan(signedIn, to, file, number.getAndIncrement(), mediaId(), answer),
                                source,
                                file,
                                progress)
                        .map(last -> uploaded(file, last, answer))
                : Mono.just(uploaded(file, answer, answer)));
    }

    private Mono<UploadBody> chunks(
            UploadPlan plan, MediaSource source, Facts file, Consumer<? super UploadProgress> progress) {
        return ChunkReader.of(source, plan, file.md5(), files)
                .concatMap(
                        body -> Upload.chunk(plan, body).retryWhen(repeats()).doOnNext(answer -> {
                            long sent = Math.min(file.size(), (body.chunk() + 1L) * UploadPlan.CHUNK);
                            if (sent < file.size()) {
                                tell(progress, sent, file.size());
                            }
                        }),
                        0)
                .last()
                .doOnNext(last -> {
                    if (last.mediaId().isEmpty()) {
                        throw new ProtocolViolationException(
                                "webwxuploadmedia took the whole file and gave no media id;"
                                        + " nothing can be sent by that: upload it again");
                    }
                });
    }

    /** Faults of the line and of the service, with the very same bytes; refusals are final. */
    private Retry repeats() {
        return Retry.backoff(CHUNK_REPEATS, Duration.ofSeconds(1))
                .scheduler(scheduler)
                .filter(error ->
                        error instanceof HostUnreachableException || error instanceof ProtocolViolationException)
                .onRetryExhaustedThrow((spec, signal) -> signal.failure());
    }

    private static void tell(Consumer<? super UploadProgress> progress, long sent, long total) {
        try {
            progress.accept(new UploadProgress(sent, total));
        } catch (RuntimeException e) {
            // It is there to be looked at: no reason to lose an upload.
            log.warn("the application failed to take the progress of an upload: {}", e.toString());
        }
    }

    private static UploadedMedia uploaded(Facts file, UploadBody answer, UploadBody checked) {
        return new UploadedMedia(
                answer.mediaId(),
                checked.signature(),
                checked.aesKey(),
                answer.encryFileName(),
                file.name(),
                file.size(),
                file.md5());
    }

    /** Unix milliseconds, never twice. */
    private long mediaId() {
        long now = session.get().service().stamps().now();
        return lastMediaId.updateAndGet(last -> Math.max(last + 1, now));
    }
}
