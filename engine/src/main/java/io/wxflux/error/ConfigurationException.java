package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** The settings cannot work; the message names each problem and its remedy. */
public final class ConfigurationException extends WxfluxException {
    public ConfigurationException(String message) {
        this(message, null);
    }

    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(Remedy.STOP, message, cause, false);
    }
}
