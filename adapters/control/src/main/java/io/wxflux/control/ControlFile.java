package io.wxflux.control;

import io.wxflux.error.StoreUnavailableException;
import io.wxflux.options.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code control.json} of a state directory: where a running engine listens, and the token that opens it. Readable by its
 * owner only; whoever may read the state directory has the accounts anyway.
 *
 * @param port on the loopback address
 * @param token of 256 random bits, new at each start
 * @param pid of the process
 */
public record ControlFile(int port, Secret token, long pid) {
    private static final String NAME = "control.json";

    public static Path in(Path state) {
        return state.resolve(NAME);
    }

    /**
     * Empty when there is none, or none that can be understood.
     *
     * @throws StoreUnavailableException when it is there and cannot be read
     */
    public static Optional<ControlFile> read(Path state) {
        Path file = in(state);
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
            int port = json.path("port").asInt(0);
            String token = json.path("token").asString("");
            return port > 0 && !token.isEmpty()
                    ? Optional.of(new ControlFile(
                            port, Secret.of(token), json.path("pid").asLong(0)))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    file + " cannot be read: use the commands as the user that runs the engine", e);
        }
    }

    /** Puts it there in one step, so that nobody reads half of it. May block. */
    void write(Path state) throws IOException {
        ObjectNode json = Json.object();
        json.put("port", port);
        json.put("token", token.reveal());
        json.put("pid", pid);
        Path temporary = Files.createTempFile(state, ".control", ".json", ownerOnly(state, "rw-------"));
        try {
            Files.write(temporary, Json.bytes(json));
            Files.move(temporary, in(state), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Takes it away, unless a later engine has put its own there. May block. */
    void remove(Path state) throws IOException {
        if (read(state).filter(this::equals).isPresent()) {
            Files.deleteIfExists(in(state));
        }
    }

    static FileAttribute<?>[] ownerOnly(Path beside, String mode) {
        return beside.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
