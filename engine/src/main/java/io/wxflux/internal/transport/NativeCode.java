package io.wxflux.internal.transport;

import io.netty.handler.ssl.OpenSsl;
import io.netty.util.Version;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.MissingLibrary;
import io.wxflux.options.TlsProvider;
import io.wxflux.options.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the native libraries that were asked for can be used, and what to do when not. */
public final class NativeCode {
    /** The one that belongs to our Netty; a test holds it against the BOM. */
    static final String TCNATIVE = "2.0.81.Final";

    private static final Set<String> EPOLL = Set.of("linux-x86_64", "linux-aarch_64", "linux-riscv64");
    private static final Set<String> KQUEUE = Set.of("osx-x86_64", "osx-aarch_64");
    private static final Set<String> BORINGSSL =
            Set.of("linux-x86_64", "linux-aarch_64", "osx-x86_64", "osx-aarch_64", "windows-x86_64");

    private static final int LONGEST = 200;

    private final Platform platform;
    private final Predicate<String> onClassPath;

    /** @param onClassPath whether there is a resource of a name */
    NativeCode(Platform platform, Predicate<String> onClassPath) {
        this.platform = platform;
        this.onClassPath = onClassPath;
    }

    /** Blocks: loads the libraries. Empty when everything that was asked for can be used. */
    public static List<MissingLibrary> missing(HttpOptions options) {
        var here = new NativeCode(
                Platform.current(), name -> NativeCode.class.getClassLoader().getResource(name) != null);
        var missing = new ArrayList<MissingLibrary>();
        if (options.transport() == Transport.NATIVE) {
            Throwable trouble = trouble(LoopKind.of(Transport.NATIVE)::trouble);
            if (trouble != null) {
                missing.add(here.transport(trouble));
            }
        }
        if (options.tls() == TlsProvider.OPENSSL) {
            Throwable trouble = trouble(OpenSsl::unavailabilityCause);
            if (trouble != null) {
                missing.add(here.openSsl(trouble));
            }
        }
        return missing;
    }

    private static @Nullable Throwable trouble(Supplier<@Nullable Throwable> look) {
        try {
            return look.get();
        } catch (LinkageError e) {
            return e;
        }
    }

    MissingLibrary transport(Throwable trouble) {
        boolean mac = platform.system().equals(Platform.MACOS);
        String kind = mac ? "kqueue" : "epoll";
        return told(
                "http.transport",
                "native",
                "nio",
                (mac ? KQUEUE : EPOLL).contains(platform.classifier()),
                "META-INF/native/libnetty_transport_native_" + kind + "_" + platform.processor()
                        + (mac ? ".jnilib" : ".so"),
                "io.netty:netty-transport-native-" + kind + ":" + netty() + ":" + platform.classifier(),
                trouble);
    }

    MissingLibrary openSsl(Throwable trouble) {
        boolean windows = platform.system().equals(Platform.WINDOWS);
        return told(
                "http.tls",
                "openssl",
                "jdk",
                BORINGSSL.contains(platform.classifier()),
                "META-INF/native/" + (windows ? "" : "lib") + "netty_tcnative_" + platform.system() + "_"
                        + platform.processor()
                        + (windows ? ".dll" : platform.system().equals(Platform.MACOS) ? ".jnilib" : ".so"),
                "io.netty:netty-tcnative-classes:" + TCNATIVE + " and io.netty:netty-tcnative-boringssl-static:"
                        + TCNATIVE + ":" + platform.classifier(),
                trouble);
    }

    private MissingLibrary told(
            String key,
            String value,
            String other,
            boolean exists,
            String resource,
            String artifacts,
            Throwable trouble) {
        String instead = "set " + key + " to " + other;
        if (!exists) {
            return new MissingLibrary(
                    key, value + " is not to be had for " + platform.classifier() + ", there is no library", instead);
        }
        if (!onClassPath.test(resource)) {
            return new MissingLibrary(
                    key,
                    value + " needs a native library that is not on the class path",
                    "add " + artifacts + ", or " + instead);
        }
        return new MissingLibrary(
                key,
                "the native library for " + value + " is there and cannot be loaded (" + reason(trouble) + ")",
                "use " + artifacts + "; look whether programs may be loaded from " + "java.io.tmpdir (noexec), or "
                        + instead);
    }

    /** That of the Netty there is: the library has to be of the same. */
    private static String netty() {
        Version version = Version.identify(NativeCode.class.getClassLoader()).get("netty-transport");
        return version == null ? "<the version of netty-transport>" : version.artifactVersion();
    }

    private static String reason(Throwable trouble) {
        Throwable last = trouble;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        String message = last.getMessage();
        String text = last.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
