package io.wxflux.internal.session;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.model.AccountId;
import io.wxflux.options.Operation;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an account has spent, to bytes and back; operations that are full and unthrottled are left out. */
final class PacesCodec {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PacesCodec() {}

    static byte[] encode(Map<Operation, Bucket.State> states) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        states.forEach((operation, state) -> {
            if (!state.equals(Bucket.State.FULL)) {
                ObjectNode node = root.putObject(operation.word());
                node.put("fullAt", state.fullAt());
                node.put("restUntil", state.restUntil());
                node.put("rests", state.rests());
                node.put("tried", state.tried());
            }
        });
        return JSON.writeValueAsBytes(root);
    }

    static Map<Operation, Bucket.State> decode(AccountId account, byte[] bytes) {
        try {
            JsonNode root = JSON.readTree(bytes);
            int version = root.path("version").asInt(0);
            if (version != VERSION) {
                throw new CorruptStoreException("the stored budgets of account " + account + " have the version "
                        + version + ", this program reads version " + VERSION + ". Use the newer wxflux that wrote it");
            }
            var states = new EnumMap<Operation, Bucket.State>(Operation.class);
            for (Operation operation : Operation.values()) {
                JsonNode node = root.path(operation.word());
                if (node.isObject()) {
                    states.put(
                            operation,
                            new Bucket.State(
                                    node.path("fullAt").asLong(),
                                    node.path("restUntil").asLong(),
                                    node.path("rests").asInt(),
                                    node.path("tried").asBoolean()));
                }
            }
            return states;
        } catch (JacksonException e) {
            throw new CorruptStoreException("the stored budgets of account " + account + " cannot be read. Restore the"
                    + " state directory from a copy, or remove the account's state to sign it in anew");
        }
    }
}
