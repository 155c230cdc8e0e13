package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.Exchange;
import io.wxflux.options.HttpOptions;

/**
 * What every step needs to talk to the service for one account.
 *
 * @param language {@code zh_CN} or {@code en_US}
 */
public record Service(Exchange exchange, HttpOptions http, Stamps stamps, String language) {
    static final String CGI = "/cgi-bin/mmwebwx-bin";

    /** The login host before any redirect_uri is known (PROTOCOL 2.2, last row). */
    static final String LOGIN_HOST = "login.weixin.qq.com";

    static final int KIB = 1024;
    static final int MIB = 1024 * 1024;

    /** What a browser on the api host's page would send (PROTOCOL 4). */
    static String referer(String apiHost) {
        return "https://" + apiHost + "/?&lang=zh_CN";
    }

    static String origin(String apiHost) {
        return "https://" + apiHost;
    }
}
