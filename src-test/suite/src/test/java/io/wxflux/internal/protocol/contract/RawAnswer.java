package io.wxflux.internal.protocol.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** Says these bytes to every request, whatever it asks, and closes the connection. */
final class RawAnswer implements AutoCloseable {
    private final ServerSocket listener;
    private final byte[] answer;

    RawAnswer(SSLContext tls, String answer) throws IOException {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        listener = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        var thread = new Thread(this::serve, "raw-answer");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                var in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                int length = 0;
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                        length = Integer.parseInt(line.substring(15).strip());
                    }
                }
                for (int read = 0; read < length && in.read() >= 0; read++) {
                    // The body must be taken, or closing would reset the connection.
                }
                client.getOutputStream().write(answer);
            } catch (IOException e) {
                // The client went away, or the test is over.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
