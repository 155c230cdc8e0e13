package io.wxflux.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every message has, whatever its kind.
 *
 * @param id the server's id
 * @param msgType PROTOCOL 9.3
 * @param appMsgType PROTOCOL 9.4; 0 unless msgType is 49
 * @param subMsgType as sent; 48 marks a location in a text
 * @param from as sent; for others' messages in a room this is the room
 * @param to as sent
 * @param room the room it was said in; null outside rooms
 * @param sender who wrote it: the member in a room, else {@code from}; {@link UserName#NONE} when the server does not say
 * @param self written by this account, from whatever device
 * @param createTime the server's stamp, in whole seconds
 */
public record MessageHeader(
        MsgId id,
        int msgType,
        int appMsgType,
        int subMsgType,
        UserName from,
        UserName to,
        @Nullable UserName room,
        UserName sender,
        boolean self,
        Instant createTime) {
    /** The chat it belongs to: the room, or the other side. */
    public UserName conversation() {
        if (room != null) {
            return room;
        }
        return self ? to : from;
    }
}
