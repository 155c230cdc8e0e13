package io.wxflux.internal.session;

import io.wxflux.event.AccountState;
import io.wxflux.event.EventHead;
import io.wxflux.event.Lifecycle;
import io.wxflux.model.Uin;
import java.time.Duration;
import java.util.function.Function;

/** Where an account says what it is doing. Output only: nothing asks it anything. */
public interface Announcer {
    void state(AccountState state);

    /** An event that is live only. */
    void live(Function<EventHead, Lifecycle> event);

    /** Who is signed in. */
    void identity(Uin uin, String nickName);

    /** For so long nothing is asked of the service, unless the state changes before. */
    void resting(Duration wait);

    void pollHost(String host);

    void failed(Throwable error);

    void recovered();
}
