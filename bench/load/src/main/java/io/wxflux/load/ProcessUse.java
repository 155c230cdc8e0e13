package io.wxflux.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What the system says a process uses. Memory, threads and sockets are known on Linux only; elsewhere they are -1. */
final class ProcessUse {
    private static final Path PROC = Path.of("/proc");

    private final ProcessHandle process;

    ProcessUse(ProcessHandle process) {
        this.process = process;
    }

    /** Time on all cores since its start. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident memory in bytes. */
    long resident() {
        return status("VmRSS:") * 1024;
    }

    int threads() {
        return (int) status("Threads:");
    }

    private long status(String key) {
        try {
            for (String line : Files.readAllLines(directory().resolve("status"))) {
                if (line.startsWith(key)) {
                    return Long.parseLong(line.substring(key.length()).replaceAll("\\D", ""));
                }
            }
        } catch (IOException gone) {
            // Not Linux, or the process is no more.
        }
        return -1;
    }

    /** Open sockets. Looks at every open file: not for every second. */
    int sockets() {
        try (Stream<Path> open = Files.list(directory().resolve("fd"))) {
            return (int) open.filter(ProcessUse::isSocket).count();
        } catch (IOException gone) {
            return -1;
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }

    private Path directory() {
        return PROC.resolve(Long.toString(process.pid()));
    }
}
