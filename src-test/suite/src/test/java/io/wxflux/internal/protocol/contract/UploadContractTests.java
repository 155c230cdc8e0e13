package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.error.ThrottledException;
import io.wxflux.error.WxfluxException;
import io.wxflux.internal.protocol.SignedIn;
import io.wxflux.internal.protocol.Upload;
import io.wxflux.internal.protocol.UploadPlan;
import io.wxflux.internal.wire.UploadBody;
import io.wxflux.model.UserName;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** PROTOCOL 11.1 and 11.2. */
class UploadContractTests {
    private static final String MD5 = "0cc175b9c0f1b6a831c399e269772661";
    private static final UserName PEER = UserName.of("@peer");
    private static final UploadBody UNCHECKED = new UploadBody(0, "", "", "", "");
    private static final String WHOLE = "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MediaId\":\"@crypt_canary\","
            + "\"StartPos\":5,\"CDNThumbImgHeight\":0,\"CDNThumbImgWidth\":0,\"EncryFileName\":\"canary%2Etxt\"}";

    @RegisterExtension
    final Wire wire = new Wire();

    private SignedIn signedIn;

    @BeforeEach
    void signIn() {
        wire.cookie("webwx_data_ticket", "gSc/+=canary", "qq.com", false);
        signedIn = Wire.signedIn(wire.service());
    }

    private Mono<UploadBody> chunk(String name, long size, int chunk, UploadBody checked) {
        UploadPlan plan =
                new UploadPlan(signedIn, PEER, new UploadPlan.Facts(name, size, MD5), 3, 1_700_000_000_123L, checked);
        UploadPlan.Body body = plan.body(chunk);
        for (int i = 0; i < plan.length(chunk); i++) {
            body.bytes()[body.at() + i] = (byte) ('a' + i % 26);
        }
        return Upload.chunk(plan, body);
    }

    private static String part(String boundary, String name, String value) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String request(long size, String more) {
        return "{\"UploadType\":2," + Wire.BASE_REQUEST.substring(1) + ",\"ClientMediaId\":1700000000123,\"TotalLen\":"
                + size + ",\"StartPos\":0,\"DataLen\":" + size + ",\"MediaType\":4,\"FromUserName\":\"@self\","
                + "\"ToUserName\":\"@peer\",\"FileMd5\":\"" + MD5 + "\"" + more + "}";
    }

    private String boundary(Seen seen) {
        String type = seen.header("Content-Type");
        assertThat(type).matches("multipart/form-data; boundary=----WebKitFormBoundary\\w{16}");
        return type.substring(type.indexOf('=') + 1);
    }

    @Test
    void aSmallFileIsOneFormWithTheFileLast() {
        wire.answer(WHOLE);

        UploadBody answer = Wire.await(chunk("说明 \"最终\".txt", 5, 0, UNCHECKED));

        Seen seen = wire.seen();
        assertThat(seen.line()).isEqualTo("POST https://file.wx2.qq.com" + Wire.CGI + "webwxuploadmedia");
        assertThat(seen.query()).containsExactly("f=json");
        assertThat(seen.header("Referer")).isEqualTo("https://wx2.qq.com/?&lang=zh_CN");
        assertThat(seen.header("Origin")).isEqualTo("https://wx2.qq.com");
        assertThat(seen.header("Cookie")).isEqualTo("webwx_data_ticket=gSc/+=canary");
        assertThat(seen.header("Content-Length"))
                .isEqualTo(Integer.toString(seen.request().getBody().length));
        assertThat(seen.header("Transfer-Encoding")).isNull();
        String boundary = boundary(seen);
        assertThat(seen.body())
                .isEqualTo(part(boundary, "id", "WU_FILE_3")
                        + part(boundary, "name", "说明 \"最终\".txt")
                        + part(boundary, "type", "text/plain")
                        + part(boundary, "lastModifiedDate", "Wed Nov 15 2023 06:13:20 GMT+0800 (CST)")
                        + part(boundary, "size", "5")
                        + part(boundary, "mediatype", "doc")
                        + part(boundary, "uploadmediarequest", request(5, ""))
                        + part(boundary, "webwx_data_ticket", "gSc/+=canary")
                        + part(boundary, "pass_ticket", "canary+ticket/=")
                        + "--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"filename\"; filename=\"说明 %22最终%22.txt\""
                        + "\r\nContent-Type: text/plain\r\n\r\nabcde\r\n--" + boundary + "--\r\n");
        assertThat(answer.mediaId()).isEqualTo("@crypt_canary");
        assertThat(answer.encryFileName()).isEqualTo("canary%2Etxt");
    }

    @Test
    void ofALargeFileEachChunkSaysWhichItIsAndWhatTheServiceGaveForIt() {
        wire.answer("{\"BaseResponse\":{\"Ret\":0},\"MediaId\":\"\",\"StartPos\":524288}");

        UploadBody first = Wire.await(chunk("a.mp4", 524_289, 0, new UploadBody(0, "", "key==", "sig+/", "")));
        Wire.await(chunk("a.mp4", 524_289, 1, new UploadBody(0, "", "key==", "sig+/", "")));

        assertThat(first.mediaId()).isEmpty();
        List<Seen> seen = wire.allSeen();
        assertThat(seen.get(0).body())
                .contains(part(boundary(seen.get(0)), "chunks", "2")
                        + part(boundary(seen.get(0)), "chunk", "0")
                        + part(boundary(seen.get(0)), "mediatype", "video"))
                .contains(request(524_289, ",\"AESKey\":\"key==\",\"Signature\":\"sig+/\""))
                .contains("Content-Type: video/mp4\r\n\r\nabcdefgh");
        assertThat(seen.get(1).body())
                .contains("name=\"chunk\"\r\n\r\n1\r\n")
                .endsWith("\r\n\r\na\r\n--" + boundary(seen.get(1)) + "--\r\n");
        assertThat(seen.get(0).request().getBody().length
                        - seen.get(1).request().getBody().length)
                .isEqualTo(524_287);
    }

    @ParameterizedTest
    @CsvSource({
        "a.jpg,pic,image/jpeg", "a.JPEG,pic,image/jpeg", "a.png,pic,image/png", "a.bmp,pic,image/bmp",
        "a.gif,doc,image/gif", "a.webp,doc,image/webp", "a.mp4,video,video/mp4", "a.mov,doc,application/octet-stream",
        "jpg,doc,application/octet-stream", "a.pdf,doc,application/pdf", ".png,doc,application/octet-stream"
    })
    void theNameDecidesWhatItIsTakenFor(String name, String mediaType, String mime) {
        wire.answer(WHOLE);

        Wire.await(chunk(name, 1, 0, UNCHECKED));

        assertThat(wire.seen().body())
                .contains("name=\"mediatype\"\r\n\r\n" + mediaType + "\r\n")
                .contains("name=\"type\"\r\n\r\n" + mime + "\r\n");
    }

    @Test
    void namesCannotBreakOutOfTheForm() {
        wire.answer(WHOLE);

        Wire.await(chunk("a\"\r\nX-Canary: 1\r\n\\.txt", 1, 0, UNCHECKED));

        assertThat(wire.seen().body()).contains("filename=\"a%22%0D%0AX-Canary: 1%0D%0A%5C.txt\"\r\nContent-Type");
    }

    @Test
    void withoutItsCookieNothingIsSent() {
        wire.cookies().restore(List.of());

        assertThat(Wire.failure(Mono.defer(() -> chunk("a.txt", 1, 0, UNCHECKED))))
                .isExactlyInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("webwx_data_ticket");
        assertThat(wire.allSeen()).isEmpty();
    }

    static List<Arguments> refusals() {
        return List.of(
                Arguments.of(aResponse().withStatus(402), RequestRefusedException.class),
                Arguments.of(aResponse().withStatus(502), HostUnreachableException.class),
                Arguments.of(Wire.text(""), ProtocolViolationException.class),
                Arguments.of(Wire.text("<html>canary</html>"), ProtocolViolationException.class),
                Arguments.of(Wire.text(WHOLE).withHeader("Content-Length", "900"), HostUnreachableException.class),
                Arguments.of(Wire.text(Wire.ret(1)), RequestRefusedException.class),
                Arguments.of(Wire.text(Wire.ret(-1)), ProtocolViolationException.class),
                Arguments.of(Wire.text(Wire.ret(1205)), ThrottledException.class),
                Arguments.of(Wire.text(Wire.ret(1101)), SessionEndedException.class));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatComesInsteadIsAnErrorOfItsKind(
            com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder answer,
            Class<? extends WxfluxException> type) {
        wire.answer(answer);

        assertThat(Wire.failure(chunk("canary.txt", 5, 0, UNCHECKED)))
                .isExactlyInstanceOf(type)
                .hasMessageStartingWith("webwxuploadmedia");
        assertThat(wire.allSeen()).hasSize(1);
    }

    @Test
    void aLargeFileIsAskedForByItsMd5() {
        wire.answer(Step.CHECK_UPLOAD.answer);

        UploadBody answer = Wire.await(Upload.check(signedIn, PEER, new UploadPlan.Facts("大 文件.bin", 26_214_401, MD5)));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxcheckupload");
        assertThat(seen.query()).isEmpty();
        assertThat(seen.body())
                .isEqualTo(Wire.BASE_REQUEST + ",\"FromUserName\":\"@self\",\"ToUserName\":\"@peer\","
                        + "\"FileSize\":26214401,\"FileMd5\":\"" + MD5
                        + "\",\"FileName\":\"大 文件.bin\",\"FileType\":7}");
        assertThat(answer.aesKey()).isEqualTo("canaryKey");
        assertThat(answer.signature()).isEqualTo("canarySignature");
        assertThat(answer.toString()).isEqualTo("UploadBody[0]");
    }
}
