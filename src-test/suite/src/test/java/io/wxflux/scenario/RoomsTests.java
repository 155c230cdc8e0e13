package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.Account;
import io.wxflux.Rooms;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.model.Contact;
import io.wxflux.model.CreatedRoom;
import io.wxflux.model.MemberOutcome;
import io.wxflux.model.MemberOutcome.Result;
import io.wxflux.model.RoomChange;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimFriends.Attitude;
import io.wxflux.simulator.SimPeer;
import io.wxflux.simulator.SimRooms;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Making and changing rooms, held against what the service then knows. Rooms take invitations from 9 members on. */
@Tag("scenario")
class RoomsTests {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SimPeer ROOM = SimPeer.room(1);

    @RegisterExtension
    final WeChatService weChat = WeChatService.with(builder -> builder.inviteStart(9));

    private SimAccount alice;
    private RunningEngine running;
    private Account account;

    @BeforeEach
    void start() {
        alice = weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_101).withContacts(30, 2, 6));
        running = RunningEngine.start(weChat.options().sending(Unpaced.SENDING).account(AccountSpec.of("alice")));
        running.awaitReady("alice");
        account = running.engine().account("alice");
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private Rooms rooms() {
        return account.rooms();
    }

    private UserName name(SimPeer who) {
        return UserName.of(alice.userName(who));
    }

    private List<UserName> friends(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> name(SimPeer.friend(i)))
                .toList();
    }

    private static <T> T await(Mono<T> call) {
        return call.block(PATIENCE);
    }

    private Contact known(UserName userName) {
        return account.contacts().find(userName).block(PATIENCE);
    }

    private List<UserName> knownMembers(UserName room) {
        return known(room).members().stream().map(Contact.Member::userName).toList();
    }

    private List<UserName> trueMembers(SimPeer room) {
        return alice.rooms().members(room).stream().map(this::name).toList();
    }

    @Test
    void aRoomIsMadeAndKnownAtOnce() {
        CreatedRoom made = await(rooms().create(friends(1, 3), "爬山 & <野餐>"));

        assertThat(made.isComplete()).isTrue();
        assertThat(made.room()).isEqualTo(name(SimPeer.room(3)));
        assertThat(made.people())
                .containsExactlyElementsOf(friends(1, 3).stream()
                        .map(who -> MemberOutcome.of(who, Result.ADDED))
                        .toList());
        assertThat(known(made.room()).nickName()).isEqualTo("爬山 & <野餐>");
        assertThat(knownMembers(made.room())).containsExactlyInAnyOrderElementsOf(trueMembers(SimPeer.room(3)));
        await(account.sendText(made.room(), "welcome"));
        Await.until(() -> running.deliveredTypes("alice").contains("wx.room.added"));
    }

    @Test
    void aNewRoomTellsWhoDeletedOrBlockedTheAccount() {
        alice.friends().feel(SimPeer.friend(2), Attitude.DELETED);
        alice.friends().feel(SimPeer.friend(3), Attitude.BLOCKED);

        CreatedRoom made = await(rooms().create(friends(1, 4), ""));

        assertThat(made.isComplete()).isFalse();
        assertThat(made.people())
                .extracting(MemberOutcome::result)
                .containsExactly(Result.ADDED, Result.DELETED_US, Result.BLOCKED_US, Result.ADDED);
        assertThat(trueMembers(SimPeer.room(3))).hasSize(3);
    }

    @Test
    void whoeverDoesNotFitIntoANewRoomIsInvited() {
        CreatedRoom made = await(rooms().create(friends(1, 12), "many"));

        assertThat(made.isComplete()).isTrue();
        assertThat(made.people())
                .extracting(MemberOutcome::result)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12)
                        .mapToObj(i -> i <= 7 ? Result.ADDED : Result.INVITED)
                        .toList());
        assertThat(trueMembers(SimPeer.room(3))).hasSize(8);
        assertThat(alice.rooms().invitations())
                .containsExactlyElementsOf(IntStream.rangeClosed(8, 12)
                        .mapToObj(i -> new SimRooms.Invitation(SimPeer.room(3), SimPeer.friend(i)))
                        .toList());
    }

    @Test
    void peopleAreAddedBelowTheRuleAndInvitedFromItOn() {
        UserName room = name(ROOM);
        List<UserName> strangers = List.of(name(SimPeer.stranger(1)), name(SimPeer.stranger(2)));

        RoomChange added = await(rooms().add(room, strangers));

        assertThat(added.isComplete()).isTrue();
        assertThat(added.people()).extracting(MemberOutcome::result).containsOnly(Result.ADDED);
        assertThat(trueMembers(ROOM)).hasSize(8).containsAll(strangers);
        assertThat(knownMembers(room)).containsExactlyInAnyOrderElementsOf(trueMembers(ROOM));

        RoomChange invited = await(rooms().add(room, List.of(name(SimPeer.stranger(3)))));

        assertThat(invited.people()).extracting(MemberOutcome::result).containsExactly(Result.INVITED);
        assertThat(trueMembers(ROOM)).hasSize(8);
        assertThat(alice.rooms().invitations()).containsExactly(new SimRooms.Invitation(ROOM, SimPeer.stranger(3)));
    }

    @Test
    void theNewOnesCountForTheRule() {
        RoomChange change = await(rooms().add(
                        name(ROOM),
                        List.of(name(SimPeer.stranger(1)), name(SimPeer.stranger(2)), name(SimPeer.stranger(3)))));

        assertThat(change.people()).extracting(MemberOutcome::result).containsOnly(Result.INVITED);
        assertThat(alice.rooms().invitations()).hasSize(3);
        assertThat(trueMembers(ROOM)).hasSize(6);
    }

    @Test
    void twoAddsAtOnceDoNotOverrunTheRule() {
        List<RoomChange> changes = Mono.zip(
                        rooms().add(name(ROOM), List.of(name(SimPeer.stranger(1)), name(SimPeer.stranger(2)))),
                        rooms().add(name(ROOM), List.of(name(SimPeer.stranger(3)), name(SimPeer.stranger(4)))))
                .map(both -> List.of(both.getT1(), both.getT2()))
                .block(PATIENCE);

        assertThat(changes)
                .extracting(change -> change.people().get(0).result())
                .containsExactlyInAnyOrder(Result.ADDED, Result.INVITED);
        assertThat(trueMembers(ROOM)).hasSize(8);
    }

    @Test
    void theOwnerRemovesMembersAndNobodyElseDoes() {
        SimPeer third = SimPeer.member(1, 3);
        assertThatThrownBy(() -> await(rooms().remove(name(ROOM), List.of(name(third)))))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessage("webwxupdatechatroom delmember was refused with the code 1");
        alice.rooms().own(SimPeer.member(1, 1));

        RoomChange change = await(rooms().remove(name(ROOM), List.of(name(third))));

        assertThat(change.people()).containsExactly(MemberOutcome.of(name(third), Result.REMOVED));
        assertThat(trueMembers(ROOM)).hasSize(5).doesNotContain(name(third));
        assertThat(knownMembers(name(ROOM))).containsExactlyInAnyOrderElementsOf(trueMembers(ROOM));
    }

    @Test
    void aRoomIsRenamed() {
        await(rooms().rename(name(ROOM), "新名字 <1> & 😀"));

        assertThat(known(name(ROOM)).nickName()).isEqualTo("新名字 <1> & 😀");
        Await.until(() -> running.deliveredTypes("alice").contains("wx.room.renamed"));
    }

    @Test
    void aRoomIsLeftAndForgotten() {
        UserName room = name(ROOM);

        await(rooms().quit(room));

        assertThat(known(room)).isNull();
        Await.until(() -> running.deliveredTypes("alice").contains("wx.room.removed"));
        Await.until(() -> alice.friends().truth().stream()
                .noneMatch(contact -> contact.get("UserName").equals(room.value())));
        assertThatThrownBy(() -> await(account.sendText(room, "?")))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("1204");
    }
}
