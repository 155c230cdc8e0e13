package io.wxflux.file;

import io.wxflux.model.AccountId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a file held at some moment, kept beside it so that an open need not read all of it, and so that a rotated file
 * is remembered. Losing it costs time, not events.
 *
 * @param fileKey which file
 * @param bytes how much of it is accounted for
 * @param next per account, the offset after the last event held
 */
record Cursors(String fileKey, long bytes, Map<AccountId, Long> next) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int VERSION = 1;

    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".cursor");
    }

    /** Null when there are none that can be believed. */
    static @Nullable Cursors read(Path path) {
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(path));
            if (root.path("version").asInt(0) != VERSION || !root.path("bytes").isIntegralNumber()) {
                return null;
            }
            Map<AccountId, Long> next = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : root.path("next").properties()) {
                next.put(AccountId.of(entry.getKey()), entry.getValue().asLong());
            }
            return new Cursors(
                    root.path("file").asString(""), root.path("bytes").asLong(), next);
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Replaces the file as a whole: there is never half of one. */
    void write(Path path) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION).put("file", fileKey).put("bytes", bytes);
        ObjectNode accounts = root.putObject("next");
        new TreeMap<>(next).forEach((account, offset) -> accounts.put(account.value(), offset));
        Path temporary = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.<OpenOption>of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                AppendFile.onlyOwner())) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(root));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
