package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.MediaUnavailableException;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.error.WxfluxException;
import io.wxflux.internal.protocol.Download;
import io.wxflux.internal.protocol.Download.Fetch;
import io.wxflux.internal.transport.HttpStream;
import io.wxflux.model.MsgId;
import io.wxflux.model.UserName;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** PROTOCOL 11.3 and 7.6. */
class DownloadContractTests {
    private static final MsgId ID = new MsgId("9053194738703673101");
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F'};
    private static final String SKEY = "skey=%40crypt_0a_canary";

    @RegisterExtension
    final Wire wire = new Wire();

    private Mono<HttpStream> open(Fetch fetch) {
        return Download.open(Wire.signedIn(wire.service()), fetch, 0, false);
    }

    private static int size(HttpStream stream) {
        return Objects.requireNonNull(
                Wire.await(stream.body().map(ByteBuffer::remaining).reduce(0, Integer::sum)));
    }

    static List<Arguments> things() {
        return List.of(
                Arguments.of("webwxgetmsgimg", Download.image(ID, ""), List.of("MsgID=" + ID.value(), SKEY)),
                Arguments.of(
                        "webwxgetmsgimg",
                        Download.image(ID, "slave"),
                        List.of("MsgID=" + ID.value(), SKEY, "type=slave")),
                Arguments.of(
                        "webwxgetmsgimg", Download.image(ID, "big"), List.of("MsgID=" + ID.value(), SKEY, "type=big")),
                Arguments.of("webwxgetvoice", Download.voice(ID), List.of("msgid=" + ID.value(), SKEY)),
                Arguments.of("webwxgetvideo", Download.video(ID), List.of("msgid=" + ID.value(), SKEY)),
                Arguments.of(
                        "webwxgeticon",
                        Download.headImage(UserName.of("@friend"), false, "", null),
                        List.of("seq=0", "username=%40friend", SKEY)),
                Arguments.of(
                        "webwxgeticon",
                        Download.headImage(UserName.of("@stranger"), true, "", ID),
                        List.of("seq=0", "username=%40stranger", SKEY, "type=big", "msgid=" + ID.value())),
                Arguments.of(
                        "webwxgetheadimg",
                        Download.headImage(UserName.of("@@room"), false, "", null),
                        List.of("seq=0", "username=%40%40room", SKEY)),
                Arguments.of(
                        "webwxgeticon",
                        Download.headImage(UserName.of("@member"), false, "@4a/+", null),
                        List.of("seq=0", "username=%40member", SKEY, "chatroomid=%404a%2F%2B")),
                Arguments.of(
                        "webwxgeticon",
                        Objects.requireNonNull(Download.headImage(
                                UserName.of("@friend"),
                                Wire.CGI + "webwxgeticon?seq=6204&username=@friend&type=small&skey=@old",
                                true,
                                "@4a")),
                        List.of("seq=6204", "username=%40friend", SKEY, "type=big", "chatroomid=%404a")),
                Arguments.of(
                        "webwxgetheadimg",
                        Objects.requireNonNull(Download.headImage(
                                UserName.of("@@room"), Wire.CGI + "webwxgetheadimg?seq=7&username=@@room", false, "")),
                        List.of("seq=7", "username=%40%40room", SKEY)),
                Arguments.of(
                        "webwxgetpubliclinkimg",
                        Objects.requireNonNull(Download.map(
                                Wire.CGI + "webwxgetpubliclinkimg?url=a%2Fb+c&msgid=7&pictype=location&flag")),
                        List.of("url=a%2Fb%2Bc", "msgid=7", "pictype=location")),
                Arguments.of(
                        "webwxpreview",
                        Download.preview("@crypt_canary/1"),
                        List.of("fun=preview", "mediaid=%40crypt_canary%2F1")));
    }

    @ParameterizedTest
    @MethodSource("things")
    void isFetchedAtTheApiHostAsABrowserDoes(String endpoint, Fetch fetch, List<String> query) {
        wire.cookie("wxsid", "s1", "wx2.qq.com", true);
        wire.answer(aResponse().withHeader("Content-Type", "image/jpeg").withBody(JPEG));

        HttpStream stream = Wire.await(open(fetch));

        assertThat(size(stream)).isEqualTo(JPEG.length);
        assertThat(stream.contentType()).isEqualTo("image/jpeg");
        Seen seen = wire.seen().isGetOf(Wire.API, Wire.CGI + endpoint);
        assertThat(seen.query()).isEqualTo(query);
        assertThat(seen.header("Referer")).isEqualTo("https://wx2.qq.com/?&lang=zh_CN");
        assertThat(seen.header("Cookie")).isEqualTo("wxsid=s1");
        assertThat(seen.header("Accept")).isEqualTo("*/*");
        assertThat(seen.header("Accept-Encoding")).isEqualTo("identity");
        assertThat(seen.header("Range")).isEqualTo(endpoint.matches("webwxget(voice|video)") ? "bytes=0-" : null);
    }

    @Test
    void aFileIsFetchedAtTheFileHostByWhoSentItAndWhoIsSignedIn() {
        wire.cookie("webwx_data_ticket", "t/+=1", "qq.com", false);
        wire.answer(aResponse()
                .withHeader("Content-Disposition", "attachment; filename=\"a.html\"")
                .withBody("<html>a file of somebody's</html>"));

        HttpStream stream = Wire.await(
                open(Download.file(UserName.of("@sender"), "@crypt_m+1", "encryfilename", "%E4%B8%AD%2Ehtml")));

        assertThat(size(stream)).isEqualTo(33);
        Seen seen = wire.seen().isGetOf("file.wx2.qq.com", Wire.CGI + "webwxgetmedia");
        assertThat(seen.query())
                .containsExactly(
                        "sender=%40sender",
                        "mediaid=%40crypt_m%2B1",
                        "encryfilename=%25E4%25B8%25AD%252Ehtml",
                        "fromuser=3000000007",
                        "pass_ticket=canary%252Bticket%252F%253D",
                        "webwx_data_ticket=t%2F%2B%3D1");
        assertThat(seen.header("Referer")).isEqualTo("https://wx2.qq.com/?&lang=zh_CN");
        assertThat(seen.header("Range")).isNull();
    }

    @Test
    void theRestIsAskedForByItsRange() {
        wire.answer(aResponse()
                .withStatus(206)
                .withHeader("Content-Range", "bytes 5-12/13")
                .withBody(JPEG));

        HttpStream stream = Wire.await(Download.open(Wire.signedIn(wire.service()), Download.image(ID, ""), 5, false));

        assertThat(stream.contentRange()).isEqualTo("bytes 5-12/13");
        assertThat(size(stream)).isEqualTo(8);
        assertThat(wire.seen().header("Range")).isEqualTo("bytes=5-");
    }

    static List<Arguments> otherThanMedia() {
        return List.of(
                Arguments.of(Wire.text(""), MediaUnavailableException.class, "nothing at all"),
                Arguments.of(aResponse().withStatus(204), MediaUnavailableException.class, "nothing at all"),
                Arguments.of(aResponse().withStatus(301), MediaUnavailableException.class, "status 301"),
                Arguments.of(aResponse().withStatus(403), MediaUnavailableException.class, "status 403"),
                Arguments.of(aResponse().withStatus(416), MediaUnavailableException.class, "status 416"),
                Arguments.of(
                        aResponse().withStatus(503).withBody("<html>canary"), HostUnreachableException.class, "503"),
                Arguments.of(
                        aResponse().withHeader("Content-Type", "text/html").withBody("\r\n <!DOCTYPE html><canary>"),
                        MediaUnavailableException.class,
                        "page"),
                Arguments.of(Wire.text("<html>canary"), MediaUnavailableException.class, "page"),
                Arguments.of(Wire.text(Wire.ret(1101)), SessionEndedException.class, "1101"),
                Arguments.of(Wire.text(Wire.ret(1)), RequestRefusedException.class, "code 1"),
                Arguments.of(Wire.text(Wire.ret(-1)), MediaUnavailableException.class, "words"),
                Arguments.of(Wire.text(Wire.ret(0)), MediaUnavailableException.class, "without media"),
                Arguments.of(
                        Wire.text("canary").withHeader("Content-Encoding", "gzip"),
                        HostUnreachableException.class,
                        "content encoding"),
                Arguments.of(aResponse().withFault(Fault.EMPTY_RESPONSE), HostUnreachableException.class, "closed"),
                Arguments.of(
                        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), HostUnreachableException.class, ""));
    }

    @ParameterizedTest
    @MethodSource("otherThanMedia")
    void whatIsNoMediaIsAnErrorOfItsKind(
            ResponseDefinitionBuilder answer, Class<? extends WxfluxException> type, String words) {
        wire.answer(answer);

        assertThat(Wire.failure(open(Download.image(ID, ""))))
                .isExactlyInstanceOf(type)
                .hasMessageStartingWith("webwxgetmsgimg")
                .hasMessageContaining(words);
        assertThat(wire.allSeen()).hasSize(1);
    }

    @Test
    void theConnectionsAreFreeAfterWhateverCame() {
        for (Arguments row : otherThanMedia()) {
            wire.answer((ResponseDefinitionBuilder) row.get()[0]);
            Wire.failure(open(Download.image(ID, "")));
        }
        wire.answer(aResponse().withBody(JPEG));
        List<Integer> sizes = Wire.await(Flux.range(0, 6)
                .flatMap(i -> open(Download.image(ID, ""))
                        .flatMapMany(HttpStream::body)
                        .map(ByteBuffer::remaining)));
        assertThat(sizes).hasSize(6);
    }

    @Test
    void aContactCannotNameAnotherCallOrHostOrPerson() {
        UserName friend = UserName.of("@friend");
        for (String url : List.of(
                "",
                "https://evil.example" + Wire.CGI + "webwxgeticon?seq=1&username=@friend",
                "//evil.example" + Wire.CGI + "webwxgeticon?seq=1&username=@friend",
                Wire.CGI + "webwxlogout?seq=1&username=@friend",
                Wire.CGI + "webwxgetheadimg?seq=1&username=@friend",
                Wire.CGI + "webwxgeticon/../webwxlogout?username=@friend",
                Wire.CGI + "webwxgeticon?seq=1",
                Wire.CGI + "webwxgeticon?seq=1&username=@other",
                Wire.CGI + "webwxgeticon?seq=1&username=@friend&username=@other",
                Wire.CGI + "webwxgeticon?username=@friend&" + "a=1&".repeat(100))) {
            assertThat(Download.headImage(friend, url, false, "")).as(url).isNull();
        }
    }

    @Test
    void aMessageCannotNameAnotherCall() {
        assertThat(Download.map("/cgi-bin/mmwebwx-bin/webwxlogout?redirect=1")).isNull();
        assertThat(Download.map("/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg/../webwxlogout?a=1"))
                .isNull();
        assertThat(Download.map("https://evil.example/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?a=1"))
                .isNull();
        assertThat(Download.map("")).isNull();
        assertThat(Download.map(Wire.CGI + "webwxgetpubliclinkimg?" + "a=1&".repeat(100)))
                .isNull();
    }
}
