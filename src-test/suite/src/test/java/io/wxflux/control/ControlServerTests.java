package io.wxflux.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.error.ConfigurationException;
import io.wxflux.file.EventText;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets into the control endpoint, and what it refuses. Requests are written by hand: no client would send them. */
class ControlServerTests {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path state;

    private final Engine engine = Engine.create(
            EngineOptions.builder().account(AccountSpec.of("alice")).build());

    @SuppressWarnings("NullAway.Init") // by the first step of each test
    private ControlServer server;

    @SuppressWarnings("NullAway.Init")
    private ControlFile file;

    @BeforeEach
    void open() {
        server = start(0);
        file = ControlFile.read(state).orElseThrow();
    }

    @AfterEach
    void close() {
        server.stop().block(SOON);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theTokenIsTheOwnersAloneAndGoesWithTheEndpoint() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ControlFile.in(state))))
                .isEqualTo("rw-------");
        assertThat(file.port()).isEqualTo(server.port());
        assertThat(file.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(file.token().reveal()).matches("[0-9a-f]{64}");
        assertThat(file.toString()).doesNotContain(file.token().reveal());
        server.stop().block(SOON);
        assertThat(ControlFile.in(state)).doesNotExist();
        ControlServer next = start(0);
        assertThat(ControlFile.read(state).orElseThrow().token()).isNotEqualTo(file.token());
        // The first one is stopped twice: the file of the next is not its to remove.
        server.stop().block(SOON);
        assertThat(ControlFile.in(state)).exists();
        next.stop().block(SOON);
        try (Stream<Path> left = Files.list(state)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFileThatIsHalfWrittenOrForeignIsNoEndpoint() throws IOException {
        for (String text : new String[] {"", "{", "[]", "{\"port\":0,\"token\":\"x\"}", "{\"port\":5}"}) {
            Files.writeString(ControlFile.in(state), text);
            assertThat(ControlFile.read(state)).isEmpty();
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        assertThatThrownBy(() -> start(server.port()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("control.port")
                .hasMessageContaining(String.valueOf(server.port()));
        assertThat(ControlFile.read(state)).contains(file);
    }

    @Test
    void theRightTokenOpens() throws IOException {
        assertThat(get("/v1/accounts", authorized())).startsWith("HTTP/1.1 200").contains("{\"accounts\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Authorization: Bearer \r\n", "Authorization: Bearer 0000\r\n", "Authorization: Basic"})
    void withoutTheTokenNothingOpens(String header) throws IOException {
        String line = header.isEmpty() || header.endsWith("\n")
                ? header
                : header + " " + file.token().reveal() + "\r\n";
        assertThat(get("/v1/accounts", line)).startsWith("HTTP/1.1 401").contains("wrong-token");
        assertThat(get("/v1/accounts?token=" + file.token().reveal(), line)).startsWith("HTTP/1.1 401");
    }

    @Test
    void guessingIsSlowedAndLocksNobodyOut() throws IOException {
        for (int i = 0; i < 12; i++) {
            get("/v1/accounts", "Authorization: Bearer " + i + "\r\n");
        }
        assertThat(get("/v1/accounts", "Authorization: Bearer x\r\n"))
                .matches(answer -> answer.startsWith("HTTP/1.1 429") || answer.startsWith("HTTP/1.1 401"));
        assertThat(get("/v1/accounts", authorized())).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:%d", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:%d", ""})
    void aForeignHostIsRefusedBeforeTheTokenIsLookedAt(String host) throws IOException {
        String named = host.contains("%d") ? host.formatted(server.port()) : host;
        String answer = raw("GET /v1/accounts HTTP/1.1\r\nHost: " + named + "\r\n" + authorized() + "\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 4(21|00).*");
        assertThat(answer).doesNotContain("accounts\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: null",
                "Origin: https://evil.example",
                "Sec-Fetch-Site: cross-site",
                "Origin: http://127.0.0.1"
            })
    void webPagesAreRefusedAndGetNoHeadersToReadWith(String header) throws IOException {
        String answer = get("/v1/accounts", authorized() + header + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 403").doesNotContainIgnoringCase("access-control");
    }

    @Test
    void aPreflightIsRefused() throws IOException {
        assertThat(raw("OPTIONS /v1/accounts HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                        + "\r\nOrigin: https://evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .doesNotContainIgnoringCase("access-control");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /v2/accounts                          | 404
                    /v1/accounts/..                       | 404
                    /v1/accounts/..%2f..%2fetc            | 404
                    /v1/accounts/eve                      | 404
                    //v1/accounts                         | 404
                    /v1/accounts?limit=1                  | 400
                    /v1/events?account=a&account=b        | 400
                    /v1/accounts/alice/send               | 405
                    """)
    void pathsThatAreNoneAreNamed(String path, int status) throws IOException {
        assertThat(get(path, authorized()))
                .startsWith("HTTP/1.1 " + status)
                .contains("\"error\":", "\"message\":", "\"remedy\":");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    text/plain               | {}                        | 415
                    application/json         | {                         | 400
                    application/json         | []                        | 400
                    application/json         | {"to":1,"to":2}           | 400
                    application/json         | {"whom":"x"}              | 400
                    application/x-www-form-urlencoded | to=x             | 415
                    """)
    void bodiesThatAreWrongAreNamed(String type, String body, int status) throws IOException {
        assertThat(post("/v1/accounts/alice/read", type, body)).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void aBodyWithoutEndIsCutOff() throws IOException {
        assertThat(post("/v1/accounts/alice/send", "application/json", " ".repeat(FrontDoor.MOST_JSON + 1)))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void pagesOfDeepJsonAreRefused() throws IOException {
        assertThat(post("/v1/accounts/alice/send", "application/json", "{\"to\":" + "[".repeat(5_000)))
                .startsWith("HTTP/1.1 400");
    }

    private ControlServer start(int port) {
        return Objects.requireNonNull(ControlServer.start(engine, new ControlOptions(state, port, EventText::of))
                .block(SOON));
    }

    private String authorized() {
        Secret token = file.token();
        return "Authorization: Bearer " + token.reveal() + "\r\n";
    }

    private String get(String path, String headers) throws IOException {
        return raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n" + headers + "\r\n");
    }

    private String post(String path, String type, String body) throws IOException {
        return raw("POST " + path + " HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n" + authorized()
                + "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) SOON.toMillis());
            String closing = request.replaceFirst("\r\n", "\r\nConnection: close\r\n");
            try {
                socket.getOutputStream().write(closing.getBytes(StandardCharsets.UTF_8));
            } catch (IOException cutOff) {
                // Refused while it was being sent; the answer may still be read.
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
