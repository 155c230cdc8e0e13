package io.wxflux.model;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A picture, sound, film or file that the service has begun to give. It is not in memory: it is read, or written to a
 * file, as it comes in. What is left unread for half a minute is hung up, and asked for anew by whoever reads it then.
 */
public interface MediaContent {
    /** As the service says, else as its first bytes and its name show; {@code application/octet-stream} for the rest. */
    String contentType();

    /** In bytes; empty when the service does not say. */
    OptionalLong length();

    /**
     * A name it can safely be stored by on any system: no path, no control characters, nothing reserved, at most 200 bytes
     * of UTF-8. What the sender called it, as far as that goes.
     */
    String fileName();

    /**
     * The bytes; the first subscription reads what has begun, each further one asks anew.
     *
     * <p><b>Emits</b> buffers that belong to the subscriber, of some kilobytes. When the line breaks it goes on where it
     * was, some times. <b>Errors</b> {@link io.wxflux.error.HostUnreachableException},
     * {@link io.wxflux.error.MediaUnavailableException}. Never completes with less than there is. <b>Backpressure</b> goes
     * through to the service. <b>Cancellation</b> hangs up. <b>Threads</b> an engine thread that must not be blocked.
     */
    Flux<ByteBuffer> bytes();

    /**
     * Writes it into a directory, which is made if it is missing. Under its name appears only what is complete; a file that
     * has the name already is left alone, and this one is called {@code name (2)} and so on.
     *
     * <p><b>Emits</b> the file. <b>Errors</b> as {@link #bytes()}, and {@link java.io.UncheckedIOException} when the file
     * cannot be written. <b>Cancellation</b> hangs up and leaves nothing behind. <b>Threads</b>: writes on threads of the
     * engine that may block, and emits there.
     */
    Mono<Path> saveTo(Path directory);
}
