package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.LoginRefusedException;
import io.wxflux.error.OutcomeUnknownException;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.error.ThrottledException;
import io.wxflux.event.AccountState;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Commands about people and rooms when the service throttles, refuses, or says nothing. */
class PeopleStoryTests {
    private static final UserName FRIEND = UserName.of("@friend");
    private static final UserName STRANGER = UserName.of("@stranger");
    private static final UserName ROOM = UserName.of("@@room");
    private static final String OK = WireText.ret(0);

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private Account account() {
        return story.engine().account("alice");
    }

    private void signedIn() {
        alice.always("webwxbatchgetcontact", call -> answer(contact("@friend", "nick", "old remark")));
        for (String operation : List.of(
                "webwxverifyuser",
                "webwxoplog",
                "webwxcreatechatroom",
                "webwxupdatechatroom",
                "webwxsearchcontact",
                "webwxstatreport")) {
            alice.always(operation, call -> Mono.just(WireText.ok(OK)));
        }
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private static Mono<HttpAnswer> answer(String... contacts) {
        return Mono.just(WireText.ok("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Count\":" + contacts.length
                + ",\"ContactList\":[" + String.join(",", contacts) + "]}"));
    }

    private static String contact(String userName, String nickName, String remark) {
        return "{\"UserName\":\"" + userName + "\",\"NickName\":\"" + nickName + "\",\"RemarkName\":\"" + remark
                + "\",\"ContactFlag\":3,\"VerifyFlag\":0,\"MemberCount\":0,\"MemberList\":[]}";
    }

    private int asked(String operation) {
        return story.server.requests("alice", operation).size();
    }

    /** Every command that changes something, with the request behind it. */
    static Stream<Arguments> changes() {
        return Stream.of(
                change("webwxverifyuser", account -> account.friends().request(FRIEND, "", "hello")),
                change("webwxverifyuser", account -> account.friends().follow(UserName.of("@gh"))),
                change(
                        "webwxcreatechatroom",
                        account -> account.rooms().create(List.of(FRIEND, UserName.of("@other")), "topic")),
                change("webwxupdatechatroom", account -> account.rooms().add(ROOM, List.of(FRIEND))),
                change("webwxupdatechatroom", account -> account.rooms().remove(ROOM, List.of(FRIEND))),
                change("webwxupdatechatroom", account -> account.rooms().rename(ROOM, "topic")),
                change("webwxupdatechatroom", account -> account.rooms().quit(ROOM)),
                change("webwxoplog", account -> account.contacts().remark(FRIEND, "remark")),
                change("webwxoplog", account -> account.contacts().pin(FRIEND, true)));
    }

    private static Arguments change(String operation, Function<Account, Mono<?>> command) {
        return Arguments.of(operation, command);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aLostAnswerIsAnUnknownOutcomeAndNothingIsAskedTwice(String operation, Function<Account, Mono<?>> command) {
        signedIn();
        alice.once(operation, ModelAccount.unreachable());
        CompletableFuture<?> done = command.apply(account()).toFuture();
        story.seconds(60);

        assertThatThrownBy(done::join).hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(asked(operation)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatNeverWentOutIsNoUnknownOutcome(String operation, Function<Account, Mono<?>> command) {
        signedIn();
        alice.once(operation, Mono.error(HostUnreachableException.neverSent(operation + " found no connection")));
        CompletableFuture<?> done = command.apply(account()).toFuture();
        story.seconds(60);

        assertThatThrownBy(done::join).hasCauseInstanceOf(HostUnreachableException.class);
    }

    @Test
    void whatHasWaitedUntilTheSessionWasOverIsNotAsked() {
        signedIn();
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            done.add(account().contacts().remark(FRIEND, "remark " + i).toFuture());
        }
        story.seconds(1);
        assertThat(asked("webwxoplog")).isEqualTo(3);
        alice.endSession(1101);
        story.seconds(60);

        assertThat(asked("webwxoplog")).isEqualTo(3);
        assertThatThrownBy(() -> done.get(4).join()).hasCauseInstanceOf(EngineStateException.class);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anEndOfTheSessionIsToldAndLeftToTheCycle(String operation, Function<Account, Mono<?>> command) {
        signedIn();
        alice.once(operation, WireText.ret(1101));
        CompletableFuture<?> done = command.apply(account()).toFuture();
        story.seconds(60);

        assertThatThrownBy(done::join).hasCauseInstanceOf(SessionEndedException.class);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(alice.logins()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1204", "1", "-2", "1205", "1203"})
    void aRefusalIsToldByItsKind(int code) {
        signedIn();
        alice.once("webwxverifyuser", WireText.ret(code));
        var done = account().friends().request(FRIEND, "", "hello").toFuture();
        story.seconds(10);

        assertThatThrownBy(done::join)
                .hasCauseInstanceOf(
                        switch (code) {
                            case 1205 -> ThrottledException.class;
                            case 1203 -> LoginRefusedException.class;
                            default -> RequestRefusedException.class;
                        });
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void throttlingOneOperationLeavesTheOthersAlone(String operation, Function<Account, Mono<?>> command) {
        signedIn();
        alice.once(operation, WireText.ret(1205));
        var first = command.apply(account()).toFuture();
        var again = command.apply(account()).toFuture();
        var report = account().report(List.of()).toFuture();
        var text = account().sendText(FRIEND, "hello").toFuture();
        story.seconds(50);

        assertThatThrownBy(first::join).hasCauseInstanceOf(ThrottledException.class);
        assertThatThrownBy(again::join).hasCauseInstanceOf(ThrottledException.class);
        assertThat(asked(operation)).isEqualTo(1);
        assertThat(report).isCompleted();
        assertThat(text).isCompleted();
    }

    @Test
    void friendRequestsAndNewRoomsAreStrictestAndDoNotHoldUpEachOther() {
        signedIn();
        var requests = Stream.of("@a", "@b", "@c")
                .map(who ->
                        account().friends().request(UserName.of(who), "", "").toFuture())
                .toList();
        alice.always(
                "webwxcreatechatroom",
                call -> Mono.just(
                        WireText.ok("{\"BaseResponse\":{\"Ret\":0},\"ChatRoomName\":\"@@new\",\"MemberList\":[]}")));
        var room = account()
                .rooms()
                .create(List.of(FRIEND, UserName.of("@other")), "")
                .toFuture();
        story.seconds(60);

        assertThat(asked("webwxverifyuser")).isEqualTo(2);
        assertThatThrownBy(requests.get(2)::join).hasCauseInstanceOf(ThrottledException.class);
        assertThat(room).isCompleted();
    }

    @Test
    void aSearchThatFailsChangesNothingAndSaysWhatHappened() {
        signedIn();
        alice.once("webwxsearchcontact", ModelAccount.unreachable());
        var found = account().friends().search("word").collectList().toFuture();
        story.seconds(10);

        assertThatThrownBy(found::join).hasCauseInstanceOf(HostUnreachableException.class);
    }

    @Test
    void aPinWaitsUntilTheRemarkIsKnown() {
        signedIn();
        alice.always("webwxbatchgetcontact", call -> answer(contact("@stranger", "nick", "old remark")));
        var pinned = account().contacts().pin(STRANGER, true).toFuture();
        story.seconds(10);

        assertThat(pinned).isCompleted();
        assertThat(bodies("webwxoplog"))
                .singleElement()
                .asString()
                .contains("\"CmdId\":3,\"OP\":1,\"RemarkName\":\"old remark\"");
    }

    @Test
    void aPinWhoseRemarkCannotBeReadIsNotSent() {
        signedIn();
        alice.always("webwxbatchgetcontact", call -> ModelAccount.unreachable());
        var pinned = account().contacts().pin(STRANGER, true).toFuture();
        story.seconds(30);

        assertThatThrownBy(pinned::join)
                .hasCauseInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("nothing was sent");
        assertThat(asked("webwxoplog")).isZero();
    }

    @Test
    void aRemarkAndThenAPinInOneBreathCarryTheNewRemark() {
        signedIn();
        var noted = account().contacts().remark(FRIEND, "unknown before").toFuture();
        story.seconds(1);
        alice.always("webwxbatchgetcontact", call -> answer(contact("@friend", "nick", "old remark")));
        var first = account().contacts().pin(FRIEND, true).toFuture();
        story.seconds(10);
        var remark = account().contacts().remark(FRIEND, "new").toFuture();
        var second = account().contacts().pin(FRIEND, false).toFuture();
        story.seconds(60);

        assertThat(Stream.of(noted, first, remark, second)).allMatch(CompletableFuture::isDone);
        assertThat(bodies("webwxoplog").get(3)).contains("\"OP\":0,\"RemarkName\":\"new\"");
    }

    private List<String> bodies(String operation) {
        return story.server.requests("alice", operation).stream()
                .map(request -> ScriptedExchange.body(request.call()))
                .toList();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(account -> account.rooms().create(List.of(FRIEND), "one")),
                mistake(account -> account.rooms().create(List.of(FRIEND, FRIEND), "one")),
                mistake(account -> account.rooms().create(List.of(FRIEND, ROOM), "a room")),
                mistake(account -> account.rooms().add(FRIEND, List.of(FRIEND))),
                mistake(account -> account.rooms().add(ROOM, List.of())),
                mistake(account -> account.rooms().add(ROOM, List.of(UserName.of("@a,@b")))),
                mistake(account -> account.rooms().remove(ROOM, List.of(UserName.NONE))),
                mistake(account -> account.rooms().rename(ROOM, " ")),
                mistake(account -> account.rooms().quit(FRIEND)),
                mistake(account -> account.friends().request(UserName.NONE, "", "")),
                mistake(account -> account.friends().request(ROOM, "", "")),
                mistake(account -> account.friends().follow(ROOM)),
                mistake(account -> account.friends().search(" ").then()),
                mistake(account -> account.contacts().remark(ROOM, "a room")),
                mistake(account -> account.contacts().pin(UserName.NONE, true)),
                mistake(account -> account.checkUrl("weixin://dl")));
    }

    private static Arguments mistake(Function<Account, Mono<?>> command) {
        return Arguments.of(command);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void whatCannotBeMeantIsNotAsked(Function<Account, Mono<?>> command) {
        signedIn();
        int before = story.server.requests("alice").size();
        CompletableFuture<?> done = command.apply(account()).toFuture();
        story.seconds(1);

        assertThatThrownBy(done::join).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(story.server.requests("alice")).hasSize(before);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void nothingIsAskedBeforeTheAccountIsSignedIn(String operation, Function<Account, Mono<?>> command) {
        alice.phone = Phone.looksAway();
        story.account("alice").start().seconds(5);
        CompletableFuture<?> done = command.apply(account()).toFuture();

        assertThatThrownBy(done::join)
                .hasCauseInstanceOf(EngineStateException.class)
                .hasMessageContaining("SCANNING");
        assertThat(account().recentChats()).isEmpty();
        assertThat(account().articles()).isEmpty();
    }
}
