package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.transport.HttpCall.Lane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** With every logger at TRACE, whole exchanges and failing ones show nothing secret. */
class SecrecyTest extends ExchangeFixture {
    private static final String SECRET = "canary";
    private static final List<String> NAMES = List.of("io.wxflux", "reactor", "io.netty");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            String trace =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + trace);
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        for (String name : NAMES) {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            logger.setLevel(Level.TRACE);
            logger.setAdditive(false);
            logger.addAppender(appender);
        }
    }

    @AfterEach
    void ignore() {
        for (String name : NAMES) {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            logger.setLevel(null);
            logger.setAdditive(true);
            logger.detachAppender(appender);
        }
    }

    private HttpCall secretCall(Lane lane) {
        return HttpCall.post("send", HOST, PATH, "{\"Skey\":\"canary-body\"}".getBytes(StandardCharsets.UTF_8))
                .query("skey", "@canary-skey")
                .query("pass_ticket", "canary/ticket")
                .header("X-Note", "canary-header")
                .on(lane, Duration.ofMillis(500), 1_000);
    }

    private void stream(HttpCall call) {
        exchange.stream(call, Duration.ofMillis(300))
                .doOnNext(answer -> assertThat(answer.toString()).isEqualTo("HttpStream[" + answer.status() + "]"))
                .flatMapMany(HttpStream::body)
                .then()
                .block(PATIENCE);
    }

    @Test
    void nothingSecretIsLoggedNorInAnyError() {
        String head = "HTTP/1.1 200 OK\r\nSet-Cookie: wxsid=canary-cookie; Path=/; Domain=qq.com\r\n"
                + "Location: https://wx.qq.com/?ticket=canary-location\r\n";
        List<String> answers = List.of(
                head + "Content-Length: 11\r\n\r\ncanary-text",
                head + "Content-Length: 11\r\n\r\ncanary-text" + head + "Content-Length: 11\r\n\r\ncanary-more",
                head + "Content-Length: 11\r\n\r\ncanary-",
                head + "Transfer-Encoding: chunked\r\n\r\ncanary-chunk\r\n",
                head + "Content-Length: canary-length\r\n\r\n",
                head + "Content-Encoding: canary-encoding\r\nContent-Length: 0\r\n\r\n",
                head + "Content-Encoding: gzip\r\nContent-Length: 11\r\n\r\ncanary-gzip",
                head + "Content-Length: 5000\r\n\r\n" + "canary".repeat(500),
                "HTTP/1.1 102 canary-reason\r\n\r\n" + head + "Content-Length: 0\r\n\r\n",
                "HTTP/1.1 0 canary-reason\r\n\r\ncanary-zero",
                "canary-garbage canary-garbage\r\n\r\n",
                head + "X: canary-header\r\ncanary-broken-header\r\n\r\n",
                "");
        int[] failed = {0};
        for (Lane lane : List.of(Lane.COMMAND, Lane.LOGIN)) {
            for (String answer : answers) {
                for (boolean close : List.of(true, false)) {
                    server((request, client) -> {
                        client.send(answer);
                        if (close) {
                            client.close();
                        }
                    });
                    try {
                        send(secretCall(lane));
                        stream(secretCall(Lane.MEDIA));
                    } catch (HostUnreachableException e) {
                        failed[0]++;
                        assertThat(e).hasNoCause();
                        assertThat(e.toString()).doesNotContain(SECRET);
                    }
                }
            }
        }
        HttpCall qr = HttpCall.get("qr", "login.weixin.qq.com", "/qrcode/canary-uuid")
                .on(Lane.LOGIN, Duration.ofSeconds(5), 1_000);
        server((request, client) -> client.ok("png"));
        send(qr);
        server.close();
        try {
            send(secretCall(Lane.LOGIN));
        } catch (HostUnreachableException e) {
            assertThat(e)
                    .hasMessage("send at wx.qq.com: the connection was refused")
                    .hasNoCause();
        }

        assertThat(failed[0]).isGreaterThan(20);
        assertThat(server.requests).anyMatch(request -> request.head().contains("wxsid=canary-cookie"));
        assertThat(lines)
                .hasSizeGreaterThan(500)
                .noneMatch(line -> line.contains(SECRET) || line.contains("63 61 6e 61"));
        assertThat(lines).anyMatch(line -> line.startsWith("reactor.netty"));
        assertThat(lines)
                .anyMatch(line -> line.matches("io.wxflux.http send POST wx.qq.com" + PATH + " 200 11 bytes \\d+ ms "));
        assertThat(lines).anyMatch(line -> line.startsWith("io.wxflux.http qr GET login.weixin.qq.com/qrcode/*** 200"));
    }
}
