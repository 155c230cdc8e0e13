package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.ALICE;
import static io.wxflux.internal.wire.Documents.ROOM;
import static io.wxflux.internal.wire.Documents.SELF;
import static io.wxflux.internal.wire.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.model.Contact;
import io.wxflux.model.MsgId;
import io.wxflux.model.SyncKey;
import io.wxflux.model.UserName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {
    @Test
    void initSaysWhoWeAreAndWhereToStart() {
        InitBody init = InitBody.parse(utf8(Documents.INIT));
        assertThat(init.ret()).isZero();
        assertThat(init.self()).isEqualTo(UserName.of(SELF));
        assertThat(init.uin()).isEqualTo(1234567890L);
        assertThat(init.nickName()).isEqualTo("我 🌸");
        assertThat(init.skey()).startsWith("@crypt_0000aaaa_ffff");
        assertThat(init.syncKey().query()).isEqualTo("1_600000001|2_600000002|3_600000003|1000_1700000000");
        assertThat(init.inviteStartCount()).isEqualTo(40);
        assertThat(init.chatSet()).containsExactly(UserName.of("filehelper"), UserName.of(ROOM), UserName.of("weixin"));
        Contact room = init.contacts().get(1).contact();
        assertThat(room.nickName()).isEqualTo("书友 📖 & 茶");
        assertThat(room.members()).containsExactly(new Contact.Member(UserName.of(ALICE), "甲", "A<1>"));
        assertThat(init.toString()).doesNotContain("crypt", "我");
    }

    @Test
    void initWithoutSelfIsAnErrorButARefusalIsNot() {
        assertThatThrownBy(() -> InitBody.parse(utf8("{\"BaseResponse\":{\"Ret\":0}}")))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("webwxinit");
        InitBody refused = InitBody.parse(utf8(
                "{\"BaseResponse\":{\"Ret\":\"1101\",\"ErrMsg\":\"no\"},\"SKey\":\"@crypt_1\",\"ContactList\":[{}]}"));
        assertThat(refused.ret()).isEqualTo(1101);
        assertThat(refused.errMsg()).isEqualTo("no");
        assertThat(refused.skey()).isEmpty();
        assertThat(refused.syncKey()).isEqualTo(SyncKey.EMPTY);
    }

    @Test
    void aSkeyThatWouldBreakAUrlReplacesNothing() {
        String body = Documents.INIT.replace("@crypt_0000aaaa_ffff", "@crypt \\r\\nX: ");
        assertThat(InitBody.parse(utf8(body)).skey()).isEmpty();
    }

    @Test
    void aPageOfContactsHasACursor() {
        ContactPage page = ContactPage.parse(utf8(Documents.CONTACTS));
        assertThat(page.seq()).isEqualTo(667788);
        assertThat(page.contacts()).hasSize(2);
        assertThat(page.contacts().get(0).contact().remarkName()).isEqualTo("同事'甲");
        assertThat(page.contacts().get(0).contact().alias()).isEqualTo("a_1");
        assertThat(page.contacts().get(1).contact().isOfficialAccount()).isTrue();
        assertThat(page.contacts().get(1).contact().contactFlag()).isEqualTo(3);
        assertThat(ContactPage.parse(
                        utf8("{\"BaseResponse\":{\"Ret\":1},\"MemberList\":[{\"UserName\":\"a\"}],\"Seq\":9}")))
                .isEqualTo(new ContactPage(1, List.of(), 0));
        assertThat(ContactPage.parse(utf8("{\"BaseResponse\":{\"Ret\":0},\"MemberList\":null,\"Seq\":\"12\"}")))
                .isEqualTo(new ContactPage(0, List.of(), 12));
    }

    @Test
    void aBatchMayHoldFewerThanAskedFor() {
        BatchContacts batch = BatchContacts.parse(utf8(Documents.BATCH));
        assertThat(batch.contacts()).hasSize(1);
        assertThat(batch.contacts().get(0).contact().isRoom()).isTrue();
        assertThat(batch.contacts().get(0).contact().members()).hasSize(1);
    }

    @Test
    void aPushLoginIsAnsweredWithTextOrNumber() {
        assertThat(PushLoginBody.parse(utf8(Documents.PUSH)).uuid()).isEqualTo("gbJxY3yPNA==");
        assertThat(PushLoginBody.parse(utf8("{\"ret\":0,\"msg\":\"all ok\",\"uuid\":\"u\"}"))
                        .ret())
                .isEqualTo("0");
        assertThat(PushLoginBody.parse(utf8("{\"ret\":\"1\",\"msg\":\"device authinfo invalid\"}"))
                        .uuid())
                .isEmpty();
        assertThat(PushLoginBody.parse(utf8(Documents.PUSH)).toString()).doesNotContain("gbJx");
        assertThatThrownBy(() -> PushLoginBody.parse(utf8("{\"ret\":\"0\",\"msg\":\"all ok\"}")))
                .isInstanceOf(ProtocolViolationException.class);
        assertThatThrownBy(() -> PushLoginBody.parse(utf8("{}"))).isInstanceOf(ProtocolViolationException.class);
    }

    @Test
    void aSentMessageHasAnId() {
        assertThat(SendBody.parse("webwxsendmsg", utf8(Documents.SENT)))
                .isEqualTo(new SendBody(0, new MsgId("1234567890123456789")));
        assertThat(SendBody.parse(
                        "webwxsendmsg", utf8("{\"BaseResponse\":{\"Ret\":1205,\"ErrMsg\":\"\"},\"MsgID\":\"\"}")))
                .isEqualTo(new SendBody(1205, new MsgId("")));
        assertThat(BaseAnswer.parse(utf8("{\"BaseResponse\":{\"Ret\":-1}}")).ret())
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "[]",
                "{}",
                "{\"BaseResponse\":null}",
                "{\"BaseResponse\":{}}",
                "{\"BaseResponse\":{\"Ret\":\"\"}}",
                "{\"BaseResponse\":{\"Ret\":99999999999}}",
                "{\"BaseResponse\":{\"Ret\":1101,\"Ret\":0}}",
                "{\"BaseResponse\":{\"Ret\":1101},\"BaseResponse\":{\"Ret\":0}}",
                "{\"BaseResponse\":{\"Ret\":0}} {}",
                "{\"BaseResponse\":{\"Ret\":0}}<html>",
                "{\"BaseResponse\":{\"Ret\":0}",
                "<html><head><title>502</title></head></html>",
            })
    void whatHasNoCodeOrTwoIsAnError(String body) {
        assertThatThrownBy(() -> BaseAnswer.parse("webwxlogout", utf8(body)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("webwxlogout")
                .hasMessageNotContaining("502");
    }

    @Test
    void deepNestingIsRefusedAtOnce() {
        String open = "{\"BaseResponse\":{\"Ret\":0},\"x\":" + "[".repeat(10_000);
        assertThatThrownBy(() -> BaseAnswer.parse(utf8(open))).isInstanceOf(ProtocolViolationException.class);
        String deep = "{\"BaseResponse\":{\"Ret\":0},\"x\":" + "[".repeat(1 << 20) + "]".repeat(1 << 20) + "}";
        assertThatThrownBy(() -> BaseAnswer.parse(utf8(deep))).isInstanceOf(ProtocolViolationException.class);
    }

    @Test
    void otherCharsetsAreNotGuessed() {
        assertThatThrownBy(() -> BaseAnswer.parse("{\"BaseResponse\":{\"Ret\":0}}".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(ProtocolViolationException.class);
        assertThat(BaseAnswer.parse(utf8("\uFEFF{\"BaseResponse\":{\"Ret\":0}}"))
                        .ret())
                .isZero();
    }

    @Test
    void garbledNamesAreReadNotRefused() {
        byte[] body = utf8(Documents.CONTACTS.replace("公众号", "A\u0001\t\u0000B?C\\ud83d"));
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '?') {
                body[i] = (byte) 0xFF;
            }
        }
        assertThat(ContactPage.parse(body).contacts().get(1).contact().nickName())
                .isEqualTo("A\u0001\t\u0000B\uFFFDC\uFFFD");
    }
}
