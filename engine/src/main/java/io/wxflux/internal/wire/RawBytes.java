package io.wxflux.internal.wire;

import io.wxflux.model.RawMessage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The array behind a message, for the parser: it reads arrays only, and a copy of each message would be for nothing.
 * Others get a read-only buffer.
 */
final class RawBytes {
    private static final VarHandle BYTES;
    private static final VarHandle OFFSET;

    static {
        try {
            var inside = MethodHandles.privateLookupIn(RawMessage.class, MethodHandles.lookup());
            BYTES = inside.findVarHandle(RawMessage.class, "bytes", byte[].class);
            OFFSET = inside.findVarHandle(RawMessage.class, "offset", int.class);
        } catch (ReflectiveOperationException theFieldsAreThere) {
            throw new ExceptionInInitializerError(theFieldsAreThere);
        }
    }

    private RawBytes() {}

    /** Not to be written to. */
    static byte[] array(RawMessage raw) {
        return (byte[]) BYTES.get(raw);
    }

    /** Where the message begins in the array. */
    static int offset(RawMessage raw) {
        return (int) OFFSET.get(raw);
    }
}
