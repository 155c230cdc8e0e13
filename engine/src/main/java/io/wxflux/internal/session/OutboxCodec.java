package io.wxflux.internal.session;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.model.AccountId;
import io.wxflux.model.MediaSource;
import io.wxflux.model.MsgId;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.Party;
import io.wxflux.model.StableId;
import io.wxflux.model.UserName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A message of the outbox to bytes and back: JSON with a version, so that a newer one is refused and never misread. */
final class OutboxCodec {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OutboxCodec() {}

    static byte[] encode(OutboxMail mail) {
        ObjectNode root = JSON.createObjectNode();
        OutboxEntry entry = mail.entry();
        root.put("version", VERSION);
        root.put("to", entry.to().value());
        root.put("kind", entry.kind().name());
        root.put("state", entry.state().name());
        root.put("queuedAt", entry.queuedAt().toEpochMilli());
        root.put("expiresAt", entry.expiresAt().toEpochMilli());
        root.put("self", mail.self().value());
        root.put("person", mail.person());
        Party recipient = mail.recipient();
        known(root, "nickName", recipient.nickName());
        known(root, "remarkName", recipient.remarkName());
        StableId id = recipient.stableId();
        if (id != null) {
            root.put("stableId", id.value());
            root.put("confidence", id.confidence().name());
        }
        if (mail.message() instanceof Outgoing.Text text) {
            root.put("text", text.text());
            var mentions = root.putArray("mentions");
            text.mentions().forEach(name -> mentions.add(name.value()));
        } else if (mail.message() instanceof Outgoing.Existing existing) {
            root.put("type", existing.type());
            root.put("content", existing.content());
        } else if (mail.message() instanceof Outgoing.Upload upload && mail.file() != null) {
            Path path = upload.source().file();
            // The next process may be started somewhere else.
            root.put("path", path == null ? "" : path.toAbsolutePath().toString());
            root.put("name", upload.source().name());
            root.put("size", mail.file().size());
            root.put("md5", mail.file().md5());
        } else {
            throw new IllegalArgumentException("the outbox does not keep " + mail.message());
        }
        return JSON.writeValueAsBytes(root);
    }

    static OutboxMail decode(AccountId account, String id, byte[] bytes) {
        try {
            JsonNode root = JSON.readTree(bytes);
            int version = root.path("version").asInt(0);
            if (version != VERSION) {
                throw new CorruptStoreException("a message in the outbox of account " + account + " has the version "
                        + version + ", this program reads version " + VERSION + ". Use the newer wxflux that wrote it");
            }
            Outgoing.Kind kind = Outgoing.Kind.valueOf(root.path("kind").asString());
            var entry = new OutboxEntry(
                    id,
                    UserName.of(root.path("to").asString()),
                    kind,
                    OutboxEntry.State.valueOf(root.path("state").asString()),
                    Instant.ofEpochMilli(root.path("queuedAt").asLong()),
                    Instant.ofEpochMilli(root.path("expiresAt").asLong()),
                    new MsgId(""),
                    "");
            return new OutboxMail(
                    entry,
                    UserName.of(root.path("self").asString()),
                    root.path("person").asString(),
                    recipient(entry.to(), root),
                    message(kind, root),
                    file(root));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new CorruptStoreException("a message in the outbox of account " + account + " cannot be read. Restore"
                    + " the state directory from a copy, or remove the account's state to sign it in anew");
        }
    }

    private static void known(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    private static Party recipient(UserName to, JsonNode root) {
        return new Party(
                to,
                root.path("nickName").stringValue(null),
                root.path("remarkName").stringValue(null),
                null,
                root.has("stableId")
                        ? new StableId(
                                root.path("stableId").asString(),
                                StableId.Confidence.valueOf(
                                        root.path("confidence").asString()))
                        : null);
    }

    private static Outgoing message(Outgoing.Kind kind, JsonNode root) {
        if (root.has("text")) {
            List<UserName> mentions = new ArrayList<>();
            root.path("mentions").forEach(name -> mentions.add(UserName.of(name.asString())));
            return new Outgoing.Text(root.path("text").asString(), mentions);
        }
        if (root.has("path")) {
            return new Outgoing.Upload(
                    kind,
                    MediaSource.of(Path.of(root.path("path").asString()))
                            .named(root.path("name").asString()));
        }
        return new Outgoing.Existing(
                kind, root.path("type").asInt(), root.path("content").asString());
    }

    private static OutboxMail.@Nullable FileMark file(JsonNode root) {
        return root.has("md5")
                ? new OutboxMail.FileMark(
                        root.path("size").asLong(), root.path("md5").asString())
                : null;
    }
}
