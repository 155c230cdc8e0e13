package io.wxflux.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where a result was measured; figures of different machines do not compare. */
record Machine(String cpu, int cores, long memoryBytes, String system, String java, String wxflux) {
    static Machine here() {
        String version = Machine.class.getPackage().getImplementationVersion();
        return new Machine(
                procfs("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                kibibytes(procfs("/proc/meminfo", "MemTotal")),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                version == null ? "" : version);
    }

    String line() {
        return (cpu.isEmpty() ? "" : cpu + ", ") + cores + (cores == 1 ? " core" : " cores")
                + (memoryBytes > 0 ? String.format(Locale.ROOT, ", %.0f GiB", memoryBytes / 1073741824.0) : "") + ", "
                + system + ", " + java;
    }

    private static String procfs(String file, String key) {
        try {
            for (String line : Files.readAllLines(Path.of(file))) {
                if (line.startsWith(key)) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException elsewhere) {
            // Not Linux: the other fields say what is known.
        }
        return "";
    }

    private static long kibibytes(String text) {
        return text.isEmpty() ? 0 : 1024 * Long.parseLong(text.replaceAll("\\D", ""));
    }
}
