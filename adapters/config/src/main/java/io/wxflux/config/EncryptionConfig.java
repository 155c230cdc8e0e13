package io.wxflux.config;

import io.wxflux.options.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the state directory, each 32 bytes in base64.
 *
 * @param key encrypts; null = nothing is encrypted
 * @param oldKey reads what was written before the key was changed; null = none. Only beside a key
 */
public record EncryptionConfig(
        @Nullable Secret key, @Nullable Secret oldKey) {
    static final EncryptionConfig NONE = new EncryptionConfig(null, null);
}
