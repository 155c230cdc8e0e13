package io.wxflux.internal.protocol.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.Deflater;
import javax.net.ssl.SSLContext;

/** Answers every request with one and the same flood, as it is made, for as long as the client takes it. */
final class BombServer implements AutoCloseable {
    private static final int MIB = 1 << 20;
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
    private static final String JSON = "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},";

    interface Bomb {
        void explode(OutputStream out) throws IOException;
    }

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "bomb");
        thread.setDaemon(true);
        return thread;
    });

    BombServer(SSLContext tls, Bomb bomb) throws IOException {
        listener = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket client = listener.accept();
                    threads.execute(() -> serve(client, bomb));
                } catch (IOException over) {
                    return;
                }
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    private static void serve(Socket client, Bomb bomb) {
        try (client) {
            InputStream in = client.getInputStream();
            byte[] buffer = new byte[8_192];
            // Every request here fits into a few packets, and whatever else it says does not matter.
            while (in.read(buffer) >= 0) {
                OutputStream out = client.getOutputStream();
                bomb.explode(out);
                out.flush();
            }
        } catch (IOException enough) {
            // The client has had enough.
        }
    }

    /** 1 GiB of zeros in about 1 MiB: the same piece over and over, each of which begins afresh. */
    static Bomb gzip() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] zeros = new byte[16 * MIB];
        deflater.setInput(zeros);
        byte[] piece = new byte[MIB];
        int size = deflater.deflate(piece, 0, piece.length, Deflater.FULL_FLUSH);
        deflater.end();
        var body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
        for (int i = 0; i < 64; i++) {
            body.write(piece, 0, size);
        }
        body.writeBytes(new byte[] {3, 0});
        body.writeBytes(new byte[8]);
        byte[] whole = body.toByteArray();
        return out -> {
            say(out, HEAD + "Content-Encoding: gzip\r\nContent-Length: " + whole.length + "\r\n\r\n");
            out.write(whole);
        };
    }

    static Bomb gigabyteInChunks() {
        byte[] chunk = "x".repeat(64 * 1024).getBytes(ISO_8859_1);
        return out -> {
            say(out, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 16 * 1024; i++) {
                say(out, "10000\r\n");
                out.write(chunk);
                say(out, "\r\n");
            }
            say(out, "0\r\n\r\n");
        };
    }

    static Bomb gigabyteAnnounced() {
        return out -> {
            say(out, HEAD + "Content-Length: " + (1L << 30) + "\r\n\r\n");
            flood(out, 1_024);
        };
    }

    static Bomb gigabyteWithoutLength() {
        return out -> {
            say(out, HEAD + "\r\n");
            flood(out, 1_024);
        };
    }

    private static void flood(OutputStream out, int mebibytes) throws IOException {
        byte[] some = new byte[64 * 1024];
        for (int i = 0; i < 16 * mebibytes; i++) {
            out.write(some);
        }
    }

    static Bomb headers() {
        byte[] header = ("X-Header: " + "x".repeat(1_000) + "\r\n").getBytes(ISO_8859_1);
        return out -> {
            say(out, HEAD);
            for (int i = 0; i < 1_000; i++) {
                out.write(header);
            }
            say(out, "Content-Length: 0\r\n\r\n");
        };
    }

    static Bomb oneHeader() {
        return out -> {
            say(out, HEAD + "X: ");
            flood(out, 1_024);
        };
    }

    /** A body of a good form, as long as it may be where most is allowed, that is worth many times its size in objects. */
    static Bomb json(String member, String element, int bytes) {
        byte[] some = (element + ",").repeat(1_000).getBytes(ISO_8859_1);
        int count = bytes / some.length;
        String begin = JSON + "\"" + member + "\":[";
        String end = element + "]}";
        return out -> {
            say(
                    out,
                    HEAD + "Content-Length: " + (begin.length() + count * (long) some.length + end.length())
                            + "\r\n\r\n" + begin);
            for (int i = 0; i < count; i++) {
                out.write(some);
            }
            say(out, end);
        };
    }

    static Bomb text(String value) {
        String body = JSON + "\"x\":" + value + "}";
        return out -> say(out, HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
