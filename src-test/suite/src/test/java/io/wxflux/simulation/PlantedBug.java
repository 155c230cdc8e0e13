package io.wxflux.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A mistake somebody might make in the engine, kept as a patch; its first lines say what finds it, and how soon. */
final class PlantedBug {
    private static final Pattern EXPECTED = Pattern.compile("Found by (\\w+) within (\\d+) seeds of the (\\w+) size");

    final String name;
    final Invariant invariant;
    final int seeds;
    final String size;
    private final UnifiedDiff diff;

    private PlantedBug(Path file) {
        String text = read(file);
        Matcher expected = EXPECTED.matcher(text);
        if (!expected.find()) {
            throw new IllegalArgumentException(file + " does not say what finds it");
        }
        name = file.getFileName().toString().replace(".patch", "");
        invariant = Invariant.valueOf(expected.group(1));
        seeds = Integer.parseInt(expected.group(2));
        size = expected.group(3);
        diff = UnifiedDiff.parse(text);
    }

    static List<PlantedBug> all() {
        Path folder = root().resolve("src-test/suite/src/test/planted-bugs");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .map(PlantedBug::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root of the sources: tests run in their module's directory. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("engine/src/main/java"))) {
            Path above = here.getParent();
            if (above == null) {
                throw new IllegalStateException(
                        "the sources of the engine are not above " + Path.of("").toAbsolutePath());
            }
            here = above;
        }
        return here;
    }

    /** The sources with the bug in them, by their paths. */
    Map<String, String> sources() {
        return diff.apply(path -> read(root().resolve(path)));
    }

    /** Compiles them into a directory, to be put in front of the engine's classes. */
    Path compile(Path directory) {
        try {
            Path classes = Files.createDirectories(directory.resolve(name + "-classes"));
            var files = new ArrayList<Path>();
            for (Map.Entry<String, String> source : sources().entrySet()) {
                Path file = directory.resolve(name).resolve(source.getKey());
                Files.createDirectories(file.getParent());
                files.add(Files.writeString(file, source.getValue()));
            }
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            try (var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
                var said = new java.io.StringWriter();
                boolean compiled = compiler.getTask(
                                said,
                                manager,
                                null,
                                List.of(
                                        "--release",
                                        "17",
                                        "-proc:none",
                                        "-nowarn",
                                        "-parameters",
                                        "-d",
                                        classes.toString(),
                                        "-cp",
                                        System.getProperty("java.class.path")),
                                null,
                                manager.getJavaFileObjectsFromPaths(files))
                        .call();
                if (!compiled) {
                    throw new IllegalStateException(name + " does not compile: " + said);
                }
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the simulation on the engine with the bug, in a process of its own. @return what that said */
    String run(Path classes, Path log) throws IOException, InterruptedException {
        var command = new ArrayList<>(Arrays.asList(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                HuntedSeeds.class.getName(),
                size,
                Integer.toString(seeds),
                invariant.name()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.waitFor();
        return read(log);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
