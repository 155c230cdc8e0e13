package io.wxflux.internal.wire;

import io.wxflux.model.MsgId;
import io.wxflux.model.RawMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Finds the id of a message, whatever the server left out: a message without one would be lost or come twice. */
final class MsgIds {
    private static final int MOST_ID = 64;
    private static final int HASH_BYTES = 16;

    private MsgIds() {}

    /**
     * MsgId; else NewMsgId, which is the same number; null without either. A 0 is no id: all messages with it would count
     * as one.
     */
    static @Nullable MsgId given(String msgId, String newMsgId) {
        if (usable(msgId)) {
            return new MsgId(msgId);
        }
        return usable(newMsgId) ? new MsgId(newMsgId) : null;
    }

    /** A hash of the bytes, the same for every delivery. */
    static MsgId ofBytes(RawMessage raw) {
        return new MsgId(hash(raw.toByteArray()));
    }

    /** The value of NewMsgId, when it is needed: with a MsgId before it, as the service writes them, it is not. */
    static String newMsgId(String msgId, JsonReader in) {
        if (usable(msgId)) {
            in.skip();
            return "";
        }
        return in.text();
    }

    private static boolean usable(String id) {
        return SafeText.isToken(id, MOST_ID) && !id.equals("0");
    }

    private static String hash(byte[] raw) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(raw);
            return "x" + HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
