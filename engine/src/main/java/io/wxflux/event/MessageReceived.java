package io.wxflux.event;

import io.wxflux.model.Mentions;
import io.wxflux.model.Message;
import io.wxflux.model.Party;
import io.wxflux.model.QuotingMessage;
import io.wxflux.model.UserName;
import java.util.Objects;
import java.util.stream.Stream;
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

    /**
     * Whether a text of others in a room names this account: as well as the web protocol lets one know, see {@link
     * Mentions}. Such a message is addressed to this account, so its names are those of {@link #to}.
     */
    public boolean mentionsMe() {
        if (room == null || message.header().self()) {
            return false;
        }
        String said = message instanceof Message.Text text
                ? text.text()
                : message instanceof QuotingMessage.Quote quote
                        ? quote.details().text()
                        : "";
        return Mentions.of(
                said,
                Stream.of(to.displayName(), to.nickName())
                        .filter(Objects::nonNull)
                        .toList());
    }
}
