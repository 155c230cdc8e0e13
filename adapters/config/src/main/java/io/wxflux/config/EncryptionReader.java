package io.wxflux.config;

import io.wxflux.options.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of the state directory: from the text of the configuration, or from files that nobody else can read. */
final class EncryptionReader {
    private static final int MAX_BYTES = 1024;
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final ConfigFile file;
    private final Document document;

    EncryptionReader(ConfigFile file, Document document) {
        this.file = file;
        this.document = document;
    }

    /** @param stands whether there is such a section at all: whoever writes one wants no state that anybody can read */
    EncryptionConfig read(Section section, boolean stands) {
        if (stands && section.present().isEmpty()) {
            document.problems.add(
                    section.place(),
                    section.path(),
                    "names no key, so nothing would be encrypted: give it a `key-file` or a `key`; or leave the whole"
                            + " section out");
        }
        Secret key = section.get(Keys.ENCRYPTION_KEY);
        Secret fromFile = fromFile(section, Keys.ENCRYPTION_KEY_FILE);
        Secret old = fromFile(section, Keys.ENCRYPTION_OLD_KEY_FILE);
        if (section.has(Keys.ENCRYPTION_KEY) && section.has(Keys.ENCRYPTION_KEY_FILE)) {
            problem(section, Keys.ENCRYPTION_KEY_FILE, "stands beside `key`; leave one of them out");
        }
        if (section.has(Keys.ENCRYPTION_OLD_KEY_FILE)
                && !section.has(Keys.ENCRYPTION_KEY)
                && !section.has(Keys.ENCRYPTION_KEY_FILE)) {
            problem(
                    section,
                    Keys.ENCRYPTION_OLD_KEY_FILE,
                    "needs the new key beside it, as `key` or `key-file`; with the old one alone, name that `key-file`");
        }
        return new EncryptionConfig(key == null ? fromFile : key, old);
    }

    private @Nullable Secret fromFile(Section section, Key<String> key) {
        String text = section.get(key);
        if (text == null) {
            return null;
        }
        Path path = file.resolve(text, section, key);
        String shown = Quote.of(path.toString());
        try {
            if (!Files.isRegularFile(path)) {
                problem(
                        section,
                        key,
                        shown
                                + (Files.exists(path)
                                        ? " is no file"
                                        : " does not exist; make it with:" + " (umask 077; openssl rand -base64 32 > "
                                                + path.getFileName() + ")"));
                return null;
            }
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
                if (rights.stream().anyMatch(OF_OTHERS::contains)) {
                    problem(
                            section,
                            key,
                            shown + " (" + PosixFilePermissions.toString(rights)
                                    + ") is open to others; run: chmod 600 " + path);
                    return null;
                }
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(path)) {
                bytes = in.readNBytes(MAX_BYTES);
            }
            return Types.key(new String(bytes, StandardCharsets.US_ASCII).strip());
        } catch (IllegalArgumentException e) {
            problem(section, key, shown + " " + e.getMessage());
        } catch (IOException e) {
            problem(section, key, shown + " cannot be read");
        }
        return null;
    }

    private void problem(Section section, Key<?> key, String text) {
        document.problems.add(section.placeOf(key), section.pathOf(key), text);
    }
}
