package io.wxflux.file;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.Lifecycle;
import io.wxflux.model.AccountId;
import io.wxflux.sink.CloudEvents;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.TransactionalSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Writes events into one file: newline-delimited CloudEvents, every journaled event exactly once, forced to the disk
 * before it counts as delivered.
 *
 * <p>The lines are the cursor: each carries its account and {@code sequence}. On open the file is read from where
 * {@code <path>.cursor} says it is accounted for, a torn last line is cut, and what is there is not written again.
 *
 * <p>The file may be rotated: rename it away, and the next write makes a new one, with nothing twice or left out. (When
 * the process was killed, start it once before the next rotation: up to a few seconds of lines are not in the cursor
 * file.) Copying and truncating works too.
 */
public final class FileSink implements TransactionalSink {
    private static final Logger LOG = LoggerFactory.getLogger("io.wxflux.file");
    private static final long CURSOR_BYTES = 8L * 1024 * 1024;
    private static final long CURSOR_NANOS = 5_000_000_000L;

    private final Path path;
    private final boolean withQr;
    private final Disk disk;
    private final WriterThread<Lines> writer;
    private final Map<AccountId, Long> next = new ConcurrentHashMap<>();
    private @Nullable AppendFile file;
    private boolean opened;
    private long accounted;
    private long accountedAt;

    /** A sink that keeps login URLs out of the file. */
    public FileSink(String name, Path path) {
        this(name, path, false);
    }

    /**
     * @param name names the thread
     * @param withQr whether the login URLs of QR codes are written: who has one can sign in
     */
    public FileSink(String name, Path path, boolean withQr) {
        this(name, path, withQr, Disk.REAL);
    }

    FileSink(String name, Path path, boolean withQr, Disk disk) {
        this.path = path.toAbsolutePath().normalize();
        this.withQr = withQr;
        this.disk = disk;
        this.writer = new WriterThread<>("wxflux-file-" + name, this::writeGroup);
    }

    /**
     * Opens, locks and reads the file. <b>Errors</b> {@link EngineStateException} when another process or sink writes to
     * it, {@link SinkUnavailableException} when it cannot be opened or read.
     */
    @Override
    public Mono<Void> open() {
        return writer.call(() -> {
            opened = true;
            try {
                return openFile();
            } catch (IOException e) {
                // The run ends with this: what helps is said, and nothing of later attempts.
                throw new SinkUnavailableException(
                        path + " cannot be opened: " + reason(e)
                                + "; make its folder writable for this user, or choose another path",
                        e);
            }
        });
    }

    @Override
    public Mono<Long> position(AccountId account) {
        return Mono.fromSupplier(() -> next.get(account));
    }

    @Override
    public Mono<Void> write(EventBatch batch) {
        return Mono.defer(() -> {
            long known = next.getOrDefault(batch.account(), 0L);
            List<Line> lines = new ArrayList<>(batch.events().size());
            for (AccountEvent event : batch.events()) {
                long sequence = sequence(event);
                if (sequence >= known) {
                    lines.add(new Line(sequence, CloudEvents.encode(event, withQr)));
                }
            }
            return lines.isEmpty() ? Mono.empty() : writer.write(new Lines(batch.account(), lines, false));
        });
    }

    private static long sequence(AccountEvent event) {
        return event.head()
                .sequence()
                .orElseThrow(() -> new IllegalArgumentException("an event without sequence cannot be kept"));
    }

    /**
     * Writes an event that was left out, mostly one older than what the file has; its line stands where it came, with its own
     * {@code sequence}. What is kept of events is not looked through: replayed twice it stands there twice.
     */
    @Override
    public Mono<Void> replay(AccountEvent event) {
        return Mono.defer(() -> {
            long sequence = sequence(event);
            var line = new Line(sequence, CloudEvents.encode(event, withQr));
            return writer.write(new Lines(event.account(), List.of(line), true));
        });
    }

    /** Writes QR codes when this file may have them; the rest of what is live only has no place in an archive. */
    @Override
    public Mono<Void> observe(AccountEvent event) {
        if (!withQr || !(event instanceof Lifecycle.QrIssued)) {
            return Mono.empty();
        }
        return Mono.defer(() -> {
            byte[] line = CloudEvents.encode(event, true);
            return writer.call(() -> {
                usableFile().appendLoosely(line);
                return line;
            });
        });
    }

    @Override
    public Mono<Void> close() {
        return writer.end(() -> {
            AppendFile open = file;
            if (open != null) {
                saveCursors(open);
                open.close();
                file = null;
            }
            return path;
        });
    }

    private void writeGroup(List<Lines> group) {
        if (!opened) {
            throw new EngineStateException(path + " is written before it was opened");
        }
        AppendFile usable;
        try {
            usable = usableFile();
        } catch (IOException | EngineStateException e) {
            // Also when somebody else has the new file of a rotation: that passes, and is no fault of these events.
            throw unavailable("cannot be opened", e);
        }
        Map<AccountId, Long> reached = new HashMap<>();
        List<byte[]> lines = new ArrayList<>();
        for (Lines batch : group) {
            long known = reached.getOrDefault(batch.account, next.getOrDefault(batch.account, 0L));
            for (Line line : batch.lines) {
                if (batch.again || line.sequence >= known) {
                    lines.add(line.bytes);
                    // Also behind a replay: the account may have nothing newer, and then it would be offered once more.
                    known = Math.max(known, line.sequence + 1);
                }
            }
            reached.put(batch.account, known);
        }
        if (lines.isEmpty()) {
            return;
        }
        try {
            usable.append(lines);
        } catch (IOException e) {
            discard(usable);
            throw unavailable("cannot be written", e);
        }
        next.putAll(reached);
        saveCursorsNowAndThen(usable);
    }

    /** The file to write to: the one that is open, a new one after a rotation, or after an error the same one again. */
    private AppendFile usableFile() throws IOException {
        AppendFile open = file;
        if (open != null && !open.isMoved()) {
            return open;
        }
        if (open != null) {
            LOG.info("{} was moved away; going on in a new file", path);
            discard(open);
        }
        return openFile();
    }

    private void discard(AppendFile broken) {
        file = null;
        try {
            broken.close();
        } catch (UncheckedIOException e) {
            // What went wrong before is what counts; said by this, it would look like a fault of the events.
            LOG.warn("{}: closing failed: {}", path, e.getMessage());
        }
    }

    private AppendFile openFile() throws IOException {
        AppendFile open = AppendFile.open(path, disk);
        try {
            Cursors cursors = Cursors.read(Cursors.beside(path));
            boolean sameFile =
                    cursors != null && cursors.fileKey().equals(open.key()) && endsALine(open, cursors.bytes());
            long before = sameFile && cursors != null ? cursors.bytes() : 0;
            LineScan scan = LineScan.of(open, before);
            if (scan.end() < open.size()) {
                LOG.info("{}: {} bytes of a torn line cut off", path, open.size() - scan.end());
                open.truncate(scan.end());
            }
            if (scan.end() > before) {
                // Perhaps the lines of a group whose force failed, and the cut behind it, too: readable is not durable.
                open.force();
            }
            if (scan.strange() > 0) {
                LOG.warn("{}: {} lines are no events; they are left as they are", path, scan.strange());
            }
            Map<AccountId, Long> found = new HashMap<>(cursors == null ? Map.of() : cursors.next());
            // Not the newest line but the latest place: a replayed event stands behind later ones.
            scan.next().forEach((account, offset) -> found.merge(account, offset, Math::max));
            // A file that was moved away while it was open is known here and nowhere else.
            found.forEach((account, offset) -> next.merge(account, offset, Math::max));
            file = open;
            saveCursors(open);
            return open;
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private static boolean endsALine(AppendFile file, long bytes) throws IOException {
        if (bytes <= 0 || bytes > file.size()) {
            return bytes == 0;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        return file.read(last, bytes - 1) == 1 && last.get(0) == '\n';
    }

    private void saveCursorsNowAndThen(AppendFile open) {
        try {
            if (open.size() - accounted >= CURSOR_BYTES || System.nanoTime() - accountedAt >= CURSOR_NANOS) {
                saveCursors(open);
            }
        } catch (IOException e) {
            LOG.warn("{}: its size cannot be read: {}", path, e.toString());
        }
    }

    private void saveCursors(AppendFile open) {
        try {
            accounted = open.size();
            accountedAt = System.nanoTime();
            new Cursors(open.key(), accounted, Map.copyOf(next)).write(Cursors.beside(path));
        } catch (IOException e) {
            // The lines themselves are the truth; the next open reads more of them.
            LOG.warn("{} cannot be written: {}", Cursors.beside(path), e.toString());
        }
    }

    private SinkUnavailableException unavailable(String what, Exception cause) {
        return new SinkUnavailableException(
                path + " " + what + ": " + reason(cause) + "; its events wait in the journal", cause);
    }

    private static String reason(Exception cause) {
        return cause instanceof IOException disk ? DiskReason.of(disk) : String.valueOf(cause.getMessage());
    }

    private record Line(long sequence, byte[] bytes) {}

    /** @param again whether they are written though the account is past them */
    private record Lines(AccountId account, List<Line> lines, boolean again) {}
}
