package io.wxflux.internal.session;

import io.wxflux.error.SessionEndedException;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.protocol.Logout;
import io.wxflux.internal.transport.HostFamily;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What is kept and said when the server has ended a session. */
final class SessionEnd {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.session");

    private SessionEnd() {}

    /**
     * 1100 to 1102 are final. Refused tokens are given one more init, because a half-updated skey looks the same; the
     * second time they are final, too (PROTOCOL 8.1).
     *
     * @param atSync whether it was the cycle that was refused. Then the sync key may be what is wrong, and the new init's
     *     goes on; a refused init says nothing about the key, which has messages behind it.
     */
    static Mono<Void> ended(AccountScope scope, SessionEndedException cause, boolean atSync) {
        return Mono.defer(() -> {
            AccountMemory memory = scope.memory()
                    .withCookies(scope.service().exchange().cookies().snapshot());
            AccountMemory.Live live = memory.live();
            boolean tokensOnly = cause.code() < 1100;
            if (tokensOnly && live != null && !live.reinitialised()) {
                scope.remember(memory.withLive(
                        new AccountMemory.Live(live.credentials(), live.self(), true, live.unannounced())));
                return scope.journal().store(scope.encodedMemory(), atSync ? SessionOpener.NOWHERE : null);
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

    /**
     * Ends at the server whatever session is remembered, open or not, and forgets it together with the cookies that a push
     * login would need.
     */
    static Mono<Void> logout(AccountScope scope) {
        return Mono.defer(() -> {
            AccountMemory.Live live = scope.memory().live();
            Mono<Void> told = live == null
                    ? Mono.empty()
                    : Logout.logout(
                                    scope.service(),
                                    HostFamily.of(scope.memory().apiHost()),
                                    live.credentials())
                            .onErrorResume(error -> {
                                log.warn("{}: webwxlogout failed: {}", scope.id(), error.getMessage());
                                return Mono.empty();
                            });
            return told.then(Mono.defer(() -> forgotten(scope)));
        });
    }

    private static Mono<Void> forgotten(AccountScope scope) {
        scope.service().exchange().cookies().restore(List.of());
        AccountMemory memory = scope.memory();
        scope.remember(new AccountMemory(memory.uin(), memory.nickName(), null, "", List.of(), memory.qrTimes()));
        return scope.journal()
                .append(
                        new Lifecycle.LoggedOut(scope.head(), 0, "logged out by the application"),
                        scope.encodedMemory(),
                        null);
    }
}
