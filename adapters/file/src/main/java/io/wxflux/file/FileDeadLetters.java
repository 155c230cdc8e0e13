package io.wxflux.file;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.KeptLetter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps rejected events in a file, one JSON object a line: {@code sink}, {@code reason}, {@code time}, the {@code event}
 * as a CloudEvent, for messages {@code raw}: the server's own object as text ({@code rawBase64} when it is no UTF-8), and
 * {@code record}, from which the event is made again when it is replayed. Forced to the disk before it counts as kept.
 *
 * <p>A letter that was replayed is struck out by a further line, {@code removed}; struck lines leave the file when it is
 * opened or closed. The file is made with the first letter and holds at most 256 MiB: beyond that the sink waits.
 */
public final class FileDeadLetters implements DeadLetterStore {
    private static final Logger LOG = LoggerFactory.getLogger("io.wxflux.file");
    static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final int MOST_LINE = 64 * 1024 * 1024;

    private final Path path;
    private final Disk disk;
    private final long mostBytes;
    private final WriterThread<byte[]> writer;
    private @Nullable AppendFile file;

    /** Whether there are lines that are struck out or come twice. */
    private boolean littered;

    /** The length at which it was found to have none; -1 when it was not looked at. */
    private long clean = -1;

    /** @param path of the file; its directory is made when it is not there */
    public FileDeadLetters(Path path) {
        this(path, Disk.REAL, MOST_BYTES);
    }

    FileDeadLetters(Path path, Disk disk, long mostBytes) {
        this.path = path.toAbsolutePath().normalize();
        this.disk = disk;
        this.mostBytes = mostBytes;
        this.writer = new WriterThread<>("wxflux-dead-letters", this::writeGroup);
    }

    /** Where a line stands. */
    private record Place(long position, int length) {}

    @Override
    public Mono<Void> add(DeadLetter letter) {
        return Mono.defer(() -> writer.write(DeadLetterLine.of(letter)))
                .doOnSuccess(done -> LOG.warn(
                        "{}: sink {} rejected {} for good; it is kept in {}",
                        letter.event().account(),
                        letter.sink(),
                        letter.event().type(),
                        path));
    }

    @Override
    public Flux<KeptLetter> letters() {
        return ask(() -> {
                    AppendFile open = existingFile();
                    return open == null
                            ? List.<Place>of()
                            : List.copyOf(index(open).values());
                })
                .flatMapIterable(places -> places)
                .concatMap(place -> ask(() -> DeadLetterLine.letter(line(place))), 1);
    }

    @Override
    public Mono<Void> remove(KeptLetter letter) {
        return ask(() -> {
                    AppendFile open = existingFile();
                    if (open != null) {
                        littered = true;
                        append(open, List.of(DeadLetterLine.removal(letter)));
                    }
                    return path;
                })
                .then();
    }

    /** Closes the file; nothing can be added any more. */
    public Mono<Void> close() {
        return writer.end(() -> {
            AppendFile open = file;
            try {
                if (open != null && littered && !open.isMoved()) {
                    tidy(open);
                }
            } finally {
                discard();
            }
            return path;
        });
    }

    /** On the thread that owns the file. */
    private <T> Mono<T> ask(Callable<T> question) {
        return Mono.defer(() -> {
                    var answer = new AtomicReference<T>();
                    return writer.call(() -> {
                                answer.set(question.call());
                                return path;
                            })
                            .then(Mono.fromSupplier(answer::get));
                })
                .onErrorMap(
                        IOException.class,
                        error -> new StoreUnavailableException(path + " cannot be used: " + error.getMessage(), error));
    }

    private void writeGroup(List<byte[]> group) {
        try {
            AppendFile open = usableFile();
            long more = group.stream().mapToLong(line -> line.length + 1L).sum();
            if (open.size() + more > mostBytes && isLittered(open)) {
                open = tidy(open);
            }
            if (open.size() + more > mostBytes) {
                throw new IOException("it holds " + open.size() + " bytes of letters already: replay them (`wxflux"
                        + " dead-letters replay`) or move the file away");
            }
            append(open, group);
        } catch (IOException e) {
            throw new SinkUnavailableException(
                    path + " cannot be written: " + e.getMessage() + "; the rejected event waits in the journal", e);
        }
    }

    /** Letters that came twice are found by reading only; a full file is read once for each length it has. */
    private boolean isLittered(AppendFile open) throws IOException {
        if (!littered && open.size() != clean) {
            index(open);
            clean = littered ? -1 : open.size();
        }
        return littered;
    }

    private void append(AppendFile open, List<byte[]> lines) throws IOException {
        try {
            open.append(lines);
        } catch (IOException e) {
            discard();
            throw e;
        }
    }

    /** Null when no letter was ever kept. */
    private @Nullable AppendFile existingFile() throws IOException {
        return Files.exists(path) ? usableFile() : null;
    }

    private AppendFile usableFile() throws IOException {
        AppendFile open = file;
        if (open != null && !open.isMoved()) {
            return open;
        }
        discard();
        open = AppendFile.open(path, disk);
        try {
            long whole = LineScan.of(open, 0).end();
            if (whole < open.size()) {
                open.truncate(whole);
            }
            if (open.size() > 0) {
                // Readable is not durable: a letter that counts as kept, or one struck out, must not come back.
                open.force();
            }
            littered = false;
            index(open);
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
        file = open;
        return littered ? tidy(open) : open;
    }

    /** Every letter that is not struck out, oldest first. */
    private Map<DeadLetterLine.Name, Place> index(AppendFile open) throws IOException {
        Map<DeadLetterLine.Name, Place> found = new LinkedHashMap<>();
        var lines = new LineReader(open, MOST_LINE);
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            DeadLetterLine.Name removed = DeadLetterLine.removed(line);
            DeadLetterLine.Name name = removed != null ? removed : DeadLetterLine.name(line);
            if (name == null) {
                continue;
            }
            if (found.remove(name) != null || removed != null) {
                littered = true;
            }
            if (removed == null) {
                found.put(name, new Place(lines.position(), line.length));
            }
        }
        return found;
    }

    private byte[] line(Place place) throws IOException {
        AppendFile open = usableFile();
        ByteBuffer bytes = ByteBuffer.allocate(place.length);
        long position = place.position;
        while (bytes.hasRemaining()) {
            int count = open.read(bytes, position);
            if (count < 0) {
                throw new IOException("it was changed while it was read");
            }
            position += count;
        }
        return bytes.array();
    }

    /** Writes the file anew without what is struck out, and takes it in one step. */
    private AppendFile tidy(AppendFile open) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh,
                Set.<OpenOption>of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                AppendFile.onlyOwner())) {
            List<Place> places = new ArrayList<>(index(open).values());
            for (Place place : places) {
                ByteBuffer line = ByteBuffer.allocate(place.length + 1);
                line.put(line(place)).put((byte) '\n').flip();
                disk.write(channel, line);
            }
            disk.force(channel);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path parent = path.getParent();
        if (parent != null) {
            AppendFile.forceDirectory(parent);
        }
        discard();
        littered = false;
        AppendFile again = AppendFile.open(path, disk);
        file = again;
        return again;
    }

    private void discard() {
        AppendFile open = file;
        file = null;
        clean = -1;
        if (open != null) {
            open.close();
        }
    }
}
