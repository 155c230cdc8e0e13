package io.wxflux;

import io.wxflux.internal.transport.NativeCode;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.MissingLibrary;
import java.util.List;

/**
 * The native libraries that {@link HttpOptions#transport} and {@link HttpOptions#tls} may ask for. They are no dependencies
 * of the engine: whoever asks for them adds them.
 */
public final class NativeLibraries {
    private NativeLibraries() {}

    /**
     * What is asked for and cannot be used here. An engine with these options does not start unless this is empty. Blocks:
     * loads the libraries.
     */
    public static List<MissingLibrary> missing(HttpOptions options) {
        return NativeCode.missing(options);
    }
}
