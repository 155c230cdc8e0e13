package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.Remedy;
import io.wxflux.error.WxfluxException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** PROTOCOL 18.3: whatever comes instead of an answer is a typed error that shows nothing of it. */
class BrokenAnswersContractTests {
    /** Push login falls back to the next host, and a logout takes any answer: both have tests of their own. */
    private static final Set<Step> READING = EnumSet.complementOf(EnumSet.of(Step.PUSH_LOGIN, Step.LOGOUT));

    /** A link is checked by where the answer points, whatever its body. */
    private static final Set<Step> READING_BODIES =
            EnumSet.complementOf(EnumSet.of(Step.PUSH_LOGIN, Step.LOGOUT, Step.CHECK_URL));

    private static final Set<Step> CLOSING = EnumSet.of(Step.JSLOGIN, Step.LOGIN_PAGE);

    private static final String PAGE = "<html><head><title>canary</title></head><body>canary</body></html>";

    @RegisterExtension
    final Wire wire = new Wire();

    /** What answered is not the service, or it is in trouble: the next host is tried. */
    enum Down {
        STATUS_500(aResponse().withStatus(500).withBody(PAGE)),
        STATUS_502(aResponse().withStatus(502)),
        STATUS_503(aResponse()
                .withStatus(503)
                .withHeader("Content-Type", "text/html")
                .withBody(PAGE)),
        STATUS_504(aResponse().withStatus(504).withStatusMessage("canary")),
        RESET(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        CLOSED(aResponse().withFault(Fault.EMPTY_RESPONSE)),
        BROKEN_CHUNK(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
        GARBAGE(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
        CUT(Wire.text("{\"BaseResponse\":{\"Ret\":0").withHeader("Content-Length", "500")),
        NOT_GZIP(Wire.text("canary canary canary").withHeader("Content-Encoding", "gzip")),
        UNKNOWN_CODING(Wire.text("canary").withHeader("Content-Encoding", "canary"));

        private final ResponseDefinitionBuilder answer;

        Down(ResponseDefinitionBuilder answer) {
            this.answer = answer;
        }
    }

    /** The service answered, but not with what was asked for: the same again, later. */
    enum Odd {
        MOVED(aResponse().withStatus(302).withHeader("Location", "https://wx2.qq.com/?canary")),
        NOT_MODIFIED(aResponse().withStatus(304)),
        FORBIDDEN(aResponse().withStatus(403).withBody(PAGE)),
        NOT_FOUND(aResponse().withStatus(404).withBody(PAGE)),
        NO_CONTENT(aResponse().withStatus(204)),
        EMPTY(Wire.text("")),
        BLANK(Wire.text(" \r\n")),
        HTML(aResponse().withHeader("Content-Type", "text/html; charset=utf-8").withBody(PAGE)),
        ZEROS(Wire.text("\0\0\0\0")),
        HALF_JSON(Wire.text("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"canary")),
        EMPTY_JSON(Wire.text("{}")),
        OTHER_SCRIPT(Wire.script("window.canary=1;"));

        private final ResponseDefinitionBuilder answer;

        Odd(ResponseDefinitionBuilder answer) {
            this.answer = answer;
        }
    }

    /** Where the connection closes after every answer WireMock does not chunk: there is no chunk to break. */
    static Stream<Arguments> down() {
        return READING.stream()
                .flatMap(step -> Stream.of(Down.values())
                        .filter(down -> down != Down.BROKEN_CHUNK || !CLOSING.contains(step))
                        .map(down -> Arguments.of(step, down)));
    }

    static Stream<Arguments> odd() {
        return READING_BODIES.stream().flatMap(step -> Stream.of(Odd.values()).map(odd -> Arguments.of(step, odd)));
    }

    @ParameterizedTest
    @MethodSource("down")
    void aHostThatGivesNoAnswerIsUnreachable(Step step, Down down) {
        wire.answer(down.answer);

        WxfluxException error = Wire.failure(step.on(wire.service()));

        assertThat(error)
                .isExactlyInstanceOf(HostUnreachableException.class)
                .hasMessageStartingWith(step.operation)
                .hasNoCause();
        assertThat(error.remedy()).isEqualTo(Remedy.NEXT_HOST);
        assertThat(wire.allSeen()).as("no step tries again by itself").hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("odd")
    void anAnswerThatIsNoneOfTheProtocolIsTriedAgain(Step step, Odd odd) {
        wire.answer(odd.answer);

        WxfluxException error = Wire.failure(step.on(wire.service()));

        assertThat(error)
                .isExactlyInstanceOf(ProtocolViolationException.class)
                .hasMessageStartingWith(step.operation)
                .hasNoCause();
        assertThat(error.remedy()).isEqualTo(Remedy.RETRY);
        // HTML instead of the login page is what a browser opens once more, and finds no session here either.
        boolean isOpened = step == Step.LOGIN_PAGE && odd == Odd.HTML;
        assertThat(wire.allSeen()).hasSize(isOpened ? 2 : 1);
    }

    /** A step for each set of connections. */
    static Stream<Arguments> downOnEachLane() {
        return down().filter(row ->
                EnumSet.of(Step.LOGIN_PAGE, Step.SYNC_CHECK, Step.SYNC).contains(row.get()[0]));
    }

    @ParameterizedTest
    @MethodSource("downOnEachLane")
    void theNextCallAfterAFaultIsAnswered(Step step, Down down) {
        wire.answers(down.answer, Wire.text(step.answer));

        Wire.failure(step.on(wire.service()));
        Wire.await(step.on(wire.service()));

        assertThat(wire.allSeen()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "MALFORMED_RESPONSE_CHUNK")
    void alsoALogoutThatGotNoAnswerSaysSo(Fault fault) {
        wire.answer(aResponse().withFault(fault));

        assertThat(Wire.failure(Step.LOGOUT.on(wire.service())))
                .isExactlyInstanceOf(HostUnreachableException.class)
                .hasMessageStartingWith("webwxlogout at wx2.qq.com: ");
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"INIT", "SYNC", "SEND"})
    void anAnswerThatTricklesBeyondTheDeadlineIsGivenUp(Step step) {
        wire.answer(Wire.text(step.answer + " ".repeat(100)).withChunkedDribbleDelay(20, 2_000));
        var impatient = wire.service(wire.http().withRequestTimeout(Duration.ofMillis(150)));

        assertThat(Wire.failure(step.on(impatient)))
                .isExactlyInstanceOf(HostUnreachableException.class)
                .hasMessageStartingWith(step.operation + " at " + step.host + ": no complete answer within 150 ms");
    }

    static List<Arguments> limits() {
        return List.of(
                Arguments.of(Step.JSLOGIN, 64 * 1024),
                Arguments.of(Step.LOGIN_POLL, 64 * 1024),
                Arguments.of(Step.LOGIN_PAGE, 256 * 1024),
                Arguments.of(Step.SYNC_CHECK, 64 * 1024),
                Arguments.of(Step.SEND, 1024 * 1024));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void anEndlessAnswerEndsAtTheLimitOfItsCall(Step step, int limit) {
        wire.answer(Wire.text("x".repeat(limit + 1)));

        assertThat(Wire.failure(step.on(wire.service())))
                .isExactlyInstanceOf(HostUnreachableException.class)
                .hasMessageContaining("larger than " + limit + " bytes");
    }
}
