package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RoomsTest {

    private Simulator simulator;
    private SimAccount account;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .inviteStart(9)
                .autoScan(Duration.ZERO, Duration.ZERO)
                .start();
        account = simulator.addAccount(SimAccountSpec.of("rosa", 777_004L));
        client = new WebClient(simulator).logIn();
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private JsonNode post(String call, Map<String, Object> fields) {
        Map<String, Object> body = client.body();
        body.putAll(fields);
        return client.post(client.api(call), body).json();
    }

    private JsonNode update(String fun, SimPeer room, String field, String value) {
        return post("webwxupdatechatroom?fun=" + fun, Map.of("ChatRoomName", account.userName(room), field, value));
    }

    private static int ret(JsonNode answer) {
        return answer.path("BaseResponse").path("Ret").asInt(-99);
    }

    private String name(SimPeer who) {
        return account.userName(who);
    }

    private List<String> members(JsonNode room) {
        List<String> names = new ArrayList<>();
        room.path("MemberList").forEach(each -> names.add(each.path("UserName").asString()));
        return names;
    }

    private SimPeer created() {
        JsonNode answer = post(
                "webwxcreatechatroom?r=" + WebClient.stamp(),
                Json.object(
                        "MemberCount",
                        2,
                        "MemberList",
                        List.of(
                                Json.object("UserName", name(SimPeer.friend(1))),
                                Json.object("UserName", name(SimPeer.friend(2)))),
                        "Topic",
                        "爬山 & 野餐"));
        assertThat(ret(answer)).isZero();
        SimPeer room = SimPeer.room(4);
        assertThat(answer.path("ChatRoomName").asString()).isEqualTo(name(room));
        return room;
    }

    @Test
    void aRoomIsMadeAndAnnounced() {
        account.friends().feel(SimPeer.friend(2), SimFriends.Attitude.BLOCKED);
        SimPeer room = created();
        JsonNode batch = client.sync();
        JsonNode made = batch.path("ModContactList").get(0);
        assertThat(made.path("NickName").asString()).isEqualTo("爬山 &amp; 野餐");
        assertThat(members(made)).containsExactly(name(SimPeer.self()), name(SimPeer.friend(1)));
        assertThat(made.path("ChatRoomOwner").asString()).isEqualTo(name(SimPeer.self()));
        assertThat(batch.path("AddMsgList").get(0).path("Content").asString()).startsWith("你邀请&quot;");
        assertThat(ret(client.sendText(name(room), "hello", "1").json())).isZero();
        account.queue(SimMessage.roomText(SimPeer.member(4, 2), "hi"));
        assertThat(client.sync().path("AddMsgList").get(0).path("Content").asString())
                .isEqualTo(name(SimPeer.friend(1)) + ":<br/>hi");
        simulator.assertNoViolations();
    }

    @Test
    void aRoomNeedsTwoOthers() {
        JsonNode answer = post(
                "webwxcreatechatroom?r=1",
                Json.object(
                        "MemberCount",
                        1,
                        "MemberList",
                        List.of(Json.object("UserName", name(SimPeer.friend(1)))),
                        "Topic",
                        ""));
        assertThat(ret(answer)).isEqualTo(1);
        assertThat(simulator.violations().toString()).contains("at least two different others");
    }

    @Test
    void membersAreAddedUpToTheRuleAndInvitedBeyond() {
        SimPeer room = SimPeer.room(1);
        JsonNode added = update("addmember", room, "AddMemberList", name(SimPeer.stranger(1)));
        assertThat(added.path("MemberCount").asInt()).isEqualTo(1);
        assertThat(members(client.sync().path("ModContactList").get(0)))
                .hasSize(7)
                .contains(name(SimPeer.stranger(1)));
        simulator.assertNoViolations();
        String two = name(SimPeer.stranger(2)) + "," + name(SimPeer.stranger(3));
        assertThat(ret(update("addmember", room, "AddMemberList", two))).isEqualTo(1);
        assertThat(simulator.violations().toString()).contains("takes invitations only");
        simulator.clearViolations();
        assertThat(ret(update("invitemember", room, "InviteMemberList", two))).isZero();
        assertThat(account.rooms().invitations())
                .containsExactly(
                        new SimRooms.Invitation(room, SimPeer.stranger(2)),
                        new SimRooms.Invitation(room, SimPeer.stranger(3)));
        assertThat(client.sync().path("ModContactCount").asInt()).isZero();
    }

    @Test
    void onlyTheOwnerRemoves() {
        String somebody = name(SimPeer.member(1, 3));
        assertThat(ret(update("delmember", SimPeer.room(1), "DelMemberList", somebody)))
                .isEqualTo(1);
        simulator.assertNoViolations();
        account.rooms().own(SimPeer.member(1, 1));
        assertThat(ret(update("delmember", SimPeer.room(1), "DelMemberList", somebody)))
                .isZero();
        JsonNode batch = client.sync();
        assertThat(members(batch.path("ModContactList").get(1))).hasSize(5).doesNotContain(somebody);
        assertThat(batch.path("AddMsgList").get(0).path("Content").asString()).contains("移出了群聊");
        assertThat(ret(update("delmember", SimPeer.room(1), "DelMemberList", somebody)))
                .isEqualTo(1);
        assertThat(simulator.violations().toString()).contains("who is not in the room");
    }

    @Test
    void aRoomIsRenamedAndLeft() {
        SimPeer room = SimPeer.room(1);
        assertThat(ret(update("modtopic", room, "NewTopic", "新名字<1>"))).isZero();
        JsonNode batch = client.sync();
        assertThat(batch.path("ModContactList").get(0).path("NickName").asString())
                .isEqualTo("新名字&lt;1&gt;");
        assertThat(batch.path("AddMsgList").get(0).path("Content").asString()).isEqualTo("你修改群名为“新名字&lt;1&gt;”");
        assertThat(ret(update("quitchatroom", room, "x", ""))).isZero();
        JsonNode gone = client.sync().path("DelContactList");
        assertThat(gone.get(0).path("UserName").asString()).isEqualTo(name(room));
        assertThat(ret(client.sendText(name(room), "?", "1").json())).isEqualTo(1204);
        simulator.assertNoViolations();
        assertThat(ret(post("webwxupdatechatroom", Map.of("ChatRoomName", name(SimPeer.room(2))))))
                .isEqualTo(1);
        assertThat(simulator.violations().toString()).contains("fun is missing");
    }

    @Test
    void aQuietLeaveIsInTheListOfMembersOnly() {
        account.rooms().leaveQuietly(SimPeer.member(2, 4));
        JsonNode batch = client.sync();
        assertThat(batch.path("AddMsgCount").asInt()).isZero();
        assertThat(members(batch.path("ModContactList").get(0))).hasSize(5);
        assertThat(account.rooms().members(SimPeer.room(2))).doesNotContain(SimPeer.member(2, 4));
        account.rooms().joinByCode(SimPeer.room(2), SimPeer.stranger(5), SimPeer.member(2, 2));
        account.rooms().removeSelf(SimPeer.room(2));
        batch = client.sync();
        assertThat(batch.path("AddMsgList").toString()).contains("二维码加入群聊").contains("移出群聊");
        assertThat(members(batch.path("ModContactList").get(1)))
                .contains(name(SimPeer.stranger(5)))
                .doesNotContain(name(SimPeer.self()));
    }
}
