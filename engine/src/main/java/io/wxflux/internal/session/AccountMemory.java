package io.wxflux.internal.session;

import io.wxflux.event.Lifecycle;
import io.wxflux.internal.protocol.Credentials;
import io.wxflux.internal.transport.CookieJar;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account remembers over restarts. The shard keeps it as opaque bytes; {@link AccountMemoryCodec} makes them.
 *
 * @param uin the only account that may sign in here; null before the first login
 * @param nickName of the last login
 * @param live the session of the last login, as long as the server has not ended it
 * @param apiHost where the last login was; push login is asked there
 * @param cookies of the last login; push login needs them even when the session is over
 * @param qrTimes when QR codes were shown, unix milliseconds, the last hour's only
 * @param loginTimes when somebody was asked to sign in and did, or was asked on the phone; likewise
 */
record AccountMemory(
        @Nullable Uin uin,
        String nickName,
        @Nullable Live live,
        String apiHost,
        List<CookieJar.Cookie> cookies,
        List<Long> qrTimes,
        List<Long> loginTimes) {
    public AccountMemory {
        cookies = List.copyOf(cookies);
        qrTimes = List.copyOf(qrTimes);
        loginTimes = List.copyOf(loginTimes);
    }

    static final AccountMemory EMPTY = new AccountMemory(null, "", null, "", List.of(), List.of(), List.of());

    /**
     * A session the server may still know.
     *
     * @param self our UserName in it
     * @param refusals how often in a row its tokens were refused and it was initialised anew; 0 again after a webwxsync
     *     that was answered
     * @param unannounced how a login came about that no event has told of yet; null once it has
     */
    record Live(Credentials credentials, UserName self, int refusals, Lifecycle.@Nullable Origin unannounced) {
        Live refusedAgain() {
            return new Live(credentials, self, refusals + 1, unannounced);
        }
    }

    AccountMemory withLive(@Nullable Live next) {
        return new AccountMemory(uin, nickName, next, apiHost, cookies, qrTimes, loginTimes);
    }

    AccountMemory withCookies(List<CookieJar.Cookie> next) {
        return new AccountMemory(uin, nickName, live, apiHost, next, qrTimes, loginTimes);
    }

    AccountMemory withAsked(List<Long> codes, List<Long> logins) {
        return new AccountMemory(uin, nickName, live, apiHost, cookies, codes, logins);
    }

    @Override
    public String toString() {
        return "AccountMemory[uin " + uin + (live == null ? ", no session]" : ", session]");
    }
}
