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

    /** Refusals of webwxsync in a row that are answered with an init; the one after them ends the session. */
    private static final int MOST_REFUSALS = 2;

    /**
     * 1100 to 1102 are final. Refused tokens are given one more init, because a half-updated skey looks the same (PROTOCOL
     * 8.1), and the stored key goes on: it has messages behind it. When webwxsync refuses fresh tokens, too, the key may be
     * what is wrong, and the next init's goes on; after that nothing is left to try.
     *
     * @param atSync whether it was the cycle that was refused. A refused init says nothing about the key, so a second one
     *     ends the session.
     */
    static Mono<Void> ended(AccountScope scope, SessionEndedException cause, boolean atSync) {
        return Mono.defer(() -> {
            AccountMemory memory = scope.memory()
                    .withCookies(scope.service().exchange().cookies().snapshot());
            AccountMemory.Live live = memory.live();
            boolean tokensOnly = cause.code() < 1100;
            if (tokensOnly && live != null && live.refusals() < (atSync ? MOST_REFUSALS : 1)) {
                boolean freshTokens = live.refusals() > 0;
                scope.remember(memory.withLive(live.refusedAgain()));
                return scope.journal()
                        .store(scope.encodedMemory(), atSync && freshTokens ? SessionOpener.NOWHERE : null);
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
        scope.remember(new AccountMemory(
                memory.uin(), memory.nickName(), null, "", List.of(), memory.qrTimes(), memory.loginTimes()));
        return scope.journal()
                .append(
                        new Lifecycle.LoggedOut(scope.head(), 0, "logged out by the application"),
                        scope.encodedMemory(),
                        null);
    }
}
