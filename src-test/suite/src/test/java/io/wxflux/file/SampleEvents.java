package io.wxflux.file;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.MsgId;
import io.wxflux.model.Party;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import io.wxflux.sink.EventBatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Events as the engine hands them to sinks. */
final class SampleEvents {
    static final Instant TIME = Instant.parse("2026-11-21T04:05:06Z");

    private SampleEvents() {}

    static EventHead head(String account, long sequence) {
        return new EventHead(
                AccountId.of(account),
                account + "-" + (1_000 + sequence),
                TIME,
                sequence < 0 ? OptionalLong.empty() : OptionalLong.of(sequence));
    }

    static MessageReceived text(String account, long sequence, String text) {
        UserName friend = UserName.of("@0123456789abcdef");
        UserName self = UserName.of("@fedcba9876543210");
        MessageHeader header = new MessageHeader(
                new MsgId(String.valueOf(1_000 + sequence)), 1, 0, 0, friend, self, null, friend, false, TIME);
        RawMessage raw = RawMessage.wrap("{\"MsgType\":1}".getBytes(StandardCharsets.UTF_8));
        Party from = new Party(friend, "小明", null, null);
        return new MessageReceived(
                head(account, sequence), new Message.Text(header, text, raw), from, Party.unknown(self), from, null);
    }

    /** One of the account itself, written on its phone. */
    static MessageReceived own(String account, long sequence, String text) {
        UserName friend = UserName.of("@0123456789abcdef");
        UserName self = UserName.of("@fedcba9876543210");
        MessageHeader header = new MessageHeader(
                new MsgId(String.valueOf(1_000 + sequence)), 1, 0, 0, self, friend, null, self, true, TIME);
        RawMessage raw = RawMessage.wrap("{\"MsgType\":1}".getBytes(StandardCharsets.UTF_8));
        Party me = Party.unknown(self);
        return new MessageReceived(
                head(account, sequence),
                new Message.Text(header, text, raw),
                me,
                new Party(friend, "小明", null, null),
                me,
                null);
    }

    /** Events {@code from} to {@code to}, exclusive. */
    static EventBatch batch(String account, long from, long to) {
        List<AccountEvent> events = new ArrayList<>();
        for (long sequence = from; sequence < to; sequence++) {
            events.add(text(account, sequence, "第 " + sequence + " 条"));
        }
        return new EventBatch(AccountId.of(account), events, to);
    }
}
