package io.wxflux.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What clients uploaded, in a directory of its own that goes at the end. The oldest files go earlier when all of them
 * together would exceed a bound. Files are touched on the disk thread only.
 */
final class UploadedFiles {

    private static final Logger log = LoggerFactory.getLogger(UploadedFiles.class);

    private final long bound;
    private final Scheduler disk;
    private final Map<String, UploadedFile> byId = new LinkedHashMap<>();
    private final AtomicLong number = new AtomicLong();
    private @Nullable Path directory;
    private long kept;

    UploadedFiles(long bound, Scheduler disk) {
        this.bound = bound;
        this.disk = disk;
    }

    Scheduler disk() {
        return disk;
    }

    /** Adds bytes to a file; a null path begins one. */
    Mono<Path> append(@Nullable Path file, byte[] bytes, int from, int length) {
        return Mono.fromCallable(() -> {
                    Path target = file == null ? newFile() : file;
                    try (FileChannel channel =
                            FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
                        while (buffer.hasRemaining()) {
                            channel.write(buffer);
                        }
                    }
                    return target;
                })
                .subscribeOn(disk);
    }

    private synchronized Path newFile() throws IOException {
        Path place = directory;
        if (place == null) {
            place = Files.createTempDirectory("wxsim-uploads");
            directory = place;
        }
        return place.resolve("upload-" + number.incrementAndGet());
    }

    void drop(Path file) {
        disk.schedule(() -> delete(file));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException cause) {
            log.debug("an upload could not be deleted", cause);
        }
    }

    synchronized void add(UploadedFile file) {
        byId.put(file.mediaId(), file);
        kept += file.size();
        Iterator<UploadedFile> oldest = byId.values().iterator();
        while (kept > bound && byId.size() > 1) {
            UploadedFile gone = oldest.next();
            oldest.remove();
            kept -= gone.size();
            if (byId.values().stream().noneMatch(other -> other.path().equals(gone.path()))) {
                drop(gone.path());
            }
        }
    }

    synchronized @Nullable UploadedFile find(String mediaId) {
        return byId.get(mediaId);
    }

    /** A file of the same bytes, from whomever. */
    synchronized @Nullable UploadedFile same(String md5, long size) {
        return byId.values().stream()
                .filter(file -> file.size() == size && file.md5().equals(md5))
                .findFirst()
                .orElse(null);
    }

    /** Deletes everything once the disk thread is done; not for an event loop. */
    void close(ExecutorService diskThread) {
        try {
            if (!diskThread.awaitTermination(2, TimeUnit.SECONDS)) {
                diskThread.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            diskThread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        deleteAll();
    }

    private synchronized void deleteAll() {
        Path place = directory;
        if (place == null) {
            return;
        }
        try (var files = Files.list(place)) {
            files.forEach(UploadedFiles::delete);
        } catch (IOException | UncheckedIOException cause) {
            log.debug("the uploads could not be listed", cause);
        }
        delete(place);
        directory = null;
        byId.clear();
    }
}
