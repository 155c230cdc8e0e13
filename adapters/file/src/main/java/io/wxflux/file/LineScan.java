package io.wxflux.file;

import io.wxflux.model.AccountId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads lines of CloudEvents from a byte position on: what is there of each account, and where the whole lines end. */
final class LineScan {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String SOURCE = "/accounts/";

    private final Map<AccountId, Long> next = new HashMap<>();
    private byte[] line = new byte[8 * 1024];
    private int length;
    private long end;
    private long strange;
    private boolean powerCut;

    private LineScan(long from) {
        this.end = from;
    }

    static LineScan of(AppendFile file, long from) throws IOException {
        LineScan scan = new LineScan(from);
        ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
        long position = from;
        while (!scan.powerCut) {
            buffer.clear();
            int count = file.read(buffer, position);
            if (count < 0) {
                break;
            }
            position += count;
            buffer.flip();
            while (buffer.hasRemaining() && !scan.powerCut) {
                scan.take(buffer.get());
            }
        }
        return scan;
    }

    /** Offsets after the last event of each account, as the lines say. */
    Map<AccountId, Long> next() {
        return next;
    }

    /** Where the last whole line ends; what follows is torn and was never acknowledged. */
    long end() {
        return end;
    }

    /** Whole lines that are not ours. */
    long strange() {
        return strange;
    }

    private void take(byte b) {
        if (b != '\n') {
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = b;
            return;
        }
        for (int i = 0; i < length; i++) {
            if (line[i] == 0) {
                // Blocks that never reached the disk read as zeros. They were in the last group, which was not
                // forced, so nobody was told that it or anything behind it is here.
                powerCut = true;
                return;
            }
        }
        note();
        end += length + 1;
        length = 0;
    }

    private void note() {
        String source = null;
        String sequence = null;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line, 0, length)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.PROPERTY_NAME && (source == null || sequence == null)) {
                    String name = json.currentName();
                    JsonToken value = json.nextToken();
                    if (name.equals("source") && value == JsonToken.VALUE_STRING) {
                        source = json.getString();
                    } else if (name.equals("sequence") && value != null && value.isScalarValue()) {
                        sequence = json.getString();
                    } else {
                        json.skipChildren();
                    }
                }
            }
            note(source, sequence);
        } catch (JacksonException | IllegalArgumentException e) {
            strange++;
        }
    }

    private void note(@Nullable String source, @Nullable String sequence) {
        if (source == null) {
            strange++;
        } else if (sequence != null && source.startsWith(SOURCE)) {
            next.merge(AccountId.of(source.substring(SOURCE.length())), Long.parseLong(sequence) + 1, Math::max);
        }
    }
}
