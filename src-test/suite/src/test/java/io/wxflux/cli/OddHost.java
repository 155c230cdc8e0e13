package io.wxflux.cli;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Something that listens and speaks TLS, with a certificate and a clock that may be wrong. */
final class OddHost implements AutoCloseable {
    private static final X509Bundle AUTHORITY = authority();

    private final SSLServerSocket listener;
    private final String date;
    final List<String> asked = new CopyOnWriteArrayList<>();

    /**
     * @param certificate changes what is made for {@code names}
     * @param servedNames a pattern of the host names it speaks for; null for any
     */
    OddHost(Instant clock, Consumer<CertificateBuilder> certificate, @Nullable String servedNames, List<String> names) {
        date = DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.atOffset(ZoneOffset.UTC));
        try {
            CertificateBuilder leaf = new CertificateBuilder().subject("CN=odd host");
            names.forEach(leaf::addSanDnsName);
            certificate.accept(leaf);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(leaf.buildIssuedBy(AUTHORITY).toKeyManagerFactory().getKeyManagers(), null, null);
            listener = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(0, 50);
            if (servedNames != null) {
                SSLParameters parameters = listener.getSSLParameters();
                parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher(servedNames)));
                listener.setSSLParameters(parameters);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        Thread accepting = new Thread(this::accept, "odd-host");
        accepting.setDaemon(true);
        accepting.start();
    }

    private static X509Bundle authority() {
        try {
            return new CertificateBuilder()
                    .subject("CN=odd authority")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Path trust(Path directory) throws IOException {
        return Files.writeString(directory.resolve("ca.pem"), AUTHORITY.getCertificatePEM());
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.setSoTimeout(5_000);
                answer(socket);
            } catch (IOException refusedOrClosed) {
                // The next one.
            }
        }
    }

    private void answer(SSLSocket socket) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.append(line).append('\n');
        }
        asked.add(head.toString());
        socket.getOutputStream()
                .write(("HTTP/1.1 200 OK\r\nDate: " + date + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
