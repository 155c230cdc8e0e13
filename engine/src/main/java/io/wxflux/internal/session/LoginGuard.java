package io.wxflux.internal.session;

import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.Lifecycle.LoginHeld.Limit;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Keeps an account from signing in over and over: each login asks its owner for something, and the service looks at who
 * signs in too often. Counts over sessions and restarts. Who asks by hand ({@link AccountScope#asked}) is not held.
 */
final class LoginGuard {
    private final AccountScope scope;
    private final LastHour logins;
    private final LastHour codes;

    LoginGuard(AccountScope scope, AccountMemory memory) {
        this.scope = scope;
        this.logins = new LastHour(scope.service().stamps(), memory.loginTimes());
        this.codes = new LastHour(scope.service().stamps(), memory.qrTimes());
    }

    /** Completes when the next login may begin. */
    Mono<Void> beforeLogin() {
        return Mono.defer(() -> {
            Duration interval = scope.login().minLoginInterval().minus(logins.sinceLast());
            Duration hour = logins.untilFewerThan(scope.login().maxLoginsPerHour());
            if (hour.compareTo(interval) >= 0) {
                return held(Limit.LOGINS_PER_HOUR, logins.count(), hour);
            }
            return held(Limit.LOGIN_INTERVAL, logins.count(), interval);
        });
    }

    /** Completes when the next QR code may be shown. */
    Mono<Void> beforeCode() {
        return Mono.defer(() -> held(
                Limit.QR_CODES_PER_HOUR,
                codes.count(),
                codes.untilFewerThan(scope.login().maxQrCodesPerHour())));
    }

    private Mono<Void> held(Limit limit, int count, Duration wait) {
        if (wait.isZero() || wait.isNegative()) {
            return Mono.empty();
        }
        scope.announcer().state(AccountState.BACKING_OFF);
        scope.announcer().resting(wait);
        scope.announcer().live(head -> new Lifecycle.LoginHeld(head, limit, count, wait));
        return Mono.firstWithSignal(Mono.delay(wait, scope.scheduler()).then(), scope.asked());
    }

    /** The phone of the account's owner was asked to confirm: that counts as a login, whatever comes of it. */
    Mono<Void> pushed() {
        return Mono.defer(() -> {
            logins.add();
            return scope.store(remembered(scope.memory()));
        });
    }

    /** A code is about to be shown. */
    Mono<Void> codeShown() {
        return Mono.defer(() -> {
            codes.add();
            return scope.store(remembered(scope.memory()));
        });
    }

    /**
     * A login came about; to be stored with it.
     *
     * @param counted already, as the phone was asked in it
     */
    void loggedIn(boolean counted) {
        codes.clear();
        if (!counted) {
            logins.add();
        }
    }

    /** The memory with what was counted up to now. */
    AccountMemory remembered(AccountMemory memory) {
        return memory.withAsked(codes.kept(), logins.kept());
    }
}
