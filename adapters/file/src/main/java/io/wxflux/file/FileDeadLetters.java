package io.wxflux.file;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.MessageReceived;
import io.wxflux.sink.CloudEvents;
import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.DeadLetterStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Keeps rejected events in a file, one JSON object a line: {@code sink}, {@code reason}, {@code time}, the {@code event}
 * as a CloudEvent and, for messages, {@code raw}: the server's own object as text ({@code rawBase64} when it is no
 * UTF-8). Forced to the disk before it counts as kept. The file is made with the first letter.
 */
public final class FileDeadLetters implements DeadLetterStore {
    private static final Logger LOG = LoggerFactory.getLogger("io.wxflux.file");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_REASON = 1_000;

    private final Path path;
    private final Disk disk;
    private final WriterThread<byte[]> writer;
    private @Nullable AppendFile file;

    public FileDeadLetters(Path path) {
        this(path, Disk.REAL);
    }

    FileDeadLetters(Path path, Disk disk) {
        this.path = path.toAbsolutePath().normalize();
        this.disk = disk;
        this.writer = new WriterThread<>("wxflux-dead-letters", this::writeGroup);
    }

    @Override
    public Mono<Void> add(DeadLetter letter) {
        return Mono.defer(() -> writer.write(line(letter)))
                .doOnSuccess(done -> LOG.warn(
                        "{}: sink {} rejected {} for good; it is kept in {}",
                        letter.event().account(),
                        letter.sink(),
                        letter.event().type(),
                        path));
    }

    /** Closes the file; nothing can be added any more. */
    public Mono<Void> close() {
        return writer.end(() -> {
            discard();
            return path;
        });
    }

    private static byte[] line(DeadLetter letter) {
        ObjectNode line = JSON.createObjectNode();
        line.put("sink", letter.sink());
        line.put("reason", TerminalText.line(letter.reason(), MAX_REASON));
        line.put("time", letter.time().toString());
        line.putRawValue("event", new RawValue(new String(CloudEvents.encode(letter.event()), StandardCharsets.UTF_8)));
        if (letter.event() instanceof MessageReceived received) {
            byte[] raw = received.message().raw().toByteArray();
            try {
                line.put(
                        "raw",
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(raw))
                                .toString());
            } catch (CharacterCodingException e) {
                line.put("rawBase64", Base64.getEncoder().encodeToString(raw));
            }
        }
        return JSON.writeValueAsBytes(line);
    }

    private void writeGroup(List<byte[]> group) {
        try {
            usableFile().append(group);
        } catch (IOException e) {
            discard();
            throw new SinkUnavailableException(
                    path + " cannot be written: " + e.getMessage() + "; the rejected event waits in the journal", e);
        }
    }

    private AppendFile usableFile() throws IOException {
        AppendFile open = file;
        if (open != null && !open.isMoved()) {
            return open;
        }
        discard();
        open = AppendFile.open(path, disk);
        long whole = LineScan.of(open, 0).end();
        if (whole < open.size()) {
            open.truncate(whole);
        }
        file = open;
        return open;
    }

    private void discard() {
        AppendFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
