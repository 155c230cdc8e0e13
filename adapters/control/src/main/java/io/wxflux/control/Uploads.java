package io.wxflux.control;

import io.wxflux.model.MediaSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Files that clients brought here to be sent. They are put down, because a send reads them twice; and they are brought,
 * not named by path, because this endpoint shall hand out no file of this machine.
 */
final class Uploads {
    /** More than the service takes. */
    static final long MOST_BYTES = 256L << 20;

    private static final Logger LOG = LoggerFactory.getLogger("io.wxflux.control");
    private static final int MOST_WAITING = 64;
    private static final String KEPT = "kept-";
    private static final Duration LONGEST_KEPT = Duration.ofDays(31);

    private final Path directory;
    private final Map<String, Upload> waiting = new ConcurrentHashMap<>();

    /** @param name as the receiver sees it */
    record Upload(String id, String name, Path file, long size) {}

    Uploads(Path state) {
        this.directory = state.resolve("uploads");
    }

    /**
     * Removes what an earlier process left, but for what durable messages may still need: no message lives longer than
     * that. May block.
     */
    void clear() throws IOException {
        if (Files.isDirectory(directory)) {
            Instant tooOld = Instant.now().minus(LONGEST_KEPT);
            try (Stream<Path> left = Files.list(directory)) {
                for (Path file : left.toList()) {
                    boolean kept = String.valueOf(file.getFileName()).startsWith(KEPT);
                    if (!kept || Files.getLastModifiedTime(file).toInstant().isBefore(tooOld)) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
        waiting.clear();
    }

    /** The file under a name that outlives this process: a durable message may be sent by the next one. */
    Mono<Upload> keep(Upload upload) {
        return Mono.fromCallable(() -> {
                    Path kept = directory.resolve(KEPT + upload.id());
                    Files.move(upload.file(), kept);
                    waiting.remove(upload.id());
                    return new Upload(upload.id(), upload.name(), kept, upload.size());
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Drops it once something has ended well; what did not is left for the next start. */
    void dropAfter(Mono<?> end, Upload upload) {
        end.subscribe(done -> drop(upload), error -> LOG.debug("{} is kept: {}", upload.file(), error.toString()));
    }

    /** <b>Errors</b> {@link Problem} when it is too large, there are too many, or the name cannot be a file's. */
    Mono<Upload> take(String name, Flux<ByteBuffer> content) {
        return Mono.defer(() -> {
                    MediaSource.of(name, new byte[0]); // a name that cannot be sent is refused before the bytes come
                    if (waiting.size() >= MOST_WAITING) {
                        throw Problem.of(
                                429, "too-many-uploads", "too many files wait to be sent", "send those, or wait");
                    }
                    String id = UUID.randomUUID().toString();
                    Path file = directory.resolve(id);
                    return Mono.using(
                                    () -> open(file),
                                    channel -> content.publishOn(Schedulers.boundedElastic(), 16)
                                            .doOnNext(piece -> append(channel, piece))
                                            .then(Mono.fromCallable(() -> new Upload(id, name, file, channel.size()))),
                                    Uploads::close)
                            .doOnNext(upload -> waiting.put(id, upload))
                            .doOnError(error -> delete(file))
                            .doOnCancel(() -> Schedulers.boundedElastic().schedule(() -> delete(file)));
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    Upload find(String id) {
        Upload upload = waiting.get(id);
        if (upload == null) {
            throw Problem.of(
                    404,
                    "no-such-upload",
                    "there is no upload with this id",
                    "bring the file again; each upload serves for one send");
        }
        return upload;
    }

    /** It was sent, or will never be. */
    void drop(Upload upload) {
        waiting.remove(upload.id());
        Schedulers.boundedElastic().schedule(() -> delete(upload.file()));
    }

    private FileChannel open(Path file) throws IOException {
        Files.createDirectories(directory, ControlFile.ownerOnly(directory, "rwx------"));
        Files.createFile(file, ControlFile.ownerOnly(directory, "rw-------"));
        return FileChannel.open(file, StandardOpenOption.WRITE);
    }

    private static void append(FileChannel channel, ByteBuffer piece) {
        try {
            if (channel.position() + piece.remaining() > MOST_BYTES) {
                throw Problem.of(
                        413, "too-large", "the file is larger than 256 MiB", "the service takes less than that");
            }
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} stays behind: {}", file, e.toString());
        }
    }
}
