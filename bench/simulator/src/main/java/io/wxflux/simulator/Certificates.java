package io.wxflux.simulator;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** A certificate authority made for this run, and one server certificate for all hosts. Nothing is kept on disk. */
final class Certificates {

    private final X509Bundle authority;
    private final X509Bundle server;

    Certificates(Collection<String> hosts, Collection<String> addresses) {
        Instant from = Instant.now().minus(Duration.ofDays(2));
        Instant to = Instant.now().plus(Duration.ofDays(365));
        try {
            authority = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=wxflux simulator CA")
                    .notBefore(from)
                    .notAfter(to)
                    .setIsCertificateAuthority(true)
                    .setKeyUsage(true, CertificateBuilder.KeyUsage.keyCertSign, CertificateBuilder.KeyUsage.cRLSign)
                    .buildSelfSigned();
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
        } catch (Exception cause) {
            throw new IllegalStateException("the simulator could not make its certificates", cause);
        }
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
