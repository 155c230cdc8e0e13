package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.OutboxFullException;
import io.wxflux.event.SendEvent;
import io.wxflux.model.MediaSource;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.OutboxEntry.State;
import io.wxflux.model.Outgoing;
import io.wxflux.model.UserName;
import io.wxflux.options.SendOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Messages that survive the process. */
class OutboxStoryTests {
    private static final UserName FRIEND = UserName.of("@friend");
    private static final UserName FILE_HELPER = UserName.of("filehelper");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Pattern CLIENT_ID = Pattern.compile("\"ClientMsgId\":\"(\\d+)\"");

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void signedIn() {
        story.account("alice").start().seconds(5);
    }

    private Outbox outbox() {
        return story.engine().account("alice").outbox();
    }

    private CompletableFuture<OutboxEntry> put(UserName to, String text, Duration expiry) {
        return outbox().put(to, Outgoing.text(text), expiry).toFuture();
    }

    private OutboxEntry put(String text) {
        var put = put(FRIEND, text, HOUR);
        assertThat(put).isCompleted();
        return put.join();
    }

    private OutboxEntry end(String id) {
        var end = outbox().await(id).toFuture();
        assertThat(end).isCompleted();
        return end.join();
    }

    private List<OutboxEntry> pending() {
        return outbox().pending().toFuture().join();
    }

    /** The ClientMsgIds of all requests so far. */
    private List<String> attempts() {
        return story.server.requests("alice", "webwxsendmsg").stream()
                .map(request -> {
                    var found = CLIENT_ID.matcher(ScriptedExchange.body(request.call()));
                    assertThat(found.find()).isTrue();
                    return found.group(1);
                })
                .toList();
    }

    private List<OutboxEntry> told() {
        return story.sink.accepted("alice").stream()
                .filter(SendEvent.class::isInstance)
                .map(event -> ((SendEvent) event).entry())
                .toList();
    }

    private List<String> toldTypes() {
        return story.sink.types("alice").stream()
                .filter(type -> type.startsWith("wx.send."))
                .toList();
    }

    @Test
    void aMessageIsQueuedSentAndAccepted() {
        signedIn();
        OutboxEntry entry = put("hello");
        assertThat(entry.state()).isEqualTo(State.QUEUED);
        var end = outbox().await(entry.id()).toFuture();
        story.seconds(1);

        assertThat(toldTypes()).containsExactly("wx.send.queued", "wx.send.sent", "wx.send.accepted");
        assertThat(told()).extracting(OutboxEntry::id).containsOnly(entry.id());
        assertThat(end.join().state()).isEqualTo(State.ACCEPTED);
        assertThat(end.join().msgId().value()).isEqualTo("9000001");
        assertThat(attempts()).containsExactly(entry.id());
        assertThat(pending()).isEmpty();
        assertThat(end(entry.id())).isEqualTo(end.join());
    }

    @Test
    void itsEchoIsNoNews() {
        signedIn();
        OutboxEntry entry = put("hello");
        story.seconds(1);
        String id = end(entry.id()).msgId().value();
        alice.receivesRaw(WireText.text(id, alice.self(), "@friend", "hello"));
        alice.receives("answer");
        story.seconds(1);
        assertThat(story.sink.texts("alice")).containsExactly("answer");
    }

    @Test
    void messagesOfOneConversationGoOutInOrder() {
        signedIn();
        alice.once("webwxsendmsg", ModelAccount.unreachable());
        for (int i = 0; i < 5; i++) {
            put("text " + i);
        }
        story.seconds(60);
        assertThat(alice.sentTexts()).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(alice.sentTexts().get(i)).contains("text " + i);
        }
    }

    @Test
    void aCrashWithALostAnswerRepeatsTheSameClientMsgId() {
        signedIn();
        alice.always("webwxsendmsg", call -> Mono.never());
        OutboxEntry entry = put("hello");
        story.seconds(2).kill();
        alice.normal();
        story.start().seconds(5);

        assertThat(attempts()).containsExactly(entry.id(), entry.id());
        assertThat(toldTypes()).containsExactly("wx.send.queued", "wx.send.sent", "wx.send.accepted");
        assertThat(pending()).isEmpty();
    }

    @Test
    void aCrashBeforeTheFirstAttemptLosesNothing() {
        alice.phone = Phone.looksAway();
        story.account("alice").start().seconds(5);
        var put = put(FILE_HELPER, "hello", HOUR);
        assertThat(put).isCompleted();
        story.seconds(1).kill();
        alice.phone = Phone.confirms();
        story.start().seconds(10);

        assertThat(attempts()).containsExactly(put.join().id());
        assertThat(toldTypes()).containsExactly("wx.send.queued", "wx.send.sent", "wx.send.accepted");
    }

    @Test
    void theOrderIsKeptOverACrash() {
        signedIn();
        alice.always("webwxsendmsg", call -> Mono.never());
        for (int i = 0; i < 4; i++) {
            put("text " + i);
        }
        story.seconds(2).kill();
        alice.normal();
        story.start().seconds(5);
        put("text 4");
        story.seconds(60);
        for (int i = 0; i < 5; i++) {
            assertThat(alice.sentTexts().get(i)).contains("text " + i);
        }
    }

    @Test
    void aStopLeavesWhatIsThereForTheNextProcess() {
        signedIn();
        alice.always("webwxsendmsg", call -> Mono.never());
        OutboxEntry entry = put("hello");
        story.seconds(1).stop();
        alice.normal();
        story.start().seconds(5);
        assertThat(attempts()).containsOnly(entry.id());
        assertThat(alice.sentTexts()).hasSize(1);
        assertThat(toldTypes()).endsWith("wx.send.accepted");
    }

    @Test
    void whatCannotBeSentBeforeItExpiresIsToldToHaveExpired() {
        alice.phone = Phone.looksAway();
        story.account("alice").start().seconds(5);
        var put = put(FILE_HELPER, "hello", Duration.ofSeconds(30));
        var end = outbox().await(put.join().id()).toFuture();
        story.seconds(29);
        assertThat(end).isNotDone();
        story.seconds(2);

        assertThat(end.join().state()).isEqualTo(State.EXPIRED);
        assertThat(end.join().reason()).startsWith("expired");
        assertThat(toldTypes()).containsExactly("wx.send.queued", "wx.send.refused");
        assertThat(attempts()).isEmpty();
    }

    @Test
    void whatMayHaveArrivedWhenItExpiresIsUnknown() {
        signedIn();
        alice.always("webwxsendmsg", call -> Mono.never());
        var put = put(FRIEND, "hello", Duration.ofSeconds(100));
        story.seconds(300);

        assertThat(attempts()).containsOnly(put.join().id());
        assertThat(toldTypes()).containsExactly("wx.send.queued", "wx.send.sent", "wx.send.unknown");
        assertThat(pending()).isEmpty();
    }

    @Test
    void whatCertainlyNeverArrivedIsNotUnknown() {
        signedIn();
        alice.always(
                "webwxsendmsg",
                call -> Mono.error(() -> HostUnreachableException.neverSent("the model says: no line")));
        put(FRIEND, "hello", Duration.ofSeconds(100));
        story.seconds(300);
        assertThat(told()).last().extracting(OutboxEntry::state).isEqualTo(State.EXPIRED);
    }

    @Test
    void aLongOutageIsOutlived() {
        signedIn();
        alice.always("webwxsendmsg", call -> ModelAccount.unreachable());
        OutboxEntry entry = put("hello");
        story.seconds(1800);
        alice.normal();
        story.seconds(301);
        assertThat(attempts()).containsOnly(entry.id());
        assertThat(toldTypes()).endsWith("wx.send.accepted");
    }

    @Test
    void aRefusalIsFinalAndTheNextOneGoesOn() {
        signedIn();
        alice.once("webwxsendmsg", WireText.ret(1204));
        OutboxEntry refused = put("to nobody");
        put("to somebody");
        story.seconds(5);

        OutboxEntry end = end(refused.id());
        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.reason()).contains("1204");
        assertThat(alice.sentTexts()).hasSize(1);
    }

    @Test
    void a1205MakesItWaitAndOthersGetTheirErrorAtOnce() {
        signedIn();
        alice.once("webwxsendmsg", WireText.ret(1205));
        OutboxEntry entry = put("hello");
        story.seconds(1);
        var live = story.engine().account("alice").sendText(FRIEND, "at once").toFuture();
        assertThat(live).isCompletedExceptionally();
        assertThat(pending()).extracting(OutboxEntry::state).containsExactly(State.QUEUED);
        story.seconds(60);

        assertThat(attempts()).containsExactly(entry.id(), entry.id());
        assertThat(toldTypes()).containsExactly("wx.send.queued", "wx.send.sent", "wx.send.sent", "wx.send.accepted");
    }

    @Test
    void aNameOfAnEarlierLoginIsNotWrittenTo() {
        signedIn();
        alice.always("webwxsendmsg", call -> Mono.just(WireText.ok(WireText.ret(1205))));
        OutboxEntry dead = put("to a name that dies");
        var builtIn = put(FILE_HELPER, "to a name that stays", HOUR);
        story.seconds(1);
        alice.normal();
        alice.self = "@self-in-the-next-login";
        alice.endSession(1101);
        story.seconds(200);

        assertThat(alice.logins()).isEqualTo(2);
        assertThat(end(dead.id()).state()).isEqualTo(State.REFUSED);
        assertThat(end(dead.id()).reason()).contains("earlier login");
        assertThat(end(builtIn.join().id()).state()).isEqualTo(State.ACCEPTED);
        assertThat(alice.sentTexts()).hasSize(1);
    }

    private void knows(String userName, String remark) {
        String contact = "{\"UserName\":\"" + userName + "\",\"NickName\":\"Li\",\"RemarkName\":\"" + remark
                + "\",\"ContactFlag\":3}";
        alice.always(
                "webwxgetcontact",
                call -> Mono.just(WireText.ok("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MemberCount\":1,"
                        + "\"MemberList\":[" + contact + "],\"Seq\":0}")));
    }

    @Test
    void whoIsKnownByARemarkIsFoundInTheNextLogin() {
        assertThat(sentInTheNextLogin("Li from work")).containsExactly("@friend-anew");
    }

    @Test
    void eventsNameTheRecipientAlsoAfterARestart() {
        knows("@friend", "Li from work");
        signedIn();
        alice.always("webwxsendmsg", call -> ModelAccount.unreachable());
        put("hello");
        story.seconds(5);
        assertThat(story.status("alice").outbox()).isEqualTo(1);
        story.kill().start().seconds(5);
        assertThat(story.status("alice").outbox()).isEqualTo(1);
        alice.normal();
        story.seconds(301);

        assertThat(toldTypes()).endsWith("wx.send.accepted");
        assertThat(story.sink.accepted("alice").stream()
                        .filter(SendEvent.class::isInstance)
                        .map(event -> ((SendEvent) event).recipient()))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(recipient -> {
                    assertThat(recipient.userName().value()).isEqualTo("@friend");
                    assertThat(recipient.remarkName()).isEqualTo("Li from work");
                    assertThat(recipient.stableId()).isNotNull();
                });
        assertThat(story.status("alice").outbox()).isZero();
    }

    @Test
    void aNickNameIsNotEnoughToWriteToSomebody() {
        assertThat(sentInTheNextLogin("")).isEmpty();
        assertThat(toldTypes()).endsWith("wx.send.refused");
    }

    /** To whom. */
    private List<String> sentInTheNextLogin(String remark) {
        knows("@friend", remark);
        signedIn();
        alice.once("webwxsendmsg", WireText.ret(1205));
        put("hello");
        story.seconds(1);
        knows("@friend-anew", remark);
        alice.self = "@self-in-the-next-login";
        alice.endSession(1101);
        story.seconds(200);
        assertThat(alice.logins()).isEqualTo(2);
        return alice.sentTexts().stream()
                .map(body -> body.contains("\"ToUserName\":\"@friend-anew\"") ? "@friend-anew" : "somebody else")
                .toList();
    }

    @Test
    void whatMayHaveArrivedInAnEarlierLoginIsUnknown() {
        signedIn();
        alice.always("webwxsendmsg", call -> ModelAccount.unreachable());
        OutboxEntry entry = put("hello");
        story.seconds(30);
        alice.self = "@self-in-the-next-login";
        alice.endSession(1101);
        story.seconds(400);
        assertThat(end(entry.id()).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void aResumedLoginGoesOn() {
        signedIn();
        alice.always("webwxsendmsg", call -> Mono.just(WireText.ok(WireText.ret(1205))));
        put("hello");
        story.seconds(1).stop();
        alice.normal();
        story.start().seconds(90);
        assertThat(alice.sentTexts()).hasSize(1);
    }

    @Test
    void aFullOutboxSaysSo() {
        story.sending = SendOptions.defaults().withOutbox(2, 1_000);
        signedIn();
        alice.always("webwxsendmsg", call -> Mono.never());
        put("one");
        put("two");
        assertThatThrownBy(() -> put(FRIEND, "three", HOUR).join()).hasCauseInstanceOf(OutboxFullException.class);
        alice.normal();
        story.seconds(60);
        assertThatThrownBy(() -> put(FRIEND, "x".repeat(1_000), HOUR).join())
                .hasCauseInstanceOf(OutboxFullException.class);
        put("three");
        story.seconds(10);
        assertThat(alice.sentTexts()).hasSize(3);
        assertThat(pending()).isEmpty();
    }

    @Test
    void whatCannotBeKeptIsRefusedAtOnce() {
        signedIn();
        Outgoing inMemory = Outgoing.file(MediaSource.of("a.txt", new byte[] {1}));
        assertThatThrownBy(() -> outbox().put(FRIEND, inMemory, HOUR).block())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("files only");
        assertThatThrownBy(() -> put(FRIEND, "x", Duration.ZERO).join())
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> put(FRIEND, "x", Duration.ofDays(31)).join())
                .hasCauseInstanceOf(IllegalArgumentException.class);
        Outgoing mention = Outgoing.text("x", List.of(FRIEND));
        assertThatThrownBy(() -> outbox().put(FRIEND, mention, HOUR).block())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> outbox().await("4711").block()).isInstanceOf(IllegalArgumentException.class);
        assertThat(pending()).isEmpty();
    }

    @Test
    void aNameNeedsALogin() {
        alice.phone = Phone.looksAway();
        story.account("alice").start().seconds(5);
        assertThatThrownBy(() -> put(FRIEND, "x", HOUR).join()).hasCauseInstanceOf(EngineStateException.class);
    }

    @Test
    void aSendThatNoStoreCouldKeepIsNotSent() {
        signedIn();
        story.store().full = true;
        var put = put(FRIEND, "hello", HOUR);
        story.seconds(30);
        assertThat(put).isNotDone();
        assertThat(attempts()).isEmpty();
        story.store().full = false;
        story.seconds(30);
        assertThat(put).isCompleted();
        assertThat(alice.sentTexts()).hasSize(1);
    }

    @Test
    void whoIsNotReadYetInTheNextLoginIsWaitedFor() {
        knows("@friend", "Li from work");
        signedIn();
        alice.once("webwxsendmsg", WireText.ret(1205));
        OutboxEntry entry = put("hello");
        story.seconds(1);
        alice.always("webwxgetcontact", call -> ModelAccount.unreachable());
        alice.self = "@self-in-the-next-login";
        alice.endSession(1101);
        story.seconds(200);
        assertThat(alice.logins()).isEqualTo(2);
        assertThat(pending()).extracting(OutboxEntry::id).containsExactly(entry.id());

        knows("@friend-anew", "Li from work");
        story.pass(HOUR.minusMinutes(10));
        assertThat(end(entry.id()).state()).isEqualTo(State.ACCEPTED);
        assertThat(alice.sentTexts()).singleElement().asString().contains("\"ToUserName\":\"@friend-anew\"");
    }

    private void knowsRoomOf(String... members) {
        String listed = Arrays.stream(members)
                .map(name -> "{\"UserName\":\"" + name + "\",\"NickName\":\"nick\"}")
                .collect(Collectors.joining(","));
        String room = "[{\"UserName\":\"@@room\",\"NickName\":\"room\",\"ContactFlag\":1,\"MemberCount\":"
                + members.length + ",\"MemberList\":[" + listed + "]}]";
        alice.always(
                "webwxgetcontact",
                call -> Mono.just(WireText.ok("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MemberCount\":1,"
                        + "\"MemberList\":" + room + ",\"Seq\":0}")));
        alice.always(
                "webwxbatchgetcontact",
                call -> Mono.just(WireText.ok("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Count\":1,"
                        + "\"ContactList\":" + room + "}")));
    }

    @Test
    void whatMayHaveArrivedIsNotRefusedForAReasonOfOurOwn() {
        UserName room = UserName.of("@@room");
        knowsRoomOf("@member", "@other");
        signedIn();
        alice.always("webwxsendmsg", call -> Mono.never());
        Outgoing hello = Outgoing.text("hello", List.of(UserName.of("@member")));
        var put = outbox().put(room, hello, HOUR).toFuture();
        story.seconds(2).kill();
        knowsRoomOf("@other", "@newcomer");
        story.start().pass(Duration.ofMinutes(10));

        assertThat(attempts()).isNotEmpty().containsOnly(put.join().id());
        assertThat(end(put.join().id()).reason()).contains("cannot be mentioned");
        assertThat(end(put.join().id()).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void aNameOfNoKnownLoginIsNotTakenWhileTheLoginBegins() {
        alice.always("webwxinit", call -> Mono.never());
        story.account("alice").start().seconds(5);
        assertThat(alice.logins()).isEqualTo(1);
        assertThatThrownBy(() -> put(FRIEND, "x", HOUR).join()).hasCauseInstanceOf(EngineStateException.class);
        assertThat(put(FILE_HELPER, "x", HOUR)).isCompleted();
    }

    @Test
    void nobodyWaitsForAMessageThatIsLeftForTheNextProcess() {
        signedIn();
        alice.always("webwxsendmsg", call -> Mono.never());
        OutboxEntry entry = put("hello");
        var end = outbox().await(entry.id()).toFuture();
        story.seconds(1).stop();
        assertThat(end).isCompletedExceptionally();
    }

    @Test
    void aStoreThatCannotBeReadForAWhileStopsNothing() {
        signedIn();
        story.store().unreadable = "outbox/";
        OutboxEntry entry = put("hello");
        story.seconds(30);
        alice.receives("still here");
        story.seconds(1);
        assertThat(story.sink.texts("alice")).containsExactly("still here");
        story.store().unreadable = "";
        story.seconds(61);
        assertThat(end(entry.id()).state()).isEqualTo(State.ACCEPTED);
    }
}
