package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.protocol.Start;
import io.wxflux.internal.wire.InitBody;
import io.wxflux.model.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PROTOCOL 6.1. */
class InitContractTests {
    private static final String ANSWER = """
            {
            "BaseResponse": {
            "Ret": 0,
            "ErrMsg": ""
            }
            ,
            "Count": 3,
            "ContactList": [{"Uin": 0,"UserName": "filehelper","NickName": "文件传输助手","MemberCount": 0,"MemberList": []},
            {"UserName": "@@room","NickName": "早上<span class=\\"emoji emoji1f31e\\"></span>&amp;好","MemberCount": 2,
            "MemberList": [{"Uin": 0,"UserName": "@m1","NickName": "甲","DisplayName": "名片"}]}],
            "SyncKey": {
            "Count": 4,
            "List": [{"Key": 1,"Val": 698325105},{"Key": 2,"Val": 698325111},{"Key": 3,"Val": 698325051},{"Key": 1000,"Val": 1546210682}]
            },
            "User": {"Uin": 3000000007,"UserName": "@self","NickName": "我","HeadImgUrl": "/cgi-bin/mmwebwx-bin/webwxgeticon?seq=1","Sex": 1},
            "ChatSet": "filehelper,@@room,@friend,",
            "SKey": "@crypt_1c_canary",
            "ClientVersion": 369493792,
            "SystemTime": 1546211543,
            "InviteStartCount": 40,
            "MPSubscribeMsgCount": 0,
            "MPSubscribeMsgList": [],
            "ClickReportInterval": 600000
            }
            """;

    @RegisterExtension
    final Wire wire = new Wire();

    private InitBody init() {
        return Wire.await(Start.init(wire.service(), Wire.HOSTS, Wire.CREDENTIALS));
    }

    /** The pass_ticket came percent-encoded and is encoded once more, as the browser does it (PROTOCOL 3). */
    @Test
    void postsTheBaseRequest() {
        wire.answer(ANSWER);

        init();

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxinit");
        assertThat(seen.query())
                .containsExactly("r=" + Wire.NOT_NOW, "lang=zh_CN", "pass_ticket=canary%252Bticket%252F%253D");
        assertThat(seen.body()).isEqualTo(Wire.BASE_REQUEST + "}");
    }

    @Test
    void theDeviceIdIsNewForEveryCall() {
        wire.answer(ANSWER);

        init();
        init();

        assertThat(wire.allSeen())
                .extracting(seen -> seen.request().getBodyAsString().replaceAll(".*(e\\d{15})\"}}", "$1"))
                .allMatch(id -> id.matches("e\\d{15}"))
                .doesNotHaveDuplicates();
    }

    @Test
    void readsWhoWeAreTheFirstKeyAndTheRecentChats() {
        wire.answer(ANSWER);

        InitBody init = init();

        assertThat(init.self()).isEqualTo(UserName.of("@self"));
        assertThat(init.uin()).isEqualTo(3_000_000_007L);
        assertThat(init.nickName()).isEqualTo("我");
        assertThat(init.skey()).isEqualTo("@crypt_1c_canary");
        assertThat(init.syncKey().query()).isEqualTo("1_698325105|2_698325111|3_698325051|1000_1546210682");
        assertThat(init.chatSet()).extracting(UserName::value).containsExactly("filehelper", "@@room", "@friend");
        assertThat(init.contacts()).as("fewer than the Count says").hasSize(2);
        assertThat(init.contacts().get(0).contact().nickName()).isEqualTo("文件传输助手");
        assertThat(init.contacts().get(1).contact().nickName()).isEqualTo("早上🌞&好");
        assertThat(init.contacts().get(1).contact().members()).hasSize(1);
        assertThat(init.inviteStartCount()).isEqualTo(40);
    }

    @Test
    void anEmptySkeyReplacesNothing() {
        wire.answer(ANSWER.replace("@crypt_1c_canary", ""));

        assertThat(Wire.CREDENTIALS.withSkey(init().skey())).isEqualTo(Wire.CREDENTIALS);
    }

    @Test
    void aSuccessThatDoesNotSayWhoWeAreIsNone() {
        wire.answer(Wire.ret(0));

        assertThat(Wire.failure(Start.init(wire.service(), Wire.HOSTS, Wire.CREDENTIALS)))
                .isInstanceOf(ProtocolViolationException.class);
    }
}
