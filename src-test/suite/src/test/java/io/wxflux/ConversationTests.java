package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.transport.Exchange;
import io.wxflux.model.AccountId;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.LoginMode;
import io.wxflux.options.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Whole conversations, call by call: what is said, to whom, and in which order. */
class ConversationTests {
    private final Story story = new Story();
    private final ScriptedExchange talk = new ScriptedExchange(story.time);

    ConversationTests() {
        story.network = new Network() {
            @Override
            public Exchange open(AccountId account) {
                return talk;
            }

            @Override
            public Mono<Void> close() {
                return Mono.empty();
            }
        };
    }

    @AfterEach
    void theScriptWasPlayed() {
        story.end();
        talk.verify();
    }

    private void login(String mode, String clientVersion, String extspam) {
        talk.expect("jslogin")
                .at("login.weixin.qq.com")
                .query("appid", "wx782c26e4c19acffb")
                .query("fun", "new")
                .query(
                        "redirect_uri",
                        "https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage"
                                + (mode.isEmpty() ? "" : "?mod=" + mode))
                .answers(WireText.jslogin("abc=="));
        talk.expect("login poll")
                .at("login.weixin.qq.com")
                .query("uuid", "abc==")
                .query("tip", "1")
                .answersAfter(Duration.ofSeconds(1), WireText.poll(408));
        talk.expect("login poll").query("tip", "0").answers(WireText.confirmed(WireText.redirectUri("wx8.qq.com")));
        talk.expect("webwxnewloginpage")
                .at("wx8.qq.com")
                .query("ticket", "A1@qrticket_0")
                .query("fun", "new")
                .query("version", "v2")
                .query("mod", mode)
                .header("client-version", clientVersion)
                .header("extspam", extspam)
                .answers(WireText.loginPage(1_000, "sid1", "@crypt_1"));
    }

    private void start() {
        talk.expect("webwxinit")
                .at("wx8.qq.com")
                .query("pass_ticket", "pt%2Bsid1")
                .body("\"Sid\":\"sid1\"")
                .body("\"Skey\":\"@crypt_1\"")
                .answers(WireText.init(1_000, "@me", "@crypt_2", WireText.key(1, 100)));
        greeting();
    }

    private void greeting() {
        hello();
        addressBook();
    }

    private void hello() {
        talk.expect("webwxstatusnotify").at("wx8.qq.com").body("\"Code\":3").answers(WireText.ret(0));
    }

    private void addressBook() {
        talk.expect("webwxgetcontact")
                .at("wx8.qq.com")
                .query("skey", "@crypt_2")
                .answers(WireText.contacts("@friend"));
    }

    @Test
    void aWebLoginFromTheCodeToTheSecondPoll() {
        login("", "", "");
        start();
        talk.expect("synccheck")
                .at("webpush.wx8.qq.com")
                .query("synckey", "1_100")
                .query("skey", "@crypt_2")
                .query("sid", "sid1")
                .query("uin", "1000")
                .answersAfter(Duration.ofSeconds(10), WireText.check(0, 2));
        talk.expect("webwxsync")
                .at("wx8.qq.com")
                .query("skey", "@crypt_2")
                .body("\"List\":[{\"Key\":1,\"Val\":100}]")
                .answers(WireText.sync(
                        List.of(WireText.text("1", "@friend", "@me", "hello")),
                        WireText.key(1, 101),
                        WireText.key(2, 555),
                        true));
        talk.expect("webwxsync")
                .body("\"List\":[{\"Key\":1,\"Val\":101}]")
                .answers(WireText.sync(List.of(), WireText.key(1, 101), WireText.key(2, 556), false));
        talk.expect("synccheck").query("synckey", "2_556").neverAnswers();
        story.account("alice").start().seconds(30);

        assertThat(story.sink.texts("alice")).containsExactly("hello");
    }

    @Test
    void aDesktopLoginShowsWhatTheDesktopClientShows() {
        login("desktop", "2.0.0", "Go8FCIkFEokFCggwMDAwMDAwMRAGGvAE");
        start();
        talk.expect("synccheck").at("webpush.wx8.qq.com").neverAnswers();
        story.account(AccountSpec.of("alice")
                        .withMode(LoginMode.desktop(Secret.of("Go8FCIkFEokFCggwMDAwMDAwMRAGGvAE"), "2.0.0")))
                .start()
                .seconds(10);
        assertThat(ScriptedExchange.header(talk.calls().get(3), "Referer"))
                .isEqualTo("https://wx.qq.com/?&lang=zh_CN&target=t");
    }

    @Test
    void aResumeInitialisesAndThenShowsTheStoredKeyAndNotTheNewerOneOfInit() {
        login("", "", "");
        start();
        talk.expect("synccheck").query("synckey", "1_100").neverAnswers();
        story.account("alice").start().seconds(10).stop();
        talk.verify();

        talk.expect("webwxinit")
                .at("wx8.qq.com")
                .body("\"Skey\":\"@crypt_2\"")
                .answers(WireText.init(1_000, "@me", "@crypt_2", WireText.key(1, 900)));
        hello();
        talk.expect("synccheck").query("synckey", "1_100").answers(WireText.check(0, 2));
        talk.expect("webwxsync")
                .body("\"Val\":100")
                .answers(WireText.sync(List.of(), WireText.key(1, 900), WireText.key(2, 900), false));
        talk.expect("synccheck").query("synckey", "2_900").neverAnswers();
        addressBook();
        story.start().seconds(10);
    }

    @Test
    void pushLoginInDesktopModeSaysSo() {
        login("desktop", "2.0.0", "blob");
        start();
        talk.expect("synccheck").answers(WireText.check(1101, 0));
        talk.expect("webwxsync").answers(WireText.ret(1101));
        talk.cookies().restore(List.of());
        talk.expect("webwxpushloginurl")
                .at("wx8.qq.com")
                .query("uin", "1000")
                .query("mod", "desktop")
                .answers("{\"ret\":1,\"msg\":\"no\"}");
        talk.expect("webwxpushloginurl").at("login.weixin.qq.com").answers(WireText.push("push=="));
        talk.expect("login poll").query("uuid", "push==").query("tip", "1").neverAnswers();
        story.account(AccountSpec.of("alice").withMode(LoginMode.desktop(Secret.of("blob"), "2.0.0")))
                .start()
                .seconds(30);
    }

    @Test
    void aPollThatFailsAtHomeGoesToTheOtherHostsOfTheParentDomain() {
        login("", "", "");
        start();
        // Both of its own and a strange one; then the best of those that failed, and the next strange one.
        for (String host : List.of(
                "webpush.wx8.qq.com",
                "wx8.qq.com",
                "webpush.wx.qq.com",
                "webpush.wx8.qq.com",
                "webpush.wx2.qq.com",
                "webpush.wx8.qq.com")) {
            talk.expect("synccheck").at(host).query("synckey", "1_100").fails();
        }
        talk.expect("synccheck").at("webpush.weixin.qq.com").answersAfter(Duration.ofSeconds(25), WireText.check(0, 0));
        talk.expect("synccheck").at("webpush.wx8.qq.com").neverAnswers();
        story.account("alice").start().seconds(35);

        assertThat(story.live.stream().map(event -> event.type())).doesNotContain("wx.account.logged-out");
    }
}
