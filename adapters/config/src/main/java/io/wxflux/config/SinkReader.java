package io.wxflux.config;

import io.wxflux.options.SinkRetry;
import io.wxflux.sink.SinkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code sinks}. */
final class SinkReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final ConfigFile file;
    private final Document document;
    private final Path configPath;
    private final Set<String> names = new LinkedHashSet<>();
    private final Map<Path, String> files = new HashMap<>();

    SinkReader(ConfigFile file, Document document, Path configPath) {
        this.file = file;
        this.document = document;
        this.configPath = configPath;
    }

    /** Names that stand in the file, those of wrong sinks included: an account that names one is not wrong as well. */
    Set<String> names() {
        return names;
    }

    List<SinkConfig> read(@Nullable Node node) {
        List<SinkConfig> sinks = new ArrayList<>();
        List<Document.Entry> entries = node == null ? List.of() : document.entries(node, "sinks");
        for (Document.Entry entry : entries) {
            SinkConfig sink = sink(entry);
            if (sink != null) {
                sinks.add(sink);
            }
        }
        if (entries.isEmpty()) {
            // Somebody who configures no sink wants to see that it works.
            sinks.add(new SinkConfig.Console("console", SinkConfig.Delivery.USUAL, true, SinkConfig.Color.AUTO));
            names.add("console");
        }
        return sinks;
    }

    private @Nullable SinkConfig sink(Document.Entry entry) {
        String path = Document.join("sinks", entry.name());
        names.add(entry.name());
        if (!NAME.matcher(entry.name()).matches()) {
            document.problems.add(
                    entry.place(),
                    path,
                    "a sink's name is 1 to 64 of A-Z a-z 0-9 . _ - and begins with a letter or digit");
        }
        List<Document.Entry> entries = document.entries(entry.node(), path);
        if (entries.isEmpty()) {
            return null;
        }
        Section section = document.read(entries, entry.place(), path, Keys.of(Keys.SINK_TYPE.section()), kind(entries));
        SinkConfig.Delivery delivery = delivery(section);
        String type = section.or(Keys.SINK_TYPE, "");
        if (type.equals("console")) {
            SinkConfig.Color color =
                    SinkConfig.Color.valueOf(section.or(Keys.COLOR, "auto").toUpperCase(Locale.ROOT));
            return new SinkConfig.Console(entry.name(), delivery, section.or(Keys.QR, true), color);
        }
        String target = section.get(Keys.FILE_PATH);
        if (!type.equals("file") || target == null) {
            return null;
        }
        Path resolved = file.resolve(target, section, Keys.FILE_PATH);
        checkTarget(entry.name(), resolved, section);
        return new SinkConfig.File(entry.name(), delivery, section.or(Keys.QR, false), resolved);
    }

    private static SinkConfig.Delivery delivery(Section section) {
        return new SinkConfig.Delivery(
                SinkSpec.From.valueOf(section.or(Keys.FROM, "end").toUpperCase(Locale.ROOT)),
                section.or(Keys.REQUIRED_SINK, true),
                new SinkRetry(
                        section.get(Keys.SINK_ATTEMPTS),
                        section.get(Keys.SINK_ATTEMPTS_WITHIN),
                        section.get(Keys.SINK_MAX_BACKOFF),
                        section.get(Keys.SINK_WRITE_TIMEOUT)));
    }

    private static String kind(List<Document.Entry> entries) {
        for (Document.Entry entry : entries) {
            if (entry.name().equals("type")
                    && entry.node() instanceof ScalarNode scalar
                    && (scalar.getValue().equals("file") || scalar.getValue().equals("console"))) {
                return scalar.getValue();
            }
        }
        return "";
    }

    private void checkTarget(String name, Path target, Section section) {
        Place place = section.placeOf(Keys.FILE_PATH);
        String path = section.pathOf(Keys.FILE_PATH);
        String other = files.putIfAbsent(real(target), name);
        if (other != null) {
            document.problems.add(
                    place, path, "the same file as sinks." + Quote.plain(other) + "; a file has one writer");
        }
        if (target.equals(configPath)) {
            document.problems.add(place, path, "is this configuration file itself");
        }
        if (Files.isDirectory(target)) {
            document.problems.add(place, path, Quote.of(target.toString()) + " is a directory");
        }
        file.lookAround(Surroundings::ofFile, target, section, Keys.FILE_PATH);
    }

    /** Follows links as far as the path exists, so that two names of one file are seen to be one. */
    private static Path real(Path target) {
        try {
            if (Files.exists(target)) {
                return target.toRealPath();
            }
            Path parent = target.getParent();
            Path name = target.getFileName();
            return parent != null && name != null && Files.exists(parent)
                    ? parent.toRealPath().resolve(name)
                    : target;
        } catch (IOException e) {
            return target;
        }
    }
}
