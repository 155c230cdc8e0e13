package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.wxflux.internal.protocol.Contacts;
import io.wxflux.internal.wire.ContactPage;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.model.Contact;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** PROTOCOL 7.1. */
class ContactsContractTests {
    @RegisterExtension
    final Wire wire = new Wire();

    private Flux<Contact> all() {
        return Contacts.pages(Wire.signedIn(wire.service()))
                .concatMapIterable(ContactPage::contacts)
                .map(ContactPatch::contact);
    }

    private static ResponseDefinitionBuilder page(String seq, String... names) {
        var members = new StringBuilder();
        for (String name : names) {
            members.append(members.isEmpty() ? "" : ",")
                    .append("{\"UserName\":\"@" + name + "\",\"NickName\":\"" + name + "\",\"RemarkName\":\"\","
                            + "\"ContactFlag\":3,\"VerifyFlag\":24,\"MemberList\":[],\"Alias\":\"\"}");
        }
        return Wire.text("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MemberCount\":" + names.length
                + ",\"MemberList\":[" + members + "],\"Seq\":" + seq + "}");
    }

    @Test
    void asksForTheFirstPageFromSeq0() {
        wire.answer(page("0", "甲", "b"));

        List<Contact> contacts = Wire.await(all());

        Seen seen = wire.seen().isGetOf(Wire.API, Wire.CGI + "webwxgetcontact");
        assertThat(seen.query())
                .containsExactly(
                        "lang=zh_CN",
                        "pass_ticket=canary%252Bticket%252F%253D",
                        "r=1700000000123",
                        "seq=0",
                        "skey=%40crypt_0a_canary");
        assertThat(seen.header("Referer")).isEqualTo("https://wx2.qq.com/?&lang=zh_CN");
        assertThat(contacts).extracting(Contact::nickName).containsExactly("甲", "b");
        assertThat(contacts).allMatch(Contact::isOfficialAccount);
    }

    @Test
    void goesOnWithTheServersSeqUntilItIs0() {
        wire.answers(page("1024", "a"), page("\"77\"", "b"), page("0", "c"));

        assertThat(Wire.await(all())).extracting(Contact::nickName).containsExactly("a", "b", "c");

        assertThat(wire.allSeen()).extracting(seen -> seen.query("seq")).containsExactly("0", "1024", "77");
    }

    @Test
    void aSeqThatNeverBecomes0EndsAfter17Requests() {
        wire.answer(page("5", "a"));

        assertThat(Wire.await(all())).hasSize(17);

        assertThat(wire.allSeen()).hasSize(17);
    }

    @Test
    void anEmptyPageInBetweenIsNotTheEnd() {
        wire.answers(page("1"), page("0", "z"));

        assertThat(Wire.await(all())).extracting(Contact::nickName).containsExactly("z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"x\"", "{}"})
    void aSeqThatIsNoNumberIsTheEnd(String seq) {
        wire.answer(page(seq, "a"));

        assertThat(Wire.await(all())).hasSize(1);
    }

    @Test
    void theNextPageIsAskedForOnlyWhenTheFirstIsTaken() {
        wire.answer(page("5", "a", "b"));

        assertThat(Wire.await(all().take(1))).hasSize(1);

        assertThat(wire.allSeen()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aPageOfABigAddressBookIsReadWhole() {
        String[] names = IntStream.range(0, 1_700).mapToObj(i -> "联系人" + i).toArray(String[]::new);
        wire.answer(page("0", names));

        assertThat(Wire.await(all())).extracting(Contact::nickName).containsExactly(names);
    }
}
