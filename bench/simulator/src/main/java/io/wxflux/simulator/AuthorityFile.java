package io.wxflux.simulator;

import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A certificate authority in a file, key and certificate, so that clients of one run still trust the next. */
final class AuthorityFile {
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    /** One that is about to expire is made anew. */
    private static final Duration LEAST_LEFT = Duration.ofDays(30);

    private final Path path;

    AuthorityFile(Path path) {
        this.path = path;
    }

    /** Null when there is none, or none that lasts. */
    @Nullable
    X509Bundle read() {
        if (!Files.exists(path)) {
            return null;
        }
        try {
            requirePrivate();
            String text = Files.readString(path, StandardCharsets.US_ASCII);
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
            if (certificate.getNotAfter().toInstant().isBefore(Instant.now().plus(LEAST_LEFT))) {
                return null;
            }
            var bundle = X509Bundle.fromRootCertificateAuthority(
                    certificate, new KeyPair(certificate.getPublicKey(), key(text)));
            certificate.verify(certificate.getPublicKey());
            return bundle;
        } catch (IOException e) {
            throw failed("cannot be read: " + e.getMessage());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw failed("holds no certificate authority");
        }
    }

    private static PrivateKey key(String text) throws GeneralSecurityException {
        int begin = text.indexOf(KEY_BEGIN);
        int end = text.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("no key");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    /** Replaces the file as a whole. */
    void write(X509Bundle authority) {
        Path temporary = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.deleteIfExists(temporary);
            try (var channel = Files.newByteChannel(
                    temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyOwner())) {
                // The certificate first, alone: reading one stops at its end.
                channel.write(StandardCharsets.US_ASCII.encode(
                        authority.getCertificatePEM().strip() + "\n" + authority.getPrivateKeyPEM()));
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Path folder = path.toAbsolutePath().normalize().getParent();
            throw new UncheckedIOException(
                    "the simulator's authority " + path + " cannot be written. Make the folder " + folder
                            + " writable for this user, or choose another one",
                    e);
        }
    }

    private void requirePrivate() throws IOException {
        if (!isPosix()) {
            return;
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        others.removeAll(PosixFilePermissions.fromString("rwx------"));
        if (!others.isEmpty()) {
            throw failed("can be used by others, who could pose as any host to whoever trusts it (chmod 600 keeps it)");
        }
    }

    private static FileAttribute<?>[] onlyOwner() {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private UncheckedIOException failed(String why) {
        String text = "the simulator's authority " + path + " " + why + ". Delete it and another one is made, which"
                + " clients must be given anew";
        return new UncheckedIOException(text, new IOException(why));
    }
}
