package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.protocol.Send;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UserName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** PROTOCOL 10.1 to 10.3. */
class SendContractTests {
    @RegisterExtension
    final Wire wire = new Wire();

    private Mono<SendReceipt> send(String text) {
        return Send.text(Wire.signedIn(wire.service()), UserName.of("@@room"), text, "17000000001234321");
    }

    private static String bodyWith(String content) {
        return Wire.BASE_REQUEST + ",\"Msg\":{\"Type\":1,\"Content\":\"" + content + "\",\"FromUserName\":\"@self\","
                + "\"ToUserName\":\"@@room\",\"LocalID\":\"17000000001234321\",\"ClientMsgId\":\"17000000001234321\"},"
                + "\"Scene\":0}";
    }

    @Test
    void postsTheTextAsRawUtf8() {
        wire.answer(Step.SEND.answer);

        Wire.await(send("早上好 😀 é @张三\u2005 <a> & 'b' /c"));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxsendmsg");
        assertThat(seen.query()).containsExactly("lang=zh_CN", "pass_ticket=canary%252Bticket%252F%253D");
        assertThat(seen.body()).isEqualTo(bodyWith("早上好 😀 é @张三\u2005 <a> & 'b' /c"));
    }

    static List<Arguments> escapes() {
        return List.of(
                Arguments.of("line\nbreak", "line\\nbreak"),
                Arguments.of("\"quoted\"", "\\\"quoted\\\""),
                Arguments.of("back\\slash", "back\\\\slash"),
                Arguments.of("tab\tbell\u0007", "tab\\tbell\\u0007"),
                Arguments.of("half an emoji \ud83d", "half an emoji \ufffd"));
    }

    @ParameterizedTest
    @MethodSource("escapes")
    void escapesOnlyWhatJsonAsksFor(String text, String escaped) {
        wire.answer(Step.SEND.answer);

        Wire.await(send(text));

        assertThat(wire.seen().body()).isEqualTo(bodyWith(escaped));
    }

    @Test
    void everyAttemptShowsTheSameClientMsgId() {
        wire.answer(Step.SEND.answer);
        Mono<SendReceipt> one = send("x");

        Wire.await(one);
        Wire.await(one);

        assertThat(wire.allSeen()).extracting(Seen::body).containsExactly(bodyWith("x"), bodyWith("x"));
    }

    @Test
    void aNewClientMsgIdHas17DigitsAndRises() {
        String first = Send.newClientMsgId(wire.service());
        String second = Send.newClientMsgId(wire.service());

        assertThat(first).matches("1700000000123\\d{4}");
        assertThat(Long.parseLong(second)).isGreaterThan(Long.parseLong(first));
    }

    @Test
    void theReceiptHasTheServersIdAndOurs() {
        wire.answer("{\"BaseResponse\": {\"Ret\": 0,\"ErrMsg\": \"\"},\"MsgID\": \"9053194738703673101\","
                + "\"LocalID\": \"17000000001234321\"}");

        SendReceipt receipt = Wire.await(send("x"));

        assertThat(receipt.id().value()).isEqualTo("9053194738703673101");
        assertThat(receipt.clientMsgId()).isEqualTo("17000000001234321");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"BaseResponse\":{\"Ret\":0}}", "{\"BaseResponse\":{\"Ret\":0},\"MsgID\":\"\"}"})
    void aReceiptWithoutIdIsStillASuccess(String answer) {
        wire.answer(answer);

        assertThat(Wire.await(send("x")).id().value()).isEmpty();
    }
}
