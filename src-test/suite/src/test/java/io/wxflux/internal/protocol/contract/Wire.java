package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.ScenarioMappingBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.wxflux.error.WxfluxException;
import io.wxflux.internal.protocol.Credentials;
import io.wxflux.internal.protocol.Service;
import io.wxflux.internal.protocol.SignedIn;
import io.wxflux.internal.protocol.Stamps;
import io.wxflux.internal.transport.Connections;
import io.wxflux.internal.transport.CookieJar;
import io.wxflux.internal.transport.Exchange;
import io.wxflux.internal.transport.HostFamily;
import io.wxflux.internal.transport.Rfc6265CookieJar;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import io.wxflux.options.HttpOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * One account's protocol steps against WireMock, with a clock that stands still. Everything secret in it holds the word
 * {@link #SECRET}.
 */
final class Wire implements BeforeEachCallback, AfterEachCallback {
    static final String SECRET = "canary";
    static final String LOGIN = "login.weixin.qq.com";
    static final String API = "wx2.qq.com";
    static final String PUSH = "webpush.wx2.qq.com";
    static final String CGI = "/cgi-bin/mmwebwx-bin/";
    static final HostFamily HOSTS = HostFamily.of(API);

    /** With characters that must be encoded; the ticket is kept as it came, encoded already. */
    static final Credentials CREDENTIALS =
            new Credentials(new Uin(3_000_000_007L), "canarySid+/1==", "@crypt_0a_canary", "canary%2Bticket%2F%3D");

    static final String BASE_REQUEST = "{\"BaseRequest\":{\"Uin\":3000000007,\"Sid\":\"canarySid+/1==\","
            + "\"Skey\":\"@crypt_0a_canary\",\"DeviceID\":\"e#\"}";

    static final long NOW = 1_700_000_000_123L;

    /** JavaScript's {@code ~1700000000123}. */
    static final String NOT_NOW = "807049092";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private ContractServer server;
    private Connections connections;
    private final List<Exchange> exchanges = new ArrayList<>();
    private Exchange exchange;
    private Service service;

    @Override
    public void beforeEach(ExtensionContext context) {
        server = ContractServer.of(context);
        connections = server.connections(context.getParent().orElseThrow());
        server.wireMock().resetAll();
        clock.advanceTimeBy(Duration.ofMillis(NOW));
        exchange = open();
        service = service(server.http());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        exchanges.forEach(each -> each.close().block(PATIENCE));
    }

    private Exchange open() {
        Exchange opened = connections.exchange(Rfc6265CookieJar.empty());
        exchanges.add(opened);
        return opened;
    }

    Service service() {
        return service;
    }

    /** The same account with other settings, of which the steps see the deadlines only. */
    Service service(HttpOptions http) {
        return new Service(exchange, http, new Stamps(clock, new Random(7)), "zh_CN");
    }

    Service otherAccount() {
        return new Service(open(), server.http(), new Stamps(clock, new Random(8)), "zh_CN");
    }

    ContractServer server() {
        return server;
    }

    /** The same account where the hosts are somewhere else. */
    Service service(Connections elsewhere) {
        Exchange opened = elsewhere.exchange(Rfc6265CookieJar.empty());
        exchanges.add(opened);
        return new Service(opened, server.http(), new Stamps(clock, new Random(7)), "zh_CN");
    }

    HttpOptions http() {
        return server.http();
    }

    CookieJar cookies() {
        return exchange.cookies();
    }

    void cookie(String name, String value, String domain, boolean hostOnly) {
        List<CookieJar.Cookie> all = new ArrayList<>(cookies().snapshot());
        all.add(new CookieJar.Cookie(name, value, domain, hostOnly, "/", true, Instant.parse("2077-12-31T11:12:21Z")));
        cookies().restore(all);
    }

    WireMockServer wireMock() {
        return server.wireMock();
    }

    /** Whatever is asked. */
    void answer(ResponseDefinitionBuilder answer) {
        wireMock().stubFor(any(anyUrl()).willReturn(answer));
    }

    void answer(String body) {
        answer(text(body));
    }

    /** One answer after the other; the last one stays. */
    void answers(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            ScenarioMappingBuilder stub = any(anyUrl())
                    .inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
                    .willReturn(answers[i]);
            wireMock().stubFor(i == answers.length - 1 ? stub : stub.willSetStateTo("answer " + (i + 1)));
        }
    }

    /** Only for an endpoint of the api host. */
    void answerAt(String endpoint, ResponseDefinitionBuilder answer) {
        wireMock().stubFor(any(urlPathEqualTo(CGI + endpoint)).willReturn(answer));
    }

    /** As the service sends JSON: text/plain without a charset. */
    static SignedIn signedIn(Service service) {
        return new SignedIn(service, HOSTS, CREDENTIALS, UserName.of("@self"));
    }

    static ResponseDefinitionBuilder text(String body) {
        return aResponse().withHeader("Content-Type", "text/plain").withBody(body);
    }

    static ResponseDefinitionBuilder script(String body) {
        return aResponse().withHeader("Content-Type", "text/javascript").withBody(body);
    }

    static String ret(int ret) {
        return "{\"BaseResponse\":{\"Ret\":" + ret + ",\"ErrMsg\":\"canary\"}}";
    }

    /** Null when it completed empty. */
    static <T> T await(Mono<T> step) {
        return step.block(PATIENCE);
    }

    static <T> List<T> await(Flux<T> step) {
        return step.collectList().block(PATIENCE);
    }

    /** The error of a step that must fail; it shows nothing secret. */
    static WxfluxException failure(Mono<?> step) {
        Throwable error = step.<Throwable>handle((value, sink) -> sink.complete())
                .onErrorResume(Mono::just)
                .block(PATIENCE);
        assertThat(error).as("the error of the step").isInstanceOf(WxfluxException.class);
        showsNothingSecret(error);
        return (WxfluxException) error;
    }

    private static void showsNothingSecret(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            assertThat(e.toString()).doesNotContainIgnoringCase(SECRET);
            for (Throwable suppressed : e.getSuppressed()) {
                assertThat(suppressed.toString()).doesNotContainIgnoringCase(SECRET);
            }
        }
    }

    /** The only request so far. */
    Seen seen() {
        List<Seen> all = allSeen();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** In the order of arrival. */
    List<Seen> allSeen() {
        List<ServeEvent> events = new ArrayList<>(wireMock().getAllServeEvents());
        Collections.reverse(events);
        return events.stream().map(event -> new Seen(event.getRequest())).toList();
    }
}
