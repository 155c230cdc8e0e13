package io.wxflux.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.model.Contact;
import io.wxflux.model.ContactKind;
import io.wxflux.model.UserName;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PROTOCOL 8.3: what a record says, and what it only seems to say. */
class ContactPatchTest {
    private static final Contact KNOWN = page("'NickName':'A','RemarkName':'R','Alias':'al','ContactFlag':3,"
                    + "'VerifyFlag':8,'Sex':2,'Signature':'s','Province':'p','City':'c','AttrStatus':7,'StarFriend':1,"
                    + "'KeyWord':'gh_','HeadImgUrl':'/i?seq=5&username=@a&skey=@crypt_1_2'")
            .contact();

    private static ContactPatch page(String fields) {
        return ContactPage.parse(json("'MemberList':[{'UserName':'@a'," + fields + "}]"))
                .contacts()
                .get(0);
    }

    private static ContactPatch change(String userName, String fields) {
        return SyncBody.parse(json("'ModContactList':[{'UserName':'" + userName + "'" + fields + "}]"))
                .modified()
                .get(0);
    }

    private static byte[] json(String list) {
        return ("{'BaseResponse':{'Ret':0}," + list + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNotSaidStaysAndEmptyTextsAndZerosSayNothing() {
        assertThat(change("@a", "").onto(KNOWN)).isEqualTo(KNOWN);
        assertThat(change(
                                "@a",
                                ",'NickName':'','Alias':'','Province':'','City':'','Signature':'','Sex':0,"
                                        + "'AttrStatus':0,'HeadImgUrl':'','KeyWord':'','MemberList':[]")
                        .onto(KNOWN))
                .isEqualTo(KNOWN);
    }

    @Test
    void anEmptyRemarkClearsItAndFlagsCountAsTheyAre() {
        Contact now =
                change("@a", ",'RemarkName':'','ContactFlag':0,'VerifyFlag':0").onto(KNOWN);
        assertThat(now.remarkName()).isEmpty();
        assertThat(now.kind()).isEqualTo(ContactKind.STRANGER);
        assertThat(KNOWN.kind()).isEqualTo(ContactKind.OFFICIAL);
    }

    @Test
    void aRoomMayLoseItsTopicAndIsNotMutedByAChange() {
        Contact room =
                change("@@r", ",'NickName':'topic','Statues':1,'MemberCount':3").contact();
        Contact now =
                change("@@r", ",'NickName':'','Statues':0,'MemberCount':0").onto(room);
        assertThat(now.nickName()).isEmpty();
        assertThat(now.isMuted()).isFalse();
        assertThat(now.memberCount()).isEqualTo(3);
    }

    @Test
    void theKeyOfAPictureIsNotKept() {
        assertThat(KNOWN.headImageUrl()).isEqualTo("/i?seq=5&username=@a");
        assertThat(Contacts.withoutKey("/i?skey=@crypt_1_2&seq=5")).isEqualTo("/i?seq=5");
        assertThat(Contacts.withoutKey("/i?seq=5&skey=@crypt&type=big")).isEqualTo("/i?seq=5&type=big");
    }

    @ParameterizedTest
    @CsvSource({
        "@x, 0, 3, PERSON",
        "@x, 0, 2, STRANGER",
        "@x, 24, 0, OFFICIAL",
        "@x, 16, 3, PERSON",
        "filehelper, 0, 0, BUILT_IN",
        "@@x, 0, 0, ROOM",
        "7@chatroom, 8, 3, ROOM"
    })
    void kindsAreToldApart(String name, int verifyFlag, int contactFlag, ContactKind kind) {
        Contact contact = change(name, ",'VerifyFlag':" + verifyFlag + ",'ContactFlag':" + contactFlag)
                .contact();
        assertThat(contact.kind()).isEqualTo(kind);
        assertThat(contact.userName()).isEqualTo(UserName.of(name));
    }

    @Test
    void theNameMayComeLast() {
        ContactPatch patch = ContactPage.parse(json("'MemberList':[{'NickName':'n','UserName':'@z'}]"))
                .contacts()
                .get(0);
        assertThat(patch.contact().userName()).isEqualTo(UserName.of("@z"));
        assertThat(patch.contact().nickName()).isEqualTo("n");
    }
}
