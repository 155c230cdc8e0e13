package io.wxflux.internal.session;

import io.wxflux.error.SessionEndedException;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import reactor.core.publisher.Mono;

/** What is kept and said when the server has ended a session. */
final class SessionEnd {
    private SessionEnd() {}

    /**
     * 1100 to 1102 are final. Refused tokens are given one more init, because a half-updated skey looks the same; the
     * second time they are final, too (PROTOCOL 8.1).
     */
    static Mono<Void> ended(AccountScope scope, SessionEndedException cause) {
        return Mono.defer(() -> {
            AccountMemory memory = scope.memory()
                    .withCookies(scope.service().exchange().cookies().snapshot());
            AccountMemory.Live live = memory.live();
            boolean tokensOnly = cause.code() < 1100;
            if (tokensOnly && live != null && !live.reinitialised()) {
                return scope.store(memory.withLive(
                        new AccountMemory.Live(live.credentials(), live.self(), true, live.unannounced())));
            }
            scope.announcer().state(AccountState.EXPIRED);
            scope.remember(memory.withLive(null));
            return scope.journal()
                    .append(
                            new Lifecycle.LoggedOut(scope.head(), cause.code(), String.valueOf(cause.getMessage())),
                            scope.encodedMemory(),
                            null);
        });
    }
}
