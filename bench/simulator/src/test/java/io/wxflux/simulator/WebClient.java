package io.wxflux.simulator;

import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;

/** A small web client, written against the protocol notes: real host names, cookies by domain, one pool. */
final class WebClient implements AutoCloseable {

    private static final AtomicLong STAMP = new AtomicLong(System.currentTimeMillis());

    record Page(int status, List<String> setCookies, String text) {
        JsonNode json() {
            return Json.read(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final HttpClient http;
    private final boolean tls;
    private final ConnectionProvider pool = ConnectionProvider.create("test", 100);
    private final Map<String, String> cookies = new LinkedHashMap<>();
    String home = "";
    String skey = "";
    String sid = "";
    String uin = "";
    String passTicket = "";
    JsonNode syncKey = Json.read(new byte[0]);
    JsonNode checkKey = Json.read(new byte[0]);
    JsonNode user = Json.read(new byte[0]);

    WebClient(Simulator simulator) {
        this(simulator, true);
    }

    WebClient(Simulator simulator, boolean tls) {
        this.tls = tls;
        HttpClient plain = HttpClient.create(pool).resolver(new Everything(simulator.port()));
        if (tls) {
            try {
                io.netty.handler.ssl.SslContext context = SslContextBuilder.forClient()
                        .sslProvider(SslProvider.JDK)
                        .trustManager(new ByteArrayInputStream(simulator.caPem().getBytes(StandardCharsets.US_ASCII)))
                        .build();
                http = plain.secure(spec -> spec.sslContext(context));
            } catch (java.io.IOException cause) {
                throw new IllegalStateException(cause);
            }
        } else {
            http = plain;
        }
    }

    @Override
    public void close() {
        pool.dispose();
    }

    Mono<Page> call(String method, String url, String body) {
        String host = url.replaceFirst("https?://([^/]+)/.*", "$1");
        return http.headers(headers -> {
                    String cookie = cookiesFor(host);
                    if (!cookie.isEmpty()) {
                        headers.set("Cookie", cookie);
                    }
                    if (method.equals("POST")) {
                        headers.set("Content-Type", "application/json;charset=UTF-8");
                    }
                })
                .request(io.netty.handler.codec.http.HttpMethod.valueOf(method))
                .uri(tls ? url : url.replaceFirst("^https:", "http:"))
                .send(reactor.netty.ByteBufFlux.fromString(body.isEmpty() ? Mono.empty() : Mono.just(body)))
                .responseSingle((response, bytes) -> bytes.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(all -> new Page(
                                response.status().code(),
                                response.responseHeaders().getAll("Set-Cookie"),
                                new String(all, StandardCharsets.UTF_8))))
                .doOnNext(page -> page.setCookies().forEach(this::keep));
    }

    /** An answer with its bytes as they came. */
    record Raw(int status, io.netty.handler.codec.http.HttpHeaders headers, byte[] bytes) {
        JsonNode json() {
            return Json.read(bytes);
        }
    }

    Raw raw(String method, String url, Map<String, String> headers, byte[] body) {
        String host = url.replaceFirst("https?://([^/]+)/.*", "$1");
        return Objects.requireNonNull(http.headers(sent -> {
                    sent.set("Cookie", cookiesFor(host));
                    sent.set("Referer", "https://" + home + "/?&lang=zh_CN");
                    headers.forEach(sent::set);
                })
                .request(io.netty.handler.codec.http.HttpMethod.valueOf(method))
                .uri(tls ? url : url.replaceFirst("^https:", "http:"))
                .send(reactor.netty.ByteBufFlux.fromInbound(body.length == 0 ? Mono.empty() : Mono.just(body)))
                .responseSingle((response, bytes) -> bytes.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(all -> new Raw(response.status().code(), response.responseHeaders(), all)))
                .block(Duration.ofSeconds(20)));
    }

    private static Page await(Mono<Page> page) {
        return Objects.requireNonNull(page.block(Duration.ofSeconds(20)));
    }

    Page now(Mono<Page> page) {
        return await(page);
    }

    Page get(String url) {
        return await(call("GET", url, ""));
    }

    Page post(String url, Object body) {
        return await(call("POST", url, new String(Json.bytes(body), StandardCharsets.UTF_8)));
    }

    /** What the browser's page keeps of the last login. */
    WebClient rememberingUin(long number) {
        cookies.put("last_wxuin;qq.com", Long.toString(number));
        return this;
    }

    void forget(String cookie) {
        cookies.keySet().removeIf(key -> key.startsWith(cookie + ";"));
    }

    void overwrite(String cookie, String value) {
        cookies.replaceAll((key, old) -> key.startsWith(cookie + ";") ? value : old);
    }

    private void keep(String header) {
        Matcher matcher =
                Pattern.compile("([^=]+)=([^;]*); Domain=\\.?([^;]+);.*").matcher(header);
        if (matcher.matches()) {
            cookies.put(matcher.group(1) + ";" + matcher.group(3), matcher.group(2));
        }
    }

    private String cookiesFor(String host) {
        StringBuilder all = new StringBuilder();
        cookies.forEach((key, value) -> {
            String domain = key.substring(key.indexOf(';') + 1);
            if (host.equals(domain) || host.endsWith("." + domain)) {
                all.append(all.isEmpty() ? "" : "; ")
                        .append(key, 0, key.indexOf(';'))
                        .append('=')
                        .append(value);
            }
        });
        return all.toString();
    }

    // the steps ------------------------------------------------------------------------------------------------------

    String uuid() {
        Page page = get("https://login.wx.qq.com/jslogin?appid=wx782c26e4c19acffb&fun=new&lang=zh_CN&_=" + stamp());
        return find(page.text(), "QRLogin.uuid = \"([^\"]+)\"");
    }

    Page loginPoll(String uuid, int tip) {
        return await(loginPollLater(uuid, tip));
    }

    Mono<Page> loginPollLater(String uuid, int tip) {
        return call(
                "GET",
                "https://login.wx.qq.com/cgi-bin/mmwebwx-bin/login?loginicon=true&uuid=" + uuid + "&tip=" + tip + "&r="
                        + ~(int) System.currentTimeMillis() + "&_=" + stamp(),
                "");
    }

    Page newLoginPage(String redirect) {
        home = redirect.replaceFirst("https://([^/]+)/.*", "$1");
        Page page = get(redirect + "&fun=new&version=v2");
        if (page.text().contains("<ret>0</ret>")) {
            skey = find(page.text(), "<skey>(.*)</skey>");
            sid = find(page.text(), "<wxsid>(.*)</wxsid>");
            uin = find(page.text(), "<wxuin>(.*)</wxuin>");
            passTicket = find(page.text(), "<pass_ticket>(.*)</pass_ticket>");
        }
        return page;
    }

    /** The whole way from the QR code to the first key; needs the automatic scan. */
    WebClient logIn() {
        String uuid = uuid();
        Page page = loginPoll(uuid, 1);
        while (!page.text().contains("window.code=200")) {
            page = loginPoll(uuid, 0);
        }
        newLoginPage(find(page.text(), "redirect_uri=\"([^\"]+)\""));
        init();
        return this;
    }

    /** A session without the way to it, for tests that need thousands. */
    WebClient adopt(SimAccount account) {
        Session session = account.sessions().open();
        SetCookies.onLogin(session, System.currentTimeMillis() / 1000, 3600).forEach(this::keep);
        home = session.family().api();
        skey = session.skey();
        sid = session.sid();
        uin = Long.toString(account.uin());
        checkKey = Json.read(Json.bytes(account.initKey(session)));
        syncKey = checkKey;
        return this;
    }

    Page init() {
        Page page =
                post(api("webwxinit?r=" + ~(int) System.currentTimeMillis() + "&pass_ticket=" + passTicket), body());
        if (page.json().path("SyncKey").path("Count").asInt(0) > 0) {
            syncKey = page.json().path("SyncKey");
            checkKey = syncKey;
            user = page.json().path("User");
        }
        return page;
    }

    Page statusNotify() {
        Map<String, Object> body = body();
        String self = user.path("UserName").asString();
        body.putAll(Json.object("Code", 3, "FromUserName", self, "ToUserName", self, "ClientMsgId", stamp()));
        return post(api("webwxstatusnotify?pass_ticket=" + passTicket), body);
    }

    JsonNode sync() {
        JsonNode answer = syncWith(syncKey).json();
        if (answer.path("SyncKey").path("Count").asInt(0) > 0) {
            syncKey = answer.path("SyncKey");
            checkKey = answer.path("SyncCheckKey");
        }
        return answer;
    }

    Page syncWith(JsonNode key) {
        return await(syncLater(key));
    }

    Mono<Page> syncLater(JsonNode key) {
        Map<String, Object> body = body();
        body.put("SyncKey", key);
        body.put("rr", ~(int) System.currentTimeMillis());
        String url = api("webwxsync?sid=" + encode(sid) + "&skey=" + encode(skey) + "&pass_ticket=" + passTicket);
        return call("POST", url, new String(Json.bytes(body), StandardCharsets.UTF_8));
    }

    String check() {
        return await(checkLater("webpush." + home)).text();
    }

    Mono<Page> checkLater(String host) {
        return checkLater(host, checkKey);
    }

    Mono<Page> checkLater(String host, JsonNode key) {
        StringBuilder text = new StringBuilder();
        for (JsonNode entry : key.path("List")) {
            text.append(text.isEmpty() ? "" : "|")
                    .append(entry.path("Key").asString())
                    .append('_')
                    .append(entry.path("Val").asString());
        }
        return call(
                "GET",
                "https://" + host + "/cgi-bin/mmwebwx-bin/synccheck?r=" + System.currentTimeMillis() + "&skey="
                        + encode(skey) + "&sid=" + encode(sid) + "&uin=" + uin + "&deviceid=e123456789012345&synckey="
                        + encode(text.toString()) + "&_=" + stamp(),
                "");
    }

    Page sendText(String to, String text, String clientMsgId) {
        return await(sendLater(to, text, clientMsgId));
    }

    byte[] bytes(String url) {
        return Objects.requireNonNull(
                http.get().uri(url).responseContent().aggregate().asByteArray().block(Duration.ofSeconds(10)));
    }

    Mono<Page> sendLater(String to, String text, String clientMsgId) {
        Map<String, Object> body = body();
        body.put(
                "Msg",
                Json.object(
                        "Type", 1,
                        "Content", text,
                        "FromUserName", user.path("UserName").asString(),
                        "ToUserName", to,
                        "LocalID", clientMsgId,
                        "ClientMsgId", clientMsgId));
        body.put("Scene", 0);
        String url = api("webwxsendmsg?pass_ticket=" + passTicket);
        return call("POST", url, new String(Json.bytes(body), StandardCharsets.UTF_8));
    }

    String api(String call) {
        return "https://" + home + "/cgi-bin/mmwebwx-bin/" + call;
    }

    Map<String, Object> body() {
        return Json.object(
                "BaseRequest",
                Json.object("Uin", Long.parseLong(uin), "Sid", sid, "Skey", skey, "DeviceID", "e123456789012345"));
    }

    static long stamp() {
        return STAMP.incrementAndGet();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("nothing like " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    /** Every name is the simulator, as with curl's connect-to. */
    private static final class Everything extends AddressResolverGroup<InetSocketAddress> {
        private final InetSocketAddress target;

        Everything(int port) {
            target = new InetSocketAddress("127.0.0.1", port);
        }

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
                @Override
                protected boolean doIsResolved(InetSocketAddress address) {
                    return !address.isUnresolved();
                }

                @Override
                protected void doResolve(InetSocketAddress unresolved, Promise<InetSocketAddress> promise) {
                    promise.setSuccess(target);
                }

                @Override
                protected void doResolveAll(InetSocketAddress unresolved, Promise<List<InetSocketAddress>> promise) {
                    promise.setSuccess(List.of(target));
                }
            };
        }
    }
}
