package io.wxflux.event;

import io.wxflux.model.Message;
import io.wxflux.model.Party;
import io.wxflux.model.UserName;
import org.jspecify.annotations.Nullable;

/**
 * A message of the account, received or sent by it on another device.
 *
 * @param from as in the message, named as far as known
 * @param to as in the message, named as far as known
 * @param sender who wrote it: a room's member, else {@code from}
 * @param room the room; null outside rooms
 */
public record MessageReceived(
        EventHead head,
        Message message,
        Party from,
        Party to,
        Party sender,
        @Nullable Party room) implements AccountEvent {
    @Override
    public String type() {
        return "wx.message." + message.kind().suffix();
    }

    @Override
    public UserName subject() {
        return message.header().conversation();
    }

    @Override
    public boolean isJournaled() {
        return true;
    }
}
