package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.cli.Wxflux;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A runner that is asked for native libraries on a class path without them. */
@Tag("process")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MissingLibraryTests {
    @TempDir
    Path directory;

    private Path config(String transport, String tls) throws IOException {
        return Files.writeString(directory.resolve("accounts.yaml"), """
                http:
                  transport: %s
                  tls: %s
                  connect-to: 127.0.0.1:9
                sinks:
                  archive: { type: file, path: ./events.ndjson, qr: true }
                accounts:
                  - id: alice
                """.formatted(transport, tls));
    }

    /** Neither the libraries nor, of OpenSSL's, the classes; and the runner's without its jar, which names them all. */
    private static String classPath() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("java.class.path"))
                .map(entry -> entry.endsWith("wxflux.jar") ? entry.replace("wxflux.jar", "classes") : entry)
                .filter(entry -> !entry.contains("netty-tcnative") && !entry.contains("netty-transport-native-epoll"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String says(int code, String command, Path config, String... more) {
        Path output = directory.resolve(command + ".log");
        var arguments = new ArrayList<>(List.of(command, config.toString()));
        arguments.addAll(List.of(more));
        try (ChildProcess process = ChildProcess.start(
                classPath(),
                List.of("-XX:TieredStopAtLevel=1"),
                output,
                Wxflux.class.getName(),
                arguments.toArray(String[]::new))) {
            assertThat(process.end()).as(process.output()).isEqualTo(code);
            return process.output();
        }
    }

    @Test
    void checkAndRunNameTheArtifactsAndDoNotStart() throws IOException {
        Path config = config("native", "openssl");

        assertThat(says(2, "check", config))
                .containsPattern("accounts.yaml:2:\\d+: http.transport: native needs a native library that is not"
                        + " on the class path: add io.netty:netty-transport-native-epoll:4\\S+:linux-x86_64")
                .containsPattern("accounts.yaml:3:\\d+: http.tls: openssl needs a native library that is not on the"
                        + " class path: add io.netty:netty-tcnative-classes:2\\S+ and"
                        + " io.netty:netty-tcnative-boringssl-static:2\\S+:linux-x86_64");
        assertThat(says(2, "run", config))
                .contains("http.transport: native needs", "netty-transport-native-epoll:")
                .contains("http.tls: openssl needs", "netty-tcnative-boringssl-static:");
        assertThat(says(1, "doctor", config, "--offline"))
                .contains("fail  http.transport: native needs", "netty-transport-native-epoll:")
                .contains("fail  http.tls: openssl needs", "WXFLUX_CLASS_PATH");
    }

    @Test
    void whoAsksForNoneMissesNone() throws IOException {
        assertThat(says(0, "check", config("nio", "jdk"))).contains("ok: 1 account");
    }
}
