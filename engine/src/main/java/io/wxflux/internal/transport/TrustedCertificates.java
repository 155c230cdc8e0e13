package io.wxflux.internal.transport;

import io.wxflux.error.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The system's certificates and those of a PEM file, both. */
final class TrustedCertificates {
    private static final long LARGEST = 4 << 20;

    private TrustedCertificates() {}

    /** Blocks: reads files. */
    static TrustManagerFactory of(@Nullable Path pem) {
        try {
            TrustManagerFactory system = factory(null);
            if (pem == null) {
                return system;
            }
            KeyStore both = KeyStore.getInstance(KeyStore.getDefaultType());
            both.load(null, null);
            int n = 0;
            for (TrustManager manager : system.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    for (Certificate certificate : x509.getAcceptedIssuers()) {
                        both.setCertificateEntry("system-" + n++, certificate);
                    }
                }
            }
            for (Certificate certificate : read(pem)) {
                both.setCertificateEntry("added-" + n++, certificate);
            }
            return factory(both);
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigurationException("The system's trusted certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static Collection<? extends Certificate> read(Path pem) {
        byte[] bytes;
        try {
            if (Files.size(pem) > LARGEST) {
                throw new ConfigurationException("http.trust: " + pem + " is larger than " + LARGEST + " bytes");
            }
            bytes = Files.readAllBytes(pem);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "http.trust: " + pem + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
        try {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException e) {
            // Not chained: should the file hold a private key, its text must not end up in a log.
        }
        throw new ConfigurationException("http.trust: " + pem
                + " holds no certificate that can be read; it must be PEM, with lines -----BEGIN CERTIFICATE-----");
    }
}
