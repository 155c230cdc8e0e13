package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.HostFamily;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.wire.RequestBodies;
import io.wxflux.internal.wire.SyncBody;
import io.wxflux.internal.wire.SyncCheckScript;
import io.wxflux.internal.wire.SyncCheckScript.SyncSignal;
import io.wxflux.model.SyncKey;
import reactor.core.publisher.Mono;

/** PROTOCOL 8: synccheck, the long poll, and webwxsync, which fetches what follows a key. */
public final class Sync {
    /** What synccheck says when it says nothing readable but surely something happened. */
    private static final SyncSignal SYNC_NOW = new SyncSignal(0, 2);

    private Sync() {}

    /**
     * One long poll at one host. <b>Emits</b> the signal, whatever its code: whether to believe it is not for this step to
     * say.
     */
    public static Mono<SyncSignal> check(Service service, String host, Credentials credentials, SyncKey syncCheckKey) {
        return Mono.defer(() -> service.ask(HttpCall.get("synccheck", host, Service.CGI + "/synccheck")
                        .query("r", service.stamps().now())
                        .query("skey", credentials.skey())
                        .query("sid", credentials.sid())
                        .query("uin", credentials.uin().value())
                        .query("deviceid", service.stamps().deviceId())
                        .query("synckey", syncCheckKey.query())
                        .query("_", service.stamps().script())
                        .header("Referer", Service.referer(apiOf(host)))
                        .on(HttpCall.Lane.POLL, service.http().pollTimeout(), 64 * Service.KIB)))
                .map(Sync::signal);
    }

    /** Fetches what follows the key, and by showing it acknowledges everything before it. */
    public static Mono<SyncBody> sync(Service service, HostFamily hosts, Credentials credentials, SyncKey syncKey) {
        return Mono.defer(() -> service.ask(HttpCall.post(
                                "webwxsync",
                                hosts.api(),
                                Service.CGI + "/webwxsync",
                                RequestBodies.sync(
                                        credentials.baseRequest(service.stamps()),
                                        syncKey,
                                        service.stamps().notNow()))
                        .query("sid", credentials.sid())
                        .query("skey", credentials.skey())
                        .query("lang", service.language())
                        .query("pass_ticket", credentials.passTicket())
                        .header("Referer", Service.referer(hosts.api()))
                        .header("Origin", Service.origin(hosts.api()))
                        .on(HttpCall.Lane.CYCLE, service.http().requestTimeout(), 16 * Service.MIB)))
                .map(answer -> SyncBody.parse(ReturnCodes.body("webwxsync", answer)))
                .doOnNext(body -> ReturnCodes.requireOk("webwxsync", body.ret()));
    }

    private static SyncSignal signal(HttpAnswer answer) {
        if (answer.status() == 0) {
            // The push host's "HTTP/1.1 0 -" (PROTOCOL 18.1): its body is binary; something happened, so fetch.
            return SYNC_NOW;
        }
        return SyncCheckScript.parse(ReturnCodes.body("synccheck", answer));
    }

    /**
     * The code of a synccheck that is believed. What would end the session, cost its tokens or refuse the account is no
     * error here: a push host knows little, webwxsync at the home api host has to confirm it.
     */
    public static void requireUsable(SyncSignal signal) {
        switch (signal.retcode()) {
            case 0, 1100, 1101, 1102, 1203, -14, 1, 3 -> {}
            default -> throw ReturnCodes.ofSession("synccheck", signal.retcode());
        }
    }

    private static String apiOf(String host) {
        return host.startsWith("webpush.") ? host.substring("webpush.".length()) : host;
    }
}
