package io.wxflux.internal.session;

import io.wxflux.model.AccountId;
import io.wxflux.model.Uin;
import io.wxflux.options.LoginOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * What accounts that start together have to share.
 *
 * @param sessions opening one: a few at a time, and so many a second
 * @param contacts reading an address book, the largest answers there are: a few at a time
 * @param owners which account each person is
 */
public record Admission(AdmissionGate sessions, AdmissionGate contacts, Map<Uin, AccountId> owners) {
    public static Admission of(LoginOptions options, RandomGenerator random, Scheduler scheduler) {
        return new Admission(
                new AdmissionGate(options.concurrentLogins(), options.startsPerSecond(), random, scheduler),
                new AdmissionGate(options.concurrentLogins(), scheduler),
                new ConcurrentHashMap<>());
    }

    /** Takes a person for an account, until that is taken out. The account that has them already; null when it is this one. */
    @Nullable
    AccountId claim(Uin uin, AccountId account) {
        AccountId owner = owners.putIfAbsent(uin, account);
        return owner == null || owner.equals(account) ? null : owner;
    }

    /** The account is taken out: another one may be this person from now on. */
    public void release(AccountId account) {
        owners.values().removeIf(account::equals);
    }
}
