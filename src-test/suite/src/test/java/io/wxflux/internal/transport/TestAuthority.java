package io.wxflux.internal.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A certificate authority made for the test run, and servers' certificates by it. */
final class TestAuthority {
    static final TestAuthority TRUSTED = new TestAuthority("CN=wxflux test authority");
    static final TestAuthority STRANGER = new TestAuthority("CN=somebody else");
    static final SslContext WEB_WECHAT = TRUSTED.server(
            "wx.qq.com",
            "webpush.wx.qq.com",
            "wx2.qq.com",
            "webpush.wx2.qq.com",
            "login.wx.qq.com",
            "file.wx.qq.com",
            "login.weixin.qq.com",
            "web.wechat.com");

    private final X509Bundle bundle;

    private TestAuthority(String subject) {
        try {
            bundle = new CertificateBuilder()
                    .subject(subject)
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    SslContext server(String... names) {
        return server(leaf -> leaf, names);
    }

    /** @param change of the server's certificate before it is issued */
    SslContext server(UnaryOperator<CertificateBuilder> change, String... names) {
        try {
            CertificateBuilder leaf = new CertificateBuilder().subject("CN=" + names[0]);
            for (String name : names) {
                leaf.addSanDnsName(name);
            }
            return SslContextBuilder.forServer(
                            change.apply(leaf).buildIssuedBy(bundle).toKeyManagerFactory())
                    .sslProvider(SslProvider.JDK)
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Path pem(Path directory) throws Exception {
        return Files.writeString(directory.resolve("ca.pem"), bundle.getCertificatePEM());
    }
}
