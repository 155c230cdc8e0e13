package io.wxflux.options;

import io.wxflux.model.AccountId;
import io.wxflux.model.Uin;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for one account.
 *
 * @param id ours, stable
 * @param uin the only account that may sign in here; null = pinned at the first login
 * @param mode web or desktop
 * @param sinks names of the sinks its events go to; empty = all
 */
public record AccountSpec(AccountId id, @Nullable Uin uin, LoginMode mode, Set<String> sinks) {
    public AccountSpec {
        sinks = Set.copyOf(sinks);
    }

    /** An account with every default: web login, uin pinned at the first login, all sinks. */
    public static AccountSpec of(String id) {
        return new AccountSpec(AccountId.of(id), null, LoginMode.web(), Set.of());
    }

    public AccountSpec withUin(Uin value) {
        return new AccountSpec(id, value, mode, sinks);
    }

    public AccountSpec withMode(LoginMode value) {
        return new AccountSpec(id, uin, value, sinks);
    }

    public AccountSpec withSinks(Set<String> names) {
        return new AccountSpec(id, uin, mode, names);
    }

    /** Whether events of this account go to the sink of that name. */
    public boolean feeds(String sink) {
        return sinks.isEmpty() || sinks.contains(sink);
    }
}
