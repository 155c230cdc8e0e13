package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.protocol.Oplog;
import io.wxflux.internal.protocol.SearchContact;
import io.wxflux.internal.protocol.VerifyUser;
import io.wxflux.internal.protocol.VerifyUser.Opcode;
import io.wxflux.model.Concealed;
import io.wxflux.model.FoundPerson;
import io.wxflux.model.UserName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROTOCOL 12.1, 12.2 and 12.4. */
class FriendsContractTests {
    private static final String TICKET_QUERY = "pass_ticket=canary%252Bticket%252F%253D";

    @RegisterExtension
    final Wire wire = new Wire();

    @ParameterizedTest
    @CsvSource({"ADD,1", "REQUEST,2", "ACCEPT,3", "REJECT,4"})
    void verifiesOnePersonWithTheTicketThatCameAlong(Opcode opcode, int number) {
        wire.cookie("wxsid", "s1", "wx2.qq.com", false);
        wire.answer(Wire.ret(0));

        Wire.await(VerifyUser.verify(
                Wire.signedIn(wire.service()),
                opcode,
                Concealed.of("@stranger"),
                Concealed.of("v2_+/=@stranger"),
                "你好 <我> & \"x\" 😀"));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxverifyuser");
        assertThat(seen.query()).containsExactly("r=1700000000123", "lang=zh_CN", TICKET_QUERY);
        assertThat(seen.header("Cookie")).isEqualTo("wxsid=s1");
        assertThat(seen.body())
                .isEqualTo(Wire.BASE_REQUEST + ",\"Opcode\":" + number + ",\"VerifyUserListSize\":1,"
                        + "\"VerifyUserList\":[{\"Value\":\"@stranger\",\"VerifyUserTicket\":\"v2_+/=@stranger\"}],"
                        + "\"VerifyContent\":\"你好 <我> & \\\"x\\\" 😀\",\"SceneListCount\":1,\"SceneList\":[33],"
                        + "\"skey\":\"@crypt_0a_canary\"}");
    }

    @Test
    void withoutATicketTheFieldIsEmptyAndNotAbsent() {
        wire.answer(Wire.ret(0));

        Wire.await(
                VerifyUser.verify(Wire.signedIn(wire.service()), Opcode.ADD, Concealed.of("@gh"), Concealed.NONE, ""));

        assertThat(wire.seen().body())
                .contains("[{\"Value\":\"@gh\",\"VerifyUserTicket\":\"\"}],\"VerifyContent\":\"\"");
    }

    @Test
    void notesARemark() {
        wire.answer(Wire.ret(0));

        Wire.await(Oplog.remark(Wire.signedIn(wire.service()), UserName.of("@peer"), "老王 & <Co> 😀"));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxoplog");
        assertThat(seen.query()).containsExactly("lang=zh_CN", TICKET_QUERY);
        assertThat(seen.body())
                .isEqualTo(Wire.BASE_REQUEST + ",\"UserName\":\"@peer\",\"CmdId\":2,\"RemarkName\":\"老王 & <Co> 😀\"}");
    }

    @Test
    void takesARemarkAway() {
        wire.answer(Wire.ret(0));

        Wire.await(Oplog.remark(Wire.signedIn(wire.service()), UserName.of("@peer"), ""));

        assertThat(wire.seen().body()).endsWith("\"CmdId\":2,\"RemarkName\":\"\"}");
    }

    @ParameterizedTest
    @CsvSource({"true,1", "false,0"})
    void aPinAlwaysCarriesTheRemark(boolean pinned, int op) {
        wire.answer(Wire.ret(0));

        Wire.await(Oplog.pin(Wire.signedIn(wire.service()), UserName.of("@peer"), pinned, "老王"));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxoplog");
        assertThat(seen.query()).containsExactly("lang=zh_CN", TICKET_QUERY);
        assertThat(seen.body())
                .isEqualTo(Wire.BASE_REQUEST + ",\"UserName\":\"@peer\",\"CmdId\":3,\"OP\":" + op
                        + ",\"RemarkName\":\"老王\"}");
    }

    private List<FoundPerson> search(String keyword) {
        return Wire.await(SearchContact.search(Wire.signedIn(wire.service()), keyword));
    }

    @Test
    void looksForAWord() {
        wire.answer(Step.SEARCH_CONTACT.answer);

        assertThat(search("小李 & Co")).isEmpty();

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxsearchcontact");
        assertThat(seen.query()).containsExactly("lang=zh_CN", TICKET_QUERY);
        assertThat(seen.body()).isEqualTo(Wire.BASE_REQUEST + ",\"KeyWord\":\"小李 & Co\"}");
    }

    @Test
    void findsPeopleByHandlesThatPrintNothing() {
        wire.answer("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Count\":9,\"List\":["
                + "{\"EncryUserName\":\"v1_canary@stranger\",\"UserName\":\"@x\",\"NickName\":\"李 &amp; 王\","
                + "\"VerifyFlag\":24,\"Future\":{\"a\":[1]}},"
                + "7,null,{\"NickName\":\"nobody\"},{\"UserName\":\"@y\"}]}");

        List<FoundPerson> found = search("x");

        assertThat(found)
                .containsExactly(
                        new FoundPerson(Concealed.of("v1_canary@stranger"), UserName.of("@x"), "李 & 王", 24),
                        new FoundPerson(Concealed.NONE, UserName.of("@y"), "", 0));
        assertThat(found.get(0).isOfficialAccount()).isTrue();
        assertThat(found.toString()).doesNotContain(Wire.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"List\":null", "\"List\":{}", "\"Count\":3", "\"List\":\"x\""})
    void aListThatIsNoneIsNobody(String member) {
        wire.answer("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"}," + member + "}");

        assertThat(search("x")).isEmpty();
    }
}
