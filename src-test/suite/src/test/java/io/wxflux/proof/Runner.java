package io.wxflux.proof;

import io.wxflux.cli.Wxflux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code wxflux run} in a process of its own, with a configuration made for a simulator. */
final class Runner {
    private final Path directory;
    private final Path config;

    Runner(Path directory, int port, Path authority, int accounts) throws IOException {
        this.directory = directory;
        this.config = directory.resolve("accounts.yaml");
        var text = new StringBuilder("""
                state: ./state
                http:
                  trust: %s
                  connect-to: 127.0.0.1:%d
                sinks:
                  archive: { type: file, path: ./events.ndjson }
                accounts:
                """.formatted(authority, port));
        for (int i = 0; i < accounts; i++) {
            text.append("  - id: account-").append(i).append('\n');
        }
        Files.writeString(config, text);
    }

    Path events() {
        return directory.resolve("events.ndjson");
    }

    ChildProcess start() {
        return ChildProcess.start(
                List.of("-Xmx512m"), directory.resolve("run.log"), Wxflux.class.getName(), "run", config.toString());
    }
}
