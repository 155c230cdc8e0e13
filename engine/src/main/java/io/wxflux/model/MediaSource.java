package io.wxflux.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Something to send: its name and its bytes. It is read twice, as its size and MD5 have to be known before its first byte
 * goes out, and both times has to bring the same; that is checked. Never held in memory as a whole by the engine.
 */
public final class MediaSource {
    private static final int LONGEST_NAME = 255;
    private static final int PIECE = 64 * 1024;

    private final String name;
    private final long size;
    private final Supplier<? extends Flux<ByteBuffer>> content;
    private final @Nullable Path file;

    private MediaSource(String name, long size, Supplier<? extends Flux<ByteBuffer>> content, @Nullable Path file) {
        this.name = checked(name);
        this.size = size;
        this.content = Objects.requireNonNull(content);
        this.file = file;
    }

    /**
     * A file, called by its own name. It is opened when it is sent, and must not change until then.
     *
     * @throws IllegalArgumentException when its name cannot be sent, see {@link #named}
     */
    public static MediaSource of(Path file) {
        Path last = Objects.requireNonNull(file.getFileName(), "the path names no file");
        return new MediaSource(last.toString(), -1, () -> reading(file), file);
    }

    /**
     * Bytes in memory; not copied, and not to be changed until they are sent.
     *
     * @throws IllegalArgumentException when the name cannot be sent, see {@link #named}
     */
    public static MediaSource of(String name, byte[] content) {
        return new MediaSource(
                name,
                content.length,
                () -> Flux.defer(() -> Flux.just(ByteBuffer.wrap(content).asReadOnlyBuffer())),
                null);
    }

    /**
     * Anything that can be read more than once.
     *
     * @param size in bytes; it is an error if the content brings more or fewer
     * @param content asked for each reading, and subscribed on a thread that may block; requested one buffer at a time
     * @throws IllegalArgumentException when the name cannot be sent, see {@link #named}
     */
    public static MediaSource of(String name, long size, Supplier<? extends Flux<ByteBuffer>> content) {
        if (size < 0) {
            throw new IllegalArgumentException("the size is negative");
        }
        return new MediaSource(name, size, content, null);
    }

    /**
     * The same bytes under another name.
     *
     * @param other any Unicode, at most 255 characters, not a path and without control characters; what it ends with
     *     decides what the service takes it for
     * @throws IllegalArgumentException for any other
     */
    public MediaSource named(String other) {
        return new MediaSource(other, size, content, file);
    }

    /** As the receiver sees it. */
    public String name() {
        return name;
    }

    /** The file it is read from; null for anything else, which a later process could not read again. */
    public @Nullable Path file() {
        return file;
    }

    /** In bytes, as far as it is known without reading. */
    public OptionalLong size() {
        return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /**
     * Reads it from its beginning, each subscription anew.
     *
     * <p><b>Emits</b> buffers of any size, each once. <b>Errors</b> {@link java.io.UncheckedIOException} and whatever a
     * content of the application's own fails with. <b>Backpressure</b> is honoured: a file is read as far as it is
     * requested. <b>Cancellation</b> closes the file. <b>Threads</b>: the subscriber's and the requester's, and it may
     * block them.
     */
    public Flux<ByteBuffer> bytes() {
        return Flux.defer(content);
    }

    private static Flux<ByteBuffer> reading(Path file) {
        return Flux.generate(
                () -> FileChannel.open(file, StandardOpenOption.READ),
                (channel, sink) -> {
                    ByteBuffer piece = ByteBuffer.allocate(PIECE);
                    try {
                        if (channel.read(piece) < 0) {
                            sink.complete();
                        } else {
                            sink.next(piece.flip());
                        }
                    } catch (IOException e) {
                        sink.error(e);
                    }
                    return channel;
                },
                MediaSource::close);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // Only read from: there is nothing to lose.
            return;
        }
    }

    private static String checked(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a file name has 1 to " + LONGEST_NAME + " characters");
        }
        if (name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("a file name is not a path");
        }
        if (name.codePoints().anyMatch(MediaSource::isUnsendable)) {
            throw new IllegalArgumentException("a file name holds no control characters and no half surrogates");
        }
        return name;
    }

    private static boolean isUnsendable(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    @Override
    public String toString() {
        return "MediaSource[" + (size < 0 ? "a file" : size + " bytes") + "]";
    }
}
