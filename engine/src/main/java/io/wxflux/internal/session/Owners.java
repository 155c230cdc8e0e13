package io.wxflux.internal.session;

import io.wxflux.model.AccountId;
import io.wxflux.model.Uin;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which account a person is, of those that run here: nobody is two of them, the second would end the first one's session. */
public final class Owners {
    private final Map<Uin, AccountId> owners = new ConcurrentHashMap<>();

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
