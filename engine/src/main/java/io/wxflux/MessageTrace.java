package io.wxflux;

import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.sink.KeptLetter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What became of one message.
 *
 * @param received when the engine made it durable, in whole seconds; null when that is longer ago than the dedupe window
 *     (2,000 messages or 72 h) reaches
 * @param offset where it stands in the account's journal; empty when it was dropped from there, because every required sink
 *     had it, or when it came as an echo of what the account sent
 * @param sinks whether each sink that has a cursor is past it; empty without an offset
 * @param deadLetters of it, one for each sink that rejected it for good
 */
public record MessageTrace(
        AccountId account,
        MsgId id,
        @Nullable Instant received,
        OptionalLong offset,
        Map<String, Place> sinks,
        List<KeptLetter> deadLetters) {
    public MessageTrace {
        sinks = Map.copyOf(sinks);
        deadLetters = List.copyOf(deadLetters);
    }

    /** Where a message is, seen from a sink. */
    public enum Place {
        /** The sink is past it: it has had it, unless it was added later or missed it. */
        TAKEN,
        /** The sink has yet to take it. */
        WAITING,
        /** The sink rejected it; it is among the dead letters. */
        DEAD_LETTER
    }
}
