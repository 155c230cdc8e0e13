package io.wxflux.sink;

import io.wxflux.bench.Bench;
import io.wxflux.bench.Samples;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.MessageReceived;
import io.wxflux.internal.wire.MessageDecoder;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.model.Party;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What does a message cost as a CloudEvent, its details read before, beside Jackson's generator writing strings of the same
 * length?
 */
@State(Scope.Benchmark)
public class CloudEventsBenchmark extends Bench {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int PIECE = 40;

    /** Of the message. */
    @Param({"text", "image", "link"})
    public String kind = "text";

    private AccountEvent event = received("text");
    private int length;
    private String piece = "";

    /** Makes the event; the first encoding reads its details. */
    @Setup
    public void prepare() {
        event = received(kind);
        length = encode().length;
        piece = "x".repeat(PIECE);
    }

    private static AccountEvent received(String kind) {
        RawMessage raw = RawMessage.wrap(
                Samples.message(kind, 7_100_000_000_000_000_001L).getBytes(StandardCharsets.UTF_8));
        Message message = MessageDecoder.decode(raw, UserName.of(Samples.SELF));
        Party friend = new Party(message.header().from(), "小艾 Alice", "Alice", null, null);
        Party self = new Party(message.header().to(), "Shop", null, null, null);
        var head = new EventHead(
                AccountId.of("shop"),
                "shop-7100000000000000001",
                Instant.ofEpochSecond(1_770_091_500L),
                OptionalLong.of(42));
        return new MessageReceived(head, message, friend, self, friend, null);
    }

    /** As sinks get it. */
    @Benchmark
    public byte[] encode() {
        return CloudEvents.encode(event);
    }

    /** As many bytes in fields of 40. */
    @Benchmark
    public byte[] floorGenerator() {
        var out = new ByteArrayOutputStream(length);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            for (int written = 0; written < length; written += PIECE + 13) {
                json.writeStringProperty("property", piece);
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
