package io.wxflux.internal.protocol;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.transport.Exchange;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.options.HttpOptions;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * What every step needs to talk to the service for one account.
 *
 * @param language {@code zh_CN} or {@code en_US}
 */
public record Service(Exchange exchange, HttpOptions http, Stamps stamps, String language) {
    /** The second line behind the transport's own deadline: no fault there may hold an account for ever. */
    private static final Duration WATCHDOG_MARGIN = Duration.ofSeconds(5);

    static final String CGI = "/cgi-bin/mmwebwx-bin";

    /** The login host before any redirect_uri is known (PROTOCOL 2.2, last row). */
    static final String LOGIN_HOST = "login.weixin.qq.com";

    static final int KIB = 1024;
    static final int MIB = 1024 * 1024;

    /** Sends the call when subscribed. <b>Errors</b> as {@link Exchange#exchange}, also if that never signals. */
    Mono<HttpAnswer> ask(HttpCall call) {
        return exchange.exchange(call)
                .timeout(
                        call.deadline().plus(WATCHDOG_MARGIN),
                        Mono.error(() -> new HostUnreachableException(
                                call.operation() + " at " + call.host() + " was given up by the watchdog")),
                        stamps.clock());
    }

    /** What a browser on the api host's page would send (PROTOCOL 4). */
    static String referer(String apiHost) {
        return "https://" + apiHost + "/?&lang=zh_CN";
    }

    static String origin(String apiHost) {
        return "https://" + apiHost;
    }
}
