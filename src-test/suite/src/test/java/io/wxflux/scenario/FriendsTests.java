package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.Account;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.ThrottledException;
import io.wxflux.event.AccountState;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.ArticlePush;
import io.wxflux.model.CheckedUrl;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactKind;
import io.wxflux.model.FoundPerson;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.StatReport;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import io.wxflux.simulator.RateLimit;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimFriends.Verification;
import io.wxflux.simulator.SimPeer;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Friends, remarks, pins and what else an account does, held against what the service then knows. */
@Tag("scenario")
class FriendsTests {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SimPeer STRANGER = SimPeer.stranger(7);

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    private SimAccount alice;
    private RunningEngine running;
    private Account account;

    @BeforeEach
    void start() {
        alice = weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_201).withContacts(10, 2, 5));
        running = RunningEngine.start(weChat.options().sending(Unpaced.SENDING).account(AccountSpec.of("alice")));
        running.awaitReady("alice");
        account = running.engine().account("alice");
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private UserName name(SimPeer who) {
        return UserName.of(alice.userName(who));
    }

    private static <T> T await(Mono<T> call) {
        return call.block(PATIENCE);
    }

    private Contact known(UserName userName) {
        return account.contacts().find(userName).block(PATIENCE);
    }

    private PeopleMessage.FriendRequest asked() {
        alice.friends().request(STRANGER, "我是老王");
        Await.until(() -> request().isPresent());
        return request().orElseThrow();
    }

    private Optional<PeopleMessage.FriendRequest> request() {
        return running.delivered("alice").stream()
                .filter(MessageReceived.class::isInstance)
                .map(event -> ((MessageReceived) event).message())
                .filter(PeopleMessage.FriendRequest.class::isInstance)
                .map(PeopleMessage.FriendRequest.class::cast)
                .findFirst();
    }

    @Test
    void aRequestIsAcceptedWithTheTicketOfItsMessageAndTheFriendIsKnownAtOnce() {
        PeopleMessage.FriendRequest request = asked();

        await(account.friends().accept(request));

        assertThat(alice.friends().verifications()).containsExactly(new Verification(3, STRANGER, ""));
        assertThat(known(name(STRANGER)).kind()).isEqualTo(ContactKind.PERSON);
        Await.until(() -> running.deliveredTypes("alice").contains("wx.contact.added"));
        assertThatThrownBy(() -> await(account.friends().accept(request)))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("1204");
    }

    @Test
    void aRequestIsTurnedDown() {
        PeopleMessage.FriendRequest request = asked();

        await(account.friends().reject(request));

        assertThat(alice.friends().verifications()).containsExactly(new Verification(4, STRANGER, ""));
        assertThat(known(name(STRANGER)).kind()).isEqualTo(ContactKind.STRANGER);
    }

    @Test
    void aStrangerIsAskedByNameOrAsFound() {
        await(account.friends().request(name(STRANGER), "", "你好 <我> & 😀"));
        FoundPerson found = await(account.friends().search("stranger:9").next());
        await(account.friends().request(found, "hello"));

        assertThat(alice.friends().verifications())
                .containsExactly(
                        new Verification(2, STRANGER, "你好 <我> & 😀"),
                        new Verification(2, SimPeer.stranger(9), "hello"));
        assertThat(found.toString()).doesNotContain(found.handle().reveal());
        assertThat(account.friends()
                        .search("nobody has this name")
                        .collectList()
                        .block(PATIENCE))
                .isEmpty();
    }

    @Test
    void anOfficialAccountIsFollowedAndKnownAtOnce() {
        FoundPerson found = await(account.friends().search("official:20").next());
        assertThat(found.isOfficialAccount()).isTrue();

        await(account.friends().follow(found));
        await(account.friends().follow(name(SimPeer.official(21))));

        assertThat(alice.friends().verifications())
                .containsExactly(
                        new Verification(1, SimPeer.official(20), ""), new Verification(1, SimPeer.official(21), ""));
        assertThat(known(name(SimPeer.official(21))).isOfficialAccount()).isTrue();
    }

    @Test
    void remarksAndPinsLeaveEachOtherAlone() {
        SimPeer friend = SimPeer.friend(3);
        UserName userName = name(friend);

        await(account.contacts().remark(userName, "老王 & <Co>"));
        await(account.contacts().pin(userName, true));

        assertThat(alice.friends().remark(friend)).isEqualTo("老王 &amp; &lt;Co&gt;");
        assertThat(alice.friends().isPinned(friend)).isTrue();
        assertThat(known(userName).remarkName()).isEqualTo("老王 & <Co>");

        await(account.contacts().remark(userName, "小王"));
        assertThat(alice.friends().isPinned(friend)).isTrue();
        await(account.contacts().pin(userName, false));
        assertThat(alice.friends().remark(friend)).isEqualTo("小王");
        assertThat(alice.friends().isPinned(friend)).isFalse();
        await(account.contacts().remark(userName, ""));
        assertThat(alice.friends().remark(friend)).isEmpty();
    }

    /** A pin with the remark of before would undo the one that is under way. The simulator objects to it. */
    @Test
    void aRemarkAndAPinAtTheSameTimeAreBothKept() {
        SimPeer friend = SimPeer.friend(4);
        UserName userName = name(friend);

        Flux.merge(
                        account.contacts().remark(userName, "new"),
                        account.contacts().pin(userName, true))
                .blockLast(PATIENCE);

        assertThat(alice.friends().remark(friend)).isEqualTo("new");
        assertThat(alice.friends().isPinned(friend)).isTrue();
    }

    /** Every fifth friend of the simulator has a remark from the beginning. */
    @Test
    void aPinKeepsARemarkThatWasThereBefore() {
        SimPeer friend = SimPeer.friend(5);

        await(account.contacts().pin(name(friend), true));
        await(account.contacts().pin(name(SimPeer.room(1)), true));

        assertThat(alice.friends().remark(friend)).isEqualTo("R5");
        assertThat(alice.friends().isPinned(friend)).isTrue();
        assertThat(alice.friends().isPinned(SimPeer.room(1))).isTrue();
    }

    @Test
    void throttlingOneOperationLeavesTheOthersAlone() {
        weChat.simulator().limit(RateLimit.of("webwxverifyuser", 1, Duration.ofHours(1)));
        await(account.friends().request(name(STRANGER), "", "one"));

        assertThatThrownBy(() -> await(account.friends().request(name(SimPeer.stranger(8)), "", "two")))
                .isInstanceOf(ThrottledException.class);

        await(account.contacts().remark(name(SimPeer.friend(1)), "still works"));
        await(account.rooms().rename(name(SimPeer.room(1)), "still works"));
        await(account.sendText(name(SimPeer.friend(1)), "still works"));
        assertThat(running.status("alice").state()).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void theStartTellsTheRecentChatsAndWhatWasPublished() {
        assertThat(account.recentChats()).contains(UserName.of("filehelper")).allMatch(chat -> !chat.isEmpty());
        List<ArticlePush> articles = account.articles();
        assertThat(articles).isNotEmpty();
        assertThat(articles.get(0).userName()).isEqualTo(name(SimPeer.official(1)));
        assertThat(articles.get(0).articles().get(0))
                .isEqualTo(new ArticlePush.Article(
                        "本周 & 下周",
                        "摘要",
                        "https://mmbiz.qpic.cn/made/up/640",
                        "https://mp.weixin.qq.com/s?__biz=Mz&mid=1#rd"));
        assertThat(articles.get(0).articles()).hasSize(2);
    }

    @Test
    void aLinkIsCheckedAndStatisticsGoOutOnRequestOnly() {
        assertThat(await(account.checkUrl("https://example.org/a?b=c")))
                .isEqualTo(new CheckedUrl.GoesTo(URI.create("https://example.org/a?b=c")));
        for (String notOfTheWeb : List.of("", "javascript:alert(1)", "file:///etc/passwd", "example.org")) {
            assertThatThrownBy(() -> await(account.checkUrl(notOfTheWeb))).isInstanceOf(IllegalArgumentException.class);
        }
        await(account.report(List.of(new StatReport(1, "{}"))));
    }
}
