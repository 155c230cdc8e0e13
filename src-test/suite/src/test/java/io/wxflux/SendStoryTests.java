package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.OutcomeUnknownException;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.error.ThrottledException;
import io.wxflux.event.AccountState;
import io.wxflux.model.MsgId;
import io.wxflux.model.Outgoing;
import io.wxflux.model.Recalled;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** Sending at once. */
class SendStoryTests {
    private static final UserName FRIEND = UserName.of("@friend");
    private static final Pattern CLIENT_ID = Pattern.compile("\"ClientMsgId\":\"(\\d+)\"");

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void signedIn() {
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private CompletableFuture<SendReceipt> send(String text) {
        return story.engine().account("alice").sendText(FRIEND, text).toFuture();
    }

    private List<String> clientIds() {
        return story.server.requests("alice", "webwxsendmsg").stream()
                .map(request -> {
                    var found = CLIENT_ID.matcher(ScriptedExchange.body(request.call()));
                    assertThat(found.find()).isTrue();
                    return found.group(1);
                })
                .toList();
    }

    @Test
    void aTextIsSentAndItsEchoIsNoNews() {
        signedIn();
        alice.once("synccheck", WireText.check(0, 2));
        story.seconds(26);
        var receipt = send("hello");
        story.seconds(1);
        String id = receipt.join().id().value();
        alice.once("synccheck", WireText.check(0, 2));
        story.seconds(26);
        alice.receivesRaw(WireText.text(id, alice.self(), "@friend", "hello"));
        alice.receives("answer");
        story.seconds(1);

        assertThat(alice.sentTexts()).hasSize(1);
        assertThat(story.sink.texts("alice")).containsExactly("answer");
        assertThat(story.status("alice").duplicates()).isEqualTo(1);
    }

    @Test
    void theEchoIsNoNewsAfterARestartEither() {
        signedIn();
        var receipt = send("hello");
        story.seconds(1).stop().start().seconds(5);
        alice.receivesRaw(WireText.text(receipt.join().id().value(), alice.self(), "@friend", "hello"));
        alice.receives("answer");
        story.seconds(1);

        assertThat(story.sink.texts("alice")).containsExactly("answer");
    }

    @Test
    void everyAttemptShowsTheSameClientMsgIdAndEverySendAnother() {
        signedIn();
        alice.once("webwxsendmsg", ModelAccount.unreachable()).once("webwxsendmsg", "<html>");
        var first = send("one");
        story.seconds(10);
        var second = send("two");
        story.seconds(1);

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        var ids = clientIds();
        assertThat(ids).hasSize(4);
        assertThat(ids.subList(0, 3)).containsOnly(first.join().clientMsgId());
        assertThat(ids.get(3)).isEqualTo(second.join().clientMsgId()).isNotEqualTo(ids.get(0));
    }

    @Test
    void theTextsOfOneConversationGoOutOneAfterTheOther() {
        signedIn();
        alice.once("webwxsendmsg", ModelAccount.unreachable());
        List<CompletableFuture<SendReceipt>> receipts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            receipts.add(send("text " + i));
        }
        story.seconds(10);

        assertThat(receipts).allMatch(CompletableFuture::isDone);
        for (int i = 0; i < 5; i++) {
            assertThat(alice.sentTexts().get(i)).contains("text " + i);
        }
    }

    @Test
    void aSendWhoseAnswersAreAllLostHasAnUnknownOutcome() {
        signedIn();
        alice.always("webwxsendmsg", call -> Mono.never());
        var receipt = send("hello");
        story.seconds(120);

        assertThat(clientIds()).hasSize(3);
        assertThatThrownBy(receipt::join).hasCauseInstanceOf(OutcomeUnknownException.class);
    }

    @ParameterizedTest
    @CsvSource({"1204", "1205", "1101", "-2"})
    void aRefusalIsToldByItsKindAndNotRepeated(int code) {
        signedIn();
        alice.once("webwxsendmsg", WireText.ret(code));
        var receipt = send("hello");
        story.seconds(10);

        assertThat(clientIds()).hasSize(1);
        assertThatThrownBy(receipt::join)
                .hasCauseInstanceOf(
                        switch (code) {
                            case 1205 -> ThrottledException.class;
                            case 1101 -> SessionEndedException.class;
                            default -> RequestRefusedException.class;
                        });
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void whatCertainlyDidNotGoOutIsNoUnknownOutcome() {
        signedIn();
        alice.always(
                "webwxsendmsg",
                call -> Mono.error(() -> HostUnreachableException.neverSent("the model says: no line")));
        var receipt = send("hello");
        story.seconds(60);

        assertThat(clientIds()).hasSize(3);
        assertThatThrownBy(receipt::join).hasCauseInstanceOf(HostUnreachableException.class);
    }

    @Test
    void aSessionThatEndsAfterALostAnswerLeavesTheOutcomeUnknown() {
        signedIn();
        alice.once("webwxsendmsg", ModelAccount.unreachable()).once("webwxsendmsg", WireText.ret(1101));
        var receipt = send("hello");
        story.seconds(60);

        assertThat(clientIds()).hasSize(2);
        assertThatThrownBy(receipt::join).hasCauseInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aMessageIsTakenBackByBothItsIdsForTwoMinutes() {
        signedIn();
        var receipt = send("hello");
        story.seconds(100);
        SendReceipt sent = receipt.join();
        var recalled = recall(sent.id());
        story.seconds(1);
        assertThat(recalled.join()).isEqualTo(new Recalled("2 min", "gone"));
        assertThat(ScriptedExchange.body(
                        story.server.requests("alice", "webwxrevokemsg").get(0).call()))
                .contains("\"SvrMsgId\":\"" + sent.id() + "\",\"ToUserName\":\"@friend\",\"ClientMsgId\":\""
                        + sent.clientMsgId() + "\"");

        story.seconds(30);
        var late = recall(sent.id());
        story.seconds(1);
        assertThatThrownBy(late::join).hasCauseInstanceOf(RequestRefusedException.class);
        assertThat(story.server.requests("alice", "webwxrevokemsg")).hasSize(1);
    }

    @Test
    void theServiceDecidesAboutMessagesOfEarlierProcesses() {
        signedIn();
        var recalled = recall(new MsgId("4711"));
        story.seconds(1);
        assertThat(recalled).isCompleted();
    }

    private CompletableFuture<Recalled> recall(MsgId id) {
        return story.engine().account("alice").recall(FRIEND, id).toFuture();
    }

    @Test
    void aConversationIsMarkedAsRead() {
        signedIn();
        var done = story.engine().account("alice").markRead(FRIEND).toFuture();
        story.seconds(1);
        assertThat(done).isCompleted();
        var notices = story.server.requests("alice", "webwxstatusnotify");
        assertThat(ScriptedExchange.body(notices.get(notices.size() - 1).call()))
                .contains("\"Code\":1,\"FromUserName\":\"" + alice.self() + "\",\"ToUserName\":\"@friend\"");
    }

    @Test
    void peopleAreMentionedInRoomsOnlyAndByAName() {
        signedIn();
        Account account = story.engine().account("alice");
        var outside = account.send(FRIEND, Outgoing.text("hi", List.of(FRIEND))).toFuture();
        var stranger = account.send(UserName.of("@@room"), Outgoing.text("hi", List.of(UserName.of("@nobody"))))
                .toFuture();
        story.seconds(1);
        assertThatThrownBy(outside::join).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(stranger::join)
                .hasCauseInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("@nobody");
        assertThat(clientIds()).isEmpty();
    }

    @Test
    void aTextThatIsNoneIsRefusedBeforeAnythingIsSent() {
        signedIn();
        assertThatThrownBy(() -> send("").join()).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> send("half \ud83d").join()).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(clientIds()).isEmpty();
    }

    @Test
    void nothingIsSentBeforeTheAccountIsSignedIn() {
        alice.phone = Phone.looksAway();
        story.account("alice").start().seconds(5);
        var receipt = send("hello");

        assertThatThrownBy(receipt::join)
                .hasCauseInstanceOf(EngineStateException.class)
                .hasMessageContaining("SCANNING");
    }

    @Test
    void aLogoutForgetsTheSession() {
        signedIn();
        var done = story.engine().account("alice").logout().toFuture();
        story.seconds(5);
        assertThat(done).isCompleted();
        assertThat(story.server.requests("alice", "webwxlogout")).hasSize(1);
        assertThat(story.sink.types("alice")).endsWith("wx.account.logged-out");

        story.stop().start().seconds(5);
        assertThat(story.server.requests("alice", "webwxpushloginurl")).isEmpty();
        assertThat(story.server.requests("alice", "jslogin")).hasSize(2);
    }
}
