package io.wxflux.cli;

import io.wxflux.config.EncryptionConfig;
import io.wxflux.journal.JournalKey;
import io.wxflux.journal.JournalOptions;
import io.wxflux.options.Secret;
import java.nio.file.Path;

/** How a configuration's journal is opened. */
final class JournalOf {
    private JournalOf() {}

    static JournalOptions journal(Path state, EncryptionConfig encryption) {
        JournalOptions options = JournalOptions.in(state);
        Secret key = encryption.key();
        Secret old = encryption.oldKey();
        if (key != null) {
            options = options.withKey(JournalKey.of(key));
        }
        return old == null ? options : options.withOldKey(JournalKey.of(old));
    }
}
