package io.wxflux.internal.wire;

import io.wxflux.model.MsgId;
import io.wxflux.model.RawMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Finds the id of a message, whatever the server left out: a message without one would be lost or come twice. */
final class MsgIds {
    private static final int MOST_ID = 64;
    private static final int HASH_BYTES = 16;

    private MsgIds() {}

    /**
     * MsgId; else NewMsgId, which is the same number; else a hash of the bytes, the same for every delivery. A 0 is no
     * id: all messages with it would count as one.
     */
    static MsgId of(String msgId, String newMsgId, RawMessage raw) {
        if (usable(msgId)) {
            return new MsgId(msgId);
        }
        return new MsgId(usable(newMsgId) ? newMsgId : hash(raw.toByteArray()));
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
