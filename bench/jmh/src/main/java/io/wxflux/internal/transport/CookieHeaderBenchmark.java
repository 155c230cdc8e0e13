package io.wxflux.internal.transport;

import io.wxflux.bench.Bench;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What does the Cookie header of a request cost, and taking the cookies that every webwxsync renews? */
@State(Scope.Benchmark)
public class CookieHeaderBenchmark extends Bench {
    private static final String HOST = "wx2.qq.com";
    private static final String DATE = "Sat, 21 Nov 2026 12:00:00 GMT";
    private static final String PATH = "/cgi-bin/mmwebwx-bin/webwxsync";
    private static final List<String> LOGIN = List.of(
            cookie("wxuin", "1000000001", HOST),
            cookie("wxsid", "madeupmadeup0123", HOST),
            cookie("wxloadtime", "1770091500", HOST),
            cookie("mm_lang", "zh_CN", HOST),
            cookie("webwx_data_ticket", "gSmadeupmadeupmadeup", ".qq.com"),
            cookie("webwxuvid", "a3f1madeup0000000000000000000000000000000000", HOST),
            cookie("webwx_auth_ticket", "CIsBEmadeup0000000000000000000000000000000", HOST));
    private static final List<String> SYNC = List.of(
            cookie("wxloadtime", "1770091500_expired", HOST),
            cookie("wxuin", "1000000001", HOST),
            cookie("wxsid", "madeupmadeup0123", HOST),
            cookie("webwx_data_ticket", "gSmadeupmadeupmadeup", ".qq.com"));

    private Rfc6265CookieJar jar = Rfc6265CookieJar.empty();

    private static String cookie(String name, String value, String domain) {
        return name + "=" + value + "; Domain=" + domain + "; Path=/; Expires=Sun, 22-Nov-2026 00:00:00 GMT; Secure";
    }

    /** Signs in. */
    @Setup
    public void prepare() {
        jar = Rfc6265CookieJar.empty();
        jar.store(HOST, PATH, LOGIN, DATE);
        if (header().length() < 100) {
            throw new IllegalStateException("the cookies were not kept");
        }
    }

    /** For webwxsync. */
    @Benchmark
    public String header() {
        return jar.header(HOST, PATH);
    }

    /** Of an answer of webwxsync. */
    @Benchmark
    public CookieJar store() {
        jar.store(HOST, PATH, SYNC, DATE);
        return jar;
    }

    /** The same header without a jar: seven appends. */
    @Benchmark
    public String floorAppends() {
        var header = new StringBuilder();
        for (String cookie : LOGIN) {
            header.append(header.isEmpty() ? "" : "; ").append(cookie, 0, cookie.indexOf(';'));
        }
        return header.toString();
    }
}
