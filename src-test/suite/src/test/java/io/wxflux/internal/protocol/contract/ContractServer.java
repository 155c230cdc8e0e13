package io.wxflux.internal.protocol.contract;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.wxflux.internal.transport.Connections;
import io.wxflux.options.HttpOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** WireMock as every host of web WeChat, with a certificate for all of them; one for the whole run. */
final class ContractServer implements AutoCloseable {
    private static final String PASSWORD = "contract";

    private static final String[] NAMES = {
        "login.weixin.qq.com",
        "weixin.qq.com",
        "apis.map.qq.com",
        "wx.qq.com",
        "wx2.qq.com",
        "file.wx2.qq.com",
        "webpush.wx.qq.com",
        "webpush.wx2.qq.com",
        "web.wechat.com",
        "webpush.web.wechat.com"
    };

    private final Path directory;
    private final SSLContext tls;
    private final WireMockServer wireMock;
    private final HttpOptions http;
    private final Scheduler timer = Schedulers.newSingle("contract-timer", true);

    private ContractServer() {
        try {
            directory = Files.createTempDirectory("wxflux-contract");
            X509Bundle authority = new CertificateBuilder()
                    .subject("CN=wxflux contract authority")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            Path pem = Files.writeString(directory.resolve("ca.pem"), authority.getCertificatePEM());
            KeyStore keys = keys(authority);
            Path keyFile = directory.resolve("server.p12");
            try (OutputStream out = Files.newOutputStream(keyFile)) {
                keys.store(out, PASSWORD.toCharArray());
            }
            var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, PASSWORD.toCharArray());
            tls = SSLContext.getInstance("TLS");
            tls.init(keyManagers.getKeyManagers(), null, null);
            wireMock = new WireMockServer(WireMockConfiguration.options()
                    .bindAddress("127.0.0.1")
                    .httpDisabled(true)
                    .dynamicHttpsPort()
                    .keystorePath(keyFile.toString())
                    .keystorePassword(PASSWORD)
                    .keyManagerPassword(PASSWORD)
                    .keystoreType("PKCS12")
                    .gzipDisabled(true)
                    .stubRequestLoggingDisabled(true)
                    .containerThreads(16));
            wireMock.start();
            http = HttpOptions.defaults()
                    .withTrust(pem)
                    .withConnectTo(new InetSocketAddress("127.0.0.1", wireMock.httpsPort()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static ContractServer of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(ContractServer.class, type -> new ContractServer(), ContractServer.class);
    }

    private static KeyStore keys(X509Bundle authority) throws Exception {
        CertificateBuilder leaf = new CertificateBuilder().subject("CN=" + NAMES[0]);
        for (String name : NAMES) {
            leaf.addSanDnsName(name);
        }
        return leaf.buildIssuedBy(authority).toKeyStore("PKCS12", PASSWORD.toCharArray());
    }

    /** For a server that says what WireMock cannot. */
    SSLContext tls() {
        return tls;
    }

    Scheduler timer() {
        return timer;
    }

    WireMockServer wireMock() {
        return wireMock;
    }

    /** Of an engine that finds the server and trusts its certificate. */
    HttpOptions http() {
        return http;
    }

    /** Closed with the context, so that their threads are not there while other classes count theirs. */
    Connections connections(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(OpenConnections.class, type -> OpenConnections.of(http, timer), OpenConnections.class)
                .connections();
    }

    private record OpenConnections(Connections connections) implements AutoCloseable {
        static OpenConnections of(HttpOptions http, Scheduler timer) {
            return new OpenConnections(Connections.open(http, timer));
        }

        @Override
        public void close() {
            connections.close().block(Duration.ofSeconds(5));
        }
    }

    @Override
    public void close() throws IOException {
        timer.dispose();
        wireMock.stop();
        Files.deleteIfExists(directory.resolve("ca.pem"));
        Files.deleteIfExists(directory.resolve("server.p12"));
        Files.deleteIfExists(directory);
    }
}
