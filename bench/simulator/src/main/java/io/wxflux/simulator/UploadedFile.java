package io.wxflux.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A file that a client uploaded, kept on the disk. */
record UploadedFile(
        String mediaId,
        String owner,
        String fileName,
        String mediaType,
        String md5,
        long size,
        Path path,
        Scheduler disk)
        implements Content {

    private static final int PIECE = 65_536;

    @Override
    public String contentType() {
        SimMedia.Form form = SimMedia.Form.ofName(fileName);
        return form.contentType();
    }

    @Override
    public Publisher<byte[]> bytes(long from, long to) {
        long pieces = (to - from + PIECE - 1) / PIECE;
        return Flux.range(0, (int) pieces)
                .concatMap(
                        number -> Mono.fromCallable(() -> read(from + (long) number * PIECE, to))
                                .subscribeOn(disk),
                        1);
    }

    private byte[] read(long from, long to) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, to - from));
            while (piece.hasRemaining() && channel.read(piece, from + piece.position()) >= 0) {
                // go on
            }
            return Arrays.copyOf(piece.array(), piece.position());
        }
    }
}
