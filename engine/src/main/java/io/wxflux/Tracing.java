package io.wxflux;

import io.wxflux.internal.journal.JournalSearch;
import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.shard.SeenMessage;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.KeptLetter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import reactor.core.publisher.Mono;

/** Puts together what is known of a message: the dedupe window, the journal, the cursors and the dead letters. */
final class Tracing {
    private final JournalSearch journal;
    private final DeadLetterStore deadLetters;

    Tracing(JournalSearch journal, DeadLetterStore deadLetters) {
        this.journal = journal;
        this.deadLetters = deadLetters;
    }

    /**
     * <b>Emits</b> nothing when nothing is known.
     *
     * @param cursors per sink, as of now
     */
    Mono<MessageTrace> trace(AccountId account, MsgId id, Mono<List<SeenMessage>> window, Map<String, Long> cursors) {
        Mono<Optional<Instant>> received = window.map(seen -> seen.stream()
                        .filter(each -> each.id().equals(id))
                        .reduce((older, newer) -> newer)
                        .map(each -> Instant.ofEpochSecond(each.seenAtSecond())))
                .defaultIfEmpty(Optional.empty());
        Mono<OptionalLong> offset =
                journal.find(account, id).map(OptionalLong::of).defaultIfEmpty(OptionalLong.empty());
        return Mono.zip(received, offset, letters(account, id))
                .filter(known -> known.getT1().isPresent()
                        || known.getT2().isPresent()
                        || !known.getT3().isEmpty())
                .map(known -> new MessageTrace(
                        account,
                        id,
                        known.getT1().orElse(null),
                        known.getT2(),
                        places(known.getT2(), cursors, known.getT3()),
                        known.getT3()));
    }

    /** A store that cannot be read tells nothing of this message; what else is known counts. */
    private Mono<List<KeptLetter>> letters(AccountId account, MsgId id) {
        String eventId = account.value() + "-" + id.value();
        return deadLetters
                .letters()
                .filter(letter ->
                        letter.account().equals(account) && letter.eventId().equals(eventId))
                .collectList()
                .onErrorReturn(List.of());
    }

    private static Map<String, MessageTrace.Place> places(
            OptionalLong offset, Map<String, Long> cursors, List<KeptLetter> letters) {
        var places = new HashMap<String, MessageTrace.Place>();
        if (offset.isPresent()) {
            cursors.forEach((sink, cursor) -> places.put(
                    sink, cursor > offset.getAsLong() ? MessageTrace.Place.TAKEN : MessageTrace.Place.WAITING));
        }
        letters.forEach(letter -> places.put(letter.sink(), MessageTrace.Place.DEAD_LETTER));
        return places;
    }
}
