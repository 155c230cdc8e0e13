package io.wxflux.cli.doctor;

import io.wxflux.file.TerminalText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Goes to one host as a run would, as far as an answer to {@code GET /} without any cookie. Blocks. */
final class HostProbe {
    private static final int HTTPS = 443;
    private static final int MOST_HEAD = 32_768;

    private final SSLContext tls;
    private final @Nullable InetSocketAddress connectTo;
    private final int millis;
    private final Clock clock;

    HostProbe(SSLContext tls, @Nullable InetSocketAddress connectTo, Duration patience, Clock clock) {
        this.tls = tls;
        this.connectTo = connectTo;
        this.millis = Math.toIntExact(patience.toMillis());
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param problem null when all went well
     * @param skew how far the host's clock is ahead of ours; null when it did not say
     */
    record Report(
            String host,
            @Nullable Problem problem,
            String protocol,
            Duration took,
            @Nullable Duration skew) {}

    /** @param certificate whether the certificate is what is wrong: then somebody answers, but maybe not the service */
    record Problem(String text, String remedy, boolean certificate) {}

    /** Something is wrong that a person can be told. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        Wrong(String text, String remedy) {
            this(new Problem(text, remedy, false));
        }

        Wrong(Problem problem) {
            super(problem.text(), null, false, false);
            this.problem = problem;
        }
    }

    Report probe(String host) {
        long began = System.nanoTime();
        try (Socket plain = connect(host);
                SSLSocket socket = secure(plain, host)) {
            Instant before = clock.instant();
            String head = ask(socket, host);
            Duration answered = Duration.between(before, clock.instant());
            Instant half = before.plus(answered.dividedBy(2));
            return new Report(host, null, socket.getSession().getProtocol(), since(began), skew(head, half));
        } catch (Wrong wrong) {
            return new Report(host, wrong.problem, "", since(began), null);
        } catch (SocketTimeoutException e) {
            return failed(host, "connected, but no answer within " + millis + " ms", "try again later", began);
        } catch (IOException e) {
            return failed(
                    host,
                    "connection broken (" + TerminalText.line(String.valueOf(e.getMessage()), 200) + ")",
                    "look for a proxy or firewall in between",
                    began);
        }
    }

    private static Report failed(String host, String text, String remedy, long began) {
        return new Report(host, new Problem(text, remedy, false), "", since(began), null);
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Socket connect(String host) throws Wrong, IOException {
        InetSocketAddress to = connectTo == null ? resolve(host) : fixed(connectTo);
        Socket socket = new Socket();
        try {
            socket.connect(to, millis);
            socket.setSoTimeout(millis);
            return socket;
        } catch (SocketTimeoutException e) {
            socket.close();
            throw new Wrong(
                    "no answer" + at(to),
                    "let connections to port " + to.getPort() + " through the firewall; a proxy is not used");
        } catch (ConnectException e) {
            socket.close();
            throw new Wrong(
                    "connection refused" + at(to),
                    connectTo == null
                            ? "look whether a firewall rejects port 443; a proxy is not used"
                            : "start what listens there, or correct http.connect-to");
        } catch (IOException e) {
            socket.close();
            throw new Wrong(
                    "not reachable" + at(to) + " (" + TerminalText.line(String.valueOf(e.getMessage()), 200) + ")",
                    "look at this machine's network and routes");
        }
    }

    /** Only where all hosts have the same address, so that what they have in common is said once. */
    private String at(InetSocketAddress address) {
        return connectTo == null ? "" : " at " + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static InetSocketAddress resolve(String host) throws Wrong {
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new Wrong(
                    "not known to DNS", "look at this machine's DNS, in /etc/resolv.conf; try: getent hosts wx.qq.com");
        }
        List<InetAddress> open =
                Arrays.stream(found).filter(HostProbe::isPublic).toList();
        if (open.isEmpty()) {
            throw new Wrong(
                    "DNS says " + found[0].getHostAddress() + ", an address of an inner network, which a run refuses",
                    "correct DNS or /etc/hosts; a test service is named by http.connect-to");
        }
        return new InetSocketAddress(open.get(0), HTTPS);
    }

    private static InetSocketAddress fixed(InetSocketAddress configured) throws Wrong {
        InetSocketAddress to = configured.isUnresolved()
                ? new InetSocketAddress(configured.getHostString(), configured.getPort())
                : configured;
        if (to.isUnresolved()) {
            throw new Wrong(
                    "http.connect-to names " + configured.getHostString() + ", which is not known to DNS",
                    "correct http.connect-to");
        }
        return to;
    }

    /** As the engine judges what DNS says. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
        boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
        return !(uniqueLocal
                || thisNetwork
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress());
    }

    private SSLSocket secure(Socket plain, String host) throws Wrong, IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, HTTPS, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
            return socket;
        } catch (SSLException e) {
            socket.close();
            throw new Wrong(refused(e));
        }
    }

    private static Problem refused(SSLException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String said = String.valueOf(cause.getMessage());
            if (cause instanceof CertificateExpiredException) {
                return certificate(
                        "the certificate has expired",
                        "look at this machine's clock; if it is right, the host has to renew it");
            }
            if (cause instanceof CertificateNotYetValidException) {
                return certificate("the certificate is not valid yet", "look at this machine's clock");
            }
            if (said.contains("subject alternative") || said.contains("No name matching")) {
                return certificate(
                        "the certificate is another host's",
                        "look for a captive portal, a proxy that reads along, or a wrong address from DNS");
            }
            if (said.contains("certification path") || said.contains("trust anchor")) {
                return certificate(
                        "the certificate is vouched for by nobody who is trusted",
                        "look for a proxy that reads along; if you want to trust it, name its authority in http.trust");
            }
        }
        return new Problem(
                "no agreement on TLS (" + TerminalText.line(String.valueOf(error.getMessage()), 200) + ")",
                "look for a proxy or firewall in between; wxflux speaks TLS 1.2 and 1.3",
                false);
    }

    private static Problem certificate(String text, String remedy) {
        return new Problem(text, remedy, true);
    }

    private String ask(SSLSocket socket, String host) throws IOException {
        socket.getOutputStream()
                .write(("GET / HTTP/1.1\r\nHost: " + host
                                + "\r\nUser-Agent: Mozilla/5.0 (wxflux doctor)\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        InputStream in = socket.getInputStream();
        var head = new ByteArrayOutputStream();
        int last = 0;
        for (int next = in.read(); next >= 0 && head.size() < MOST_HEAD; next = in.read()) {
            head.write(next);
            // The head ends with an empty line.
            last = next == '\n' ? last + 1 : next == '\r' ? last : 0;
            if (last == 2) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        throw new IOException("it ended before its answer had begun");
    }

    private static @Nullable Duration skew(String head, Instant ours) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("date:"))
                .map(line -> line.substring("date:".length()).strip())
                .map(HostProbe::date)
                .filter(Objects::nonNull)
                .findFirst()
                // A Date has whole seconds: on average half a second more has passed.
                .map(date -> Duration.between(ours, date.plusMillis(500)))
                .orElse(null);
    }

    private static @Nullable Instant date(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
