package io.wxflux.cli.doctor;

import io.wxflux.NativeLibraries;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.MissingLibrary;
import io.wxflux.options.TlsProvider;
import io.wxflux.options.Transport;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Java and the limits a run would have. */
public final class MachineChecks {
    private static final int OLDEST_JAVA = 17;
    private static final long MIB = 1 << 20;

    private MachineChecks() {}

    /**
     * @param tooFewFiles what is to be said about the number of open files, problem and remedy; empty when it will do
     * @param enoughFiles what is to be said when it does
     */
    public static List<Finding> of(Optional<String> tooFewFiles, String enoughFiles) {
        var findings = new ArrayList<Finding>();
        Runtime runtime = Runtime.getRuntime();
        findings.add(java(
                Runtime.version().feature(),
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                        + runtime.availableProcessors() + " cores, up to " + runtime.maxMemory() / MIB
                        + " MiB of heap"));
        findings.add(tooFewFiles
                .map(warning -> Finding.fail(warning.split("; ", 2)[0], warning.split("; ", 2)[1]))
                .orElseGet(() -> Finding.ok(enoughFiles)));
        names(System.getProperty("sun.jnu.encoding", "")).ifPresent(findings::add);
        return findings;
    }

    /** What the network settings ask for beyond Java; nothing when they ask for nothing. */
    public static List<Finding> ofLibraries(HttpOptions http) {
        if (http.transport() == Transport.NIO && http.tls() == TlsProvider.JDK) {
            return List.of();
        }
        List<MissingLibrary> missing = NativeLibraries.missing(http);
        return missing.isEmpty()
                ? List.of(Finding.ok("what http.transport and http.tls ask for can be loaded"))
                : missing.stream()
                        .map(library -> Finding.fail(
                                library.key() + ": " + library.problem(),
                                library.remedy() + " (the launcher takes jars from WXFLUX_CLASS_PATH)"))
                        .toList();
    }

    static Finding java(int feature, String shown) {
        return feature >= OLDEST_JAVA
                ? Finding.ok("Java " + shown)
                : Finding.fail("Java " + shown + " is too old", "install a JDK 17 or newer");
    }

    /** Files with Chinese names cannot be opened under a locale that has no letters for them. */
    static Optional<Finding> names(String encoding) {
        try {
            return encoding.isEmpty() || Charset.forName(encoding).equals(StandardCharsets.UTF_8)
                    ? Optional.empty()
                    : Optional.of(Finding.warn(
                            "file names are in " + encoding + ", so files with Chinese names cannot be opened",
                            "start wxflux by its launcher, or with LC_ALL=C.UTF-8"));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
