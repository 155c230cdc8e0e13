package io.wxflux.internal.session;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.protocol.Credentials;
import io.wxflux.internal.transport.CookieJar;
import io.wxflux.model.AccountId;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@link AccountMemory} to bytes and back: JSON with a version, so that a newer one is refused and never misread. */
final class AccountMemoryCodec {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        // Jackson makes its tree reader at the first use, under a lock that accounts starting together would wait for.
        JSON.readTree("{}");
    }

    private AccountMemoryCodec() {}

    static byte[] encode(AccountMemory memory) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        if (memory.uin() != null) {
            root.put("uin", memory.uin().value());
        }
        root.put("nickName", memory.nickName());
        root.put("apiHost", memory.apiHost());
        AccountMemory.Live live = memory.live();
        if (live != null) {
            ObjectNode node = root.putObject("live");
            node.put("uin", live.credentials().uin().value());
            node.put("sid", live.credentials().sid());
            node.put("skey", live.credentials().skey());
            node.put("passTicket", live.credentials().passTicket());
            node.put("self", live.self().value());
            node.put("reinitialised", live.refusals());
            if (live.unannounced() != null) {
                node.put("unannounced", live.unannounced().name());
            }
        }
        var cookies = root.putArray("cookies");
        for (CookieJar.Cookie cookie : memory.cookies()) {
            ObjectNode node = cookies.addObject();
            node.put("name", cookie.name());
            node.put("value", cookie.value());
            node.put("domain", cookie.domain());
            node.put("hostOnly", cookie.hostOnly());
            node.put("path", cookie.path());
            node.put("secure", cookie.secure());
            if (cookie.expires() != null) {
                node.put("expires", cookie.expires().toEpochMilli());
            }
        }
        var qrTimes = root.putArray("qrTimes");
        memory.qrTimes().forEach(qrTimes::add);
        var loginTimes = root.putArray("loginTimes");
        memory.loginTimes().forEach(loginTimes::add);
        return JSON.writeValueAsBytes(root);
    }

    static AccountMemory decode(AccountId account, byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            return AccountMemory.EMPTY;
        }
        try {
            JsonNode root = JSON.readTree(bytes);
            int version = root.path("version").asInt(0);
            if (version != VERSION) {
                throw new CorruptStoreException("the stored session of account " + account + " has the version "
                        + version + ", this program reads version " + VERSION + ". Use the newer wxflux that wrote it");
            }
            return memory(root);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new CorruptStoreException("the stored session of account " + account + " cannot be read. Restore the"
                    + " state directory from a copy, or remove the account's state to sign it in anew");
        }
    }

    private static AccountMemory memory(JsonNode root) {
        var cookies = new ArrayList<CookieJar.Cookie>();
        for (JsonNode node : root.path("cookies")) {
            cookies.add(new CookieJar.Cookie(
                    node.path("name").asString(),
                    node.path("value").asString(),
                    node.path("domain").asString(),
                    node.path("hostOnly").asBoolean(),
                    node.path("path").asString(),
                    node.path("secure").asBoolean(),
                    node.has("expires")
                            ? Instant.ofEpochMilli(node.path("expires").asLong())
                            : null));
        }
        return new AccountMemory(
                root.has("uin") ? new Uin(root.path("uin").asLong()) : null,
                root.path("nickName").asString(),
                root.has("live") ? live(root.path("live")) : null,
                root.path("apiHost").asString(),
                List.copyOf(cookies),
                times(root.path("qrTimes")),
                times(root.path("loginTimes")));
    }

    /** None in what a program wrote that did not count them yet. */
    private static List<Long> times(JsonNode node) {
        var times = new ArrayList<Long>();
        node.forEach(time -> times.add(time.asLong()));
        return times;
    }

    private static AccountMemory.Live live(JsonNode node) {
        return new AccountMemory.Live(
                new Credentials(
                        new Uin(node.path("uin").asLong()),
                        node.path("sid").asString(),
                        node.path("skey").asString(),
                        node.path("passTicket").asString()),
                UserName.of(node.path("self").asString()),
                refusals(node.path("reinitialised")),
                node.has("unannounced")
                        ? Lifecycle.Origin.valueOf(node.path("unannounced").asString())
                        : null);
    }

    /** A count; it was a boolean before, and still is in the state of whoever has not run since. */
    private static int refusals(JsonNode node) {
        return node.isBoolean() ? (node.asBoolean() ? 1 : 0) : node.asInt(0);
    }
}
