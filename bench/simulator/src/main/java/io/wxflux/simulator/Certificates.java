package io.wxflux.simulator;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority, and one server certificate for all hosts, made at every start. The authority is made at every
 * start, too, and kept nowhere, unless it is to be kept.
 */
final class Certificates {

    private final X509Bundle authority;
    private final X509Bundle server;

    /** @param kept where the authority is kept; null when it is for this run only */
    Certificates(Collection<String> hosts, Collection<String> addresses, @Nullable Path kept) {
        Instant from = Instant.now().minus(Duration.ofDays(2));
        Instant to = Instant.now().plus(Duration.ofDays(365));
        try {
            authority = kept == null ? authority(from, to) : kept(new AuthorityFile(kept), from, to);
            CertificateBuilder leaf = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=wx.qq.com")
                    .notBefore(from)
                    .notAfter(to)
                    .setKeyUsage(true, CertificateBuilder.KeyUsage.digitalSignature)
                    .addExtendedKeyUsageServerAuth();
            hosts.forEach(leaf::addSanDnsName);
            addresses.forEach(leaf::addSanIpAddress);
            server = leaf.buildIssuedBy(authority);
        } catch (UncheckedIOException cause) {
            throw cause;
        } catch (Exception cause) {
            throw new IllegalStateException("the simulator could not make its certificates", cause);
        }
    }

    private static X509Bundle kept(AuthorityFile file, Instant from, Instant to) throws Exception {
        X509Bundle known = file.read();
        if (known != null) {
            return known;
        }
        X509Bundle made = authority(from, to);
        file.write(made);
        return made;
    }

    private static X509Bundle authority(Instant from, Instant to) throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=wxflux simulator CA")
                .notBefore(from)
                .notAfter(to)
                .setIsCertificateAuthority(true)
                .setKeyUsage(true, CertificateBuilder.KeyUsage.keyCertSign, CertificateBuilder.KeyUsage.cRLSign)
                .buildSelfSigned();
    }

    String caPem() {
        return authority.getCertificatePEM();
    }

    SslContext serverContext() {
        try {
            return SslContextBuilder.forServer(server.getKeyPair().getPrivate(), server.getCertificatePath())
                    .sslProvider(SslProvider.JDK)
                    .build();
        } catch (Exception cause) {
            throw new IllegalStateException("the simulator could not set up TLS", cause);
        }
    }
}
