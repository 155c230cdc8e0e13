package io.wxflux.internal.session;

import io.netty.buffer.PooledByteBufAllocator;
import io.wxflux.internal.protocol.Download;
import io.wxflux.internal.protocol.UploadKind;
import io.wxflux.internal.protocol.UploadedMedia;
import io.wxflux.model.MediaContent;
import io.wxflux.model.MediaSource;
import io.wxflux.model.UserName;
import io.wxflux.options.HttpOptions;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends a file up and down again, and tells by how much the live heap grew meanwhile. Arguments: port, authority, file. */
public final class TransferProgram {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double MIB = 1024 * 1024;

    private TransferProgram() {}

    public static void main(String[] arguments) throws Exception {
        HttpOptions http = HttpOptions.defaults()
                .withTrust(Path.of(arguments[1]))
                .withConnectTo(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
        MediaSource source = MediaSource.of(Path.of(arguments[2]));
        try (var session = new OpenSession(http)) {
            // Classes, buffers and connections that are there to stay.
            down(
                    session,
                    up(session, MediaSource.of("first.bin", new byte[2_000_000]), new AtomicLong()),
                    new AtomicLong());
            long before = live();
            long direct = direct();
            AtomicLong most = new AtomicLong();
            long started = System.nanoTime();
            UploadedMedia media = up(session, source, most);
            long sent = System.nanoTime();
            System.out.printf("up %.1f MiB%n", (most.get() - before) / MIB);
            most.set(0);
            String md5 = down(session, media, most);
            System.out.printf("down %.1f MiB%n", (most.get() - before) / MIB);
            System.out.printf(
                    "direct %.1f MiB, up in %d ms, down in %d ms%n",
                    (direct() - direct) / MIB, (sent - started) / 1_000_000, (System.nanoTime() - sent) / 1_000_000);
            System.out.println("sent " + media.md5());
            System.out.println("came " + md5);
        }
        System.exit(0);
    }

    private static UploadedMedia up(OpenSession session, MediaSource source, AtomicLong most) {
        return Objects.requireNonNull(session.transfers
                .upload(UserName.of("filehelper"), source, UploadKind.FILE, now -> {
                    // In the middle of it, at every tenth chunk.
                    if (now.sent() / 524_288 % 10 == 5) {
                        most.accumulateAndGet(live(), Math::max);
                    }
                })
                .block(PATIENCE));
    }

    private static String down(OpenSession session, UploadedMedia media, AtomicLong most) throws Exception {
        MediaContent content = Objects.requireNonNull(session.downloads
                .fetch(new Downloads.Wanted(
                        List.of(Download.file(
                                session.signedIn.self(), media.mediaId(), "encryfilename", media.encryFileName())),
                        media.fileName(),
                        true))
                .block(PATIENCE));
        MessageDigest digest = MessageDigest.getInstance("MD5");
        AtomicLong came = new AtomicLong();
        Flux<ByteBuffer> read = content.bytes().doOnNext(piece -> {
            long before = came.get() / 5_000_000;
            if (came.addAndGet(piece.remaining()) / 5_000_000 > before) {
                most.accumulateAndGet(live(), Math::max);
            }
            digest.update(piece);
        });
        return Objects.requireNonNull(
                read.then(Mono.fromSupplier(() -> HexFormat.of().formatHex(digest.digest())))
                        .block(PATIENCE));
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long direct() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }
}
