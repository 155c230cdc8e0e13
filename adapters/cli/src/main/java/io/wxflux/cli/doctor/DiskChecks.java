package io.wxflux.cli.doctor;

import io.wxflux.config.SinkConfig;
import io.wxflux.config.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state directory, the files of the sinks, and the space there is. Makes nothing. */
public final class DiskChecks {
    private static final long MIB = 1 << 20;
    private static final long LEAST = 64 * MIB;
    private static final long COMFORTABLE = 1024 * MIB;
    private static final int MOST_FILES = 10_000;

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private DiskChecks() {}

    /** @param state absolute */
    public static List<Finding> ofState(Path state) {
        String problem = Surroundings.ofState(state);
        if (problem != null) {
            return List.of(failed("", problem, state));
        }
        var findings = new ArrayList<Finding>();
        if (Files.isDirectory(state)) {
            findings.add(Finding.ok(state + " is there and can be written" + holder(state)));
            findings.addAll(readable(state));
        } else {
            findings.add(Finding.ok(state + " will be made by the first run"));
        }
        findings.add(space(state));
        return findings;
    }

    public static List<Finding> ofSink(SinkConfig.File sink) {
        String problem = Surroundings.ofFile(sink.path());
        if (problem != null) {
            return List.of(failed(sink.name() + ": ", problem, sink.path()));
        }
        return List.of(Finding.ok(sink.name() + ": " + sink.path() + " can be written"), space(sink.path()));
    }

    /** @param problem as a check of the file words it: the remedy, when there is one, stands behind a semicolon */
    private static Finding failed(String prefix, String problem, Path path) {
        int behind = problem.indexOf("; ");
        return behind > 0
                ? Finding.fail(prefix + problem.substring(0, behind), problem.substring(behind + 2))
                : Finding.fail(prefix + problem, remedy(problem, path));
    }

    private static String remedy(String problem, Path path) {
        if (problem.contains("belongs to user id")) {
            return "run wxflux as the owner, or: chown -R \"$(id -u)\" " + path;
        }
        return problem.contains("no directory") || problem.contains("no folder") || problem.contains("leads nowhere")
                ? "remove it, or name another place in the file"
                : "let this user write there (chown, chmod), or name another place in the file";
    }

    /** The journal notes down who holds its lock; the number may be of a process that is gone. */
    private static String holder(Path state) {
        try {
            String pid = Files.readString(state.resolve("lock"), StandardCharsets.US_ASCII)
                    .strip();
            return pid.matches("\\d{1,10}")
                            && ProcessHandle.of(Long.parseLong(pid)).isPresent()
                    ? "; process " + pid + " may be using it"
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Files of sessions and messages are for the owner alone. */
    private static List<Finding> readable(Path state) {
        if (!state.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return List.of();
        }
        long open = 0;
        @Nullable Path first = null;
        try (Stream<Path> all = Files.walk(state)) {
            for (Path each : (Iterable<Path>) all.limit(MOST_FILES)::iterator) {
                Set<PosixFilePermission> rights = Files.getPosixFilePermissions(each, LinkOption.NOFOLLOW_LINKS);
                if (!Files.isSymbolicLink(each) && rights.stream().anyMatch(OF_OTHERS::contains)) {
                    open++;
                    first = first == null ? each : first;
                }
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of(
                    Finding.warn("not everything in " + state + " can be looked at", "chown -R \"$(id -u)\" " + state));
        }
        return open == 0
                ? List.of(Finding.ok("nobody else can read what is in it"))
                : List.of(Finding.warn(
                        open + (open == 1 ? " of its files is" : " of its files are") + " open to other users, as "
                                + first,
                        "chmod -R go= " + state));
    }

    private static Finding space(Path path) {
        Path there = path;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null) {
            return Finding.warn("free space at " + path + " is not known", "look with: df -h");
        }
        try {
            FileStore store = Files.getFileStore(there);
            return space(path, store.getUsableSpace(), store.isReadOnly());
        } catch (IOException e) {
            return Finding.warn("free space at " + path + " is not known", "look with: df -h");
        }
    }

    static Finding space(Path path, long free, boolean readOnly) {
        if (readOnly) {
            return Finding.fail(path + " is on a read-only disk", "mount it for writing, or name another place");
        }
        String shown = size(free) + " free";
        if (free < LEAST) {
            return Finding.fail(shown + ": accounts will be parked at once", "make room; a GiB lasts for long");
        }
        return free < COMFORTABLE
                ? Finding.warn(shown + ": accounts are parked when it is used up", "make room; a GiB lasts for long")
                : Finding.ok(shown);
    }

    private static String size(long bytes) {
        return bytes >= COMFORTABLE
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) COMFORTABLE)
                : bytes / MIB + " MiB";
    }
}
