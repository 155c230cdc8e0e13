package io.wxflux.event;

import io.wxflux.model.AccountId;
import io.wxflux.model.Uin;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one account for people and dashboards.
 *
 * @param uin null before the first login
 * @param nickName null before the first login
 * @param since when the state was entered
 * @param received messages journaled since this engine started
 * @param duplicates messages the server repeated and the dedupe window suppressed, since this engine started
 * @param journalEnd the offset the next journaled event gets
 * @param cursors per sink, the offset it has acknowledged up to (exclusive)
 * @param sinks per sink, how far it is behind
 * @param pollHost the host that holds the long poll; null while there is none
 * @param lastError the last failure in plain words; null when there was none since the last success
 * @param nextTry when it goes on, of an account that waits after a failure, a 1205 or too many logins; else null
 * @param resting operations that rest after a 1205, by their word, until when
 * @param outbox messages that wait to be sent
 */
public record AccountStatus(
        AccountId account,
        AccountState state,
        @Nullable Uin uin,
        @Nullable String nickName,
        Instant since,
        long received,
        long duplicates,
        long journalEnd,
        Map<String, Long> cursors,
        Map<String, SinkLag> sinks,
        @Nullable String pollHost,
        @Nullable String lastError,
        @Nullable Instant nextTry,
        Map<String, Instant> resting,
        int outbox) {
    public AccountStatus {
        cursors = Map.copyOf(cursors);
        sinks = Map.copyOf(sinks);
        resting = Map.copyOf(resting);
    }
}
