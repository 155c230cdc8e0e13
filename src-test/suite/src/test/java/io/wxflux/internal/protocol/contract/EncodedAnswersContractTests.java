package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.protocol.Contacts;
import io.wxflux.internal.wire.ContactPage;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.model.Contact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROTOCOL 3 and 18.14: bodies are UTF-8 whatever is declared, however they are packed. */
class EncodedAnswersContractTests {
    private static final String NAME = "张三 é 😀 ₿";
    private static final byte[] PAGE =
            ("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MemberCount\":1,\"MemberList\":["
                            + "{\"UserName\":\"@a\",\"NickName\":\"" + NAME + "\"}],\"Seq\":0}")
                    .getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    final Wire wire = new Wire();

    private void readsTheName() {
        List<Contact> contacts = Wire.await(Contacts.pages(Wire.signedIn(wire.service()))
                .flatMapIterable(ContactPage::contacts)
                .map(ContactPatch::contact));
        assertThat(contacts).extracting(Contact::nickName).containsExactly(NAME);
    }

    private static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain; charset=ISO-8859-1",
                "text/html; charset=gbk",
                "text/javascript",
                "application/json; charset=\"utf-16\"",
                "application/octet-stream",
                "canary"
            })
    void theBodyIsUtf8WhateverItsTypeSays(String type) {
        wire.answer(aResponse().withHeader("Content-Type", type).withBody(PAGE));

        readsTheName();
    }

    @Test
    void theTypeMayBeMissing() {
        wire.answer(aResponse().withBody(PAGE));

        readsTheName();
    }

    @Test
    void aGzipBodyIsUnpacked() {
        wire.answer(aResponse().withHeader("Content-Encoding", "gzip").withBody(gzip(PAGE)));

        readsTheName();
    }

    @Test
    void aBodyInDribblesIsPutTogether() {
        wire.answer(aResponse().withBody(PAGE).withChunkedDribbleDelay(PAGE.length / 2, 100));

        readsTheName();
    }

    @Test
    void aGzipBodyInDribblesIsPutTogether() {
        wire.answer(aResponse()
                .withHeader("Content-Encoding", "gzip")
                .withBody(gzip(PAGE))
                .withChunkedDribbleDelay(10, 50));

        readsTheName();
    }

    @Test
    void bothPackingsOfABodyWithALengthAreRead() {
        wire.answers(
                aResponse()
                        .withHeader("Content-Length", Integer.toString(PAGE.length))
                        .withBody(PAGE),
                aResponse()
                        .withHeader("Content-Encoding", "gzip")
                        .withHeader("Content-Length", Integer.toString(gzip(PAGE).length))
                        .withBody(gzip(PAGE)));

        readsTheName();
        readsTheName();
    }

    @ParameterizedTest
    @EnumSource(value = Step.class, mode = EnumSource.Mode.EXCLUDE, names = "LOGOUT")
    void everyStepReadsAPackedAnswer(Step step) {
        wire.answer(aResponse()
                .withHeader("Content-Encoding", "gzip")
                .withBody(gzip(step.answer.getBytes(StandardCharsets.UTF_8))));

        Wire.await(step.on(wire.service()));

        assertThat(wire.allSeen()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LOGOUT", "PUSH_LOGIN"})
    void noStepTakesACutAnswer(Step step) {
        byte[] whole = gzip(step.answer.getBytes(StandardCharsets.UTF_8));
        wire.answer(
                aResponse().withHeader("Content-Encoding", "gzip").withBody(Arrays.copyOf(whole, whole.length - 9)));

        assertThat(Wire.failure(step.on(wire.service()))).hasMessageContaining("gzip body ends too early");
    }
}
