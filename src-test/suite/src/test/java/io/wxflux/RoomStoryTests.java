package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.ThrottledException;
import io.wxflux.event.AccountState;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.model.CreatedRoom;
import io.wxflux.model.MemberOutcome;
import io.wxflux.model.MemberOutcome.Result;
import io.wxflux.model.RoomChange;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Changes of rooms that the service takes and does not make, or makes in part. */
class RoomStoryTests {
    private static final UserName ROOM = UserName.of("@@room");
    private static final String YES =
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MemberCount\":0,\"MemberList\":[]}";

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");
    private String topic = "old";
    private List<UserName> members = names(1, 3);

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private Rooms rooms() {
        return story.engine().account("alice").rooms();
    }

    private void signedIn() {
        alice.always("webwxbatchgetcontact", this::room);
        alice.always("webwxupdatechatroom", call -> Mono.just(WireText.ok(YES)));
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        story.server.forgetRequests();
    }

    private Mono<HttpAnswer> room(HttpCall call) {
        String name = ScriptedExchange.body(call).contains("@@new") ? "@@new" : "@@room";
        return Mono.just(
                WireText.ok("{\"BaseResponse\":{\"Ret\":0},\"Count\":1,\"ContactList\":[{\"UserName\":\"" + name
                        + "\",\"NickName\":\"" + topic + "\",\"RemarkName\":\"\",\"ContactFlag\":3,\"MemberCount\":"
                        + members.size() + ",\"MemberList\":" + list(members, 0) + "}]}"));
    }

    private static String list(List<UserName> people, int status) {
        return people.stream()
                .map(who -> "{\"UserName\":\"" + who + "\",\"NickName\":\"n\",\"MemberStatus\":" + status + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String answer(String list) {
        return "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MemberCount\":1,\"MemberList\":" + list + "}";
    }

    private static List<UserName> names(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> UserName.of("@m" + i))
                .toList();
    }

    private <T> T within(int seconds, Mono<T> command) {
        CompletableFuture<T> done = command.toFuture();
        story.seconds(seconds);
        assertThat(done).isDone();
        return done.join();
    }

    private static List<Result> results(RoomChange change) {
        return change.people().stream().map(MemberOutcome::result).toList();
    }

    private List<String> funs() {
        return story.server.requests("alice", "webwxupdatechatroom").stream()
                .map(request -> ScriptedExchange.query(request.call(), "fun"))
                .toList();
    }

    @Test
    void aYesThatAddedNobodyIsNoSuccess() {
        signedIn();

        RoomChange change = within(20, rooms().add(ROOM, names(8, 9)));

        assertThat(change.isComplete()).isFalse();
        assertThat(change.done()).isEmpty();
        assertThat(change.notDone())
                .containsExactlyElementsOf(names(8, 9).stream()
                        .map(who -> new MemberOutcome(
                                who, Result.REFUSED, "the service said yes, but they are not in the room"))
                        .toList());
    }

    @Test
    void whyPeopleWereNotAddedIsToldAsFarAsItIsKnown() {
        signedIn();
        alice.once(
                "webwxupdatechatroom",
                answer("[{\"UserName\":\"@m5\",\"MemberStatus\":4},{\"UserName\":\"@m6\",\"MemberStatus\":3},"
                        + "{\"UserName\":\"@m7\",\"MemberStatus\":9},{\"UserName\":\"@m8\",\"MemberStatus\":0}]"));

        RoomChange change = within(20, rooms().add(ROOM, names(4, 8)));

        assertThat(results(change))
                .containsExactly(Result.REFUSED, Result.DELETED_US, Result.BLOCKED_US, Result.REFUSED, Result.UNKNOWN);
        assertThat(change.people().get(3).reason()).contains("MemberStatus 9");
    }

    @Test
    void whoIsFoundInTheRoomWasAddedWhateverTheAnswerLists() {
        signedIn();
        alice.always("webwxupdatechatroom", call -> {
            members = names(1, 5);
            return Mono.just(WireText.ok(YES));
        });

        assertThat(within(20, rooms().add(ROOM, names(4, 5))).isComplete()).isTrue();
    }

    @Test
    void whatCannotBeReadAfterwardsIsUnknownUnlessTheAnswerTells() {
        signedIn();
        within(1, rooms().rename(ROOM, "so that the room is known"));
        alice.always("webwxbatchgetcontact", call -> ModelAccount.unreachable());
        alice.once("webwxupdatechatroom", answer(list(names(4, 4), 0)));

        assertThat(results(within(60, rooms().add(ROOM, names(4, 5))))).containsExactly(Result.ADDED, Result.UNKNOWN);
        assertThat(results(within(60, rooms().remove(ROOM, names(1, 1))))).containsExactly(Result.UNKNOWN);
    }

    @Test
    void aYesThatRemovedNobodyIsNoSuccess() {
        signedIn();
        alice.always("webwxupdatechatroom", call -> {
            members = names(2, 3);
            return Mono.just(WireText.ok(YES));
        });

        assertThat(results(within(20, rooms().remove(ROOM, names(1, 2)))))
                .containsExactly(Result.REMOVED, Result.REFUSED);
    }

    @Test
    void aRoomThatKeepsItsNameWasNotRenamed() {
        signedIn();
        within(20, rooms().add(ROOM, names(4, 4)));
        var kept = rooms().rename(ROOM, "new").toFuture();
        story.seconds(20);
        assertThatThrownBy(kept::join)
                .hasCauseInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("still has its old name");

        topic = "new";
        within(60, rooms().rename(ROOM, "new"));
        within(60, rooms().rename(ROOM, "new"));
    }

    @Test
    void theSizeOfAnUnknownRoomIsReadFirstAndOneThatCannotBeReadIsInvitedTo() {
        signedIn();
        members = names(1, 38);
        within(20, rooms().add(ROOM, names(50, 51)));
        assertThat(funs()).containsExactly("invitemember");

        alice.always("webwxbatchgetcontact", call -> ModelAccount.unreachable());
        within(60, rooms().add(UserName.of("@@other"), names(1, 1)));
        assertThat(funs()).containsExactly("invitemember", "invitemember");
    }

    @Test
    void oneBelowTheRuleIsStillAdded() {
        signedIn();
        members = names(1, 38);
        within(20, rooms().add(ROOM, names(50, 50)));
        within(20, rooms().add(ROOM, names(1, 2)));

        assertThat(funs()).as("whoever is there already does not count twice").containsOnly("addmember");
    }

    @Test
    void longListsGoOutInPartsAndAFailureIsAnOutcomeOfItsPart() {
        signedIn();
        alice.once("webwxupdatechatroom", YES).once("webwxupdatechatroom", WireText.ret(1205));

        RoomChange change = within(20, rooms().add(ROOM, names(101, 200)));

        assertThat(funs()).containsExactly("invitemember", "invitemember");
        assertThat(results(change).subList(0, 40)).containsOnly(Result.INVITED);
        assertThat(results(change).subList(40, 80)).containsOnly(Result.REFUSED);
        assertThat(change.people().get(40).reason()).contains("1205");
        assertThat(results(change).subList(80, 100)).containsOnly(Result.NOT_ASKED);
    }

    @Test
    void aFirstPartThatFailsIsAnError() {
        signedIn();
        alice.once("webwxupdatechatroom", WireText.ret(1205));
        var change = rooms().add(ROOM, names(101, 200)).toFuture();
        story.seconds(20);

        assertThatThrownBy(change::join).hasCauseInstanceOf(ThrottledException.class);
        assertThat(funs()).hasSize(1);
    }

    @Test
    void aNewRoomIsNotLostWhenTheInvitationsFail() {
        signedIn();
        members = names(1, 39);
        alice.always(
                "webwxcreatechatroom",
                call -> Mono.just(WireText.ok("{\"BaseResponse\":{\"Ret\":0}," + "\"MemberCount\":38,\"MemberList\":"
                        + list(names(1, 38), 0) + ",\"ChatRoomName\":\"@@new\"}")));
        alice.once("webwxupdatechatroom", ModelAccount.unreachable());

        CreatedRoom made = within(20, rooms().create(names(1, 45), "big"));

        assertThat(made.room()).isEqualTo(UserName.of("@@new"));
        assertThat(made.people().subList(0, 38)).allMatch(MemberOutcome::isDone);
        assertThat(made.people().subList(38, 45))
                .extracting(MemberOutcome::result)
                .containsOnly(Result.UNKNOWN);
    }

    @Test
    void aRoomNobodyJoinedIsARoomAndNoSuccess() {
        signedIn();
        members = List.of(UserName.of(alice.self()));
        alice.always(
                "webwxcreatechatroom",
                call -> Mono.just(WireText.ok("{\"BaseResponse\":{\"Ret\":0}," + "\"MemberCount\":2,\"MemberList\":"
                        + list(names(1, 2), 4) + ",\"ChatRoomName\":\"@@new\"}")));

        CreatedRoom made = within(20, rooms().create(names(1, 2), ""));

        assertThat(made.isComplete()).isFalse();
        assertThat(made.people()).extracting(MemberOutcome::result).containsOnly(Result.DELETED_US);
    }
}
