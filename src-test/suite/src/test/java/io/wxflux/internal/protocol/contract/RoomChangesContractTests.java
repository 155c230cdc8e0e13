package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.RequestRefusedException;
import io.wxflux.internal.protocol.CreateRoom;
import io.wxflux.internal.protocol.SignedIn;
import io.wxflux.internal.protocol.UpdateRoom;
import io.wxflux.internal.wire.RoomBody;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** PROTOCOL 13. */
class RoomChangesContractTests {
    private static final UserName ROOM = UserName.of("@@room");
    private static final UserName A = UserName.of("@a");
    private static final UserName B = UserName.of("@b");
    private static final String TICKET_QUERY = "pass_ticket=canary%252Bticket%252F%253D";

    @RegisterExtension
    final Wire wire = new Wire();

    private Mono<RoomBody> create() {
        return CreateRoom.create(Wire.signedIn(wire.service()), List.of(A, B), "爬山 & <野餐> 😀");
    }

    @Test
    void asksForARoomOfTheOthers() {
        wire.cookie("wxsid", "s1", "wx2.qq.com", false);
        wire.answer(Step.CREATE_ROOM.answer);

        Wire.await(create());

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxcreatechatroom");
        assertThat(seen.query()).containsExactly("r=1700000000123", "lang=zh_CN", TICKET_QUERY);
        assertThat(seen.header("Cookie")).isEqualTo("wxsid=s1");
        assertThat(seen.body())
                .isEqualTo(Wire.BASE_REQUEST + ",\"MemberCount\":2,\"MemberList\":[{\"UserName\":\"@a\"},"
                        + "{\"UserName\":\"@b\"}],\"Topic\":\"爬山 & <野餐> 😀\"}");
    }

    @Test
    void readsTheRoomAndWhatBecameOfEach() {
        wire.answer("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"Everything is OK\"},\"Topic\":\"爬山 &amp; 野餐\","
                + "\"PYInitial\":\"\",\"QuanPin\":\"\",\"MemberCount\":4,\"MemberList\":["
                + "{\"Uin\":0,\"UserName\":\"@a\",\"NickName\":\"甲 &lt;1&gt;\",\"AttrStatus\":1,\"MemberStatus\":0,"
                + "\"DisplayName\":\"\",\"KeyWord\":\"\"},"
                + "{\"UserName\":\"@b\",\"MemberStatus\":4},{\"UserName\":\"@c\",\"MemberStatus\":\"3\"},"
                + "{\"UserName\":\"\",\"MemberStatus\":3},{\"UserName\":\"@d\",\"MemberStatus\":[]},5],"
                + "\"ChatRoomName\":\"@@new\",\"BlackList\":\"@e,@f,\"}");

        RoomBody body = Wire.await(create());

        assertThat(body.room()).isEqualTo(UserName.of("@@new"));
        assertThat(body.topic()).isEqualTo("爬山 & 野餐");
        assertThat(body.members())
                .extracting(listed -> listed.member().userName() + " " + listed.status())
                .containsExactly("@a 0", "@b 4", "@c 3", "@d 0");
        assertThat(body.members().get(0).member().nickName()).isEqualTo("甲 <1>");
        assertThat(body.blackList()).containsExactly(UserName.of("@e"), UserName.of("@f"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"BaseResponse\":{\"Ret\":0}}",
                "{\"BaseResponse\":{\"Ret\":0},\"ChatRoomName\":\"\",\"MemberList\":[]}",
                "{\"BaseResponse\":{\"Ret\":0},\"ChatRoomName\":\"@person\"}",
                "{\"BaseResponse\":{\"Ret\":0},\"ChatRoomName\":null}"
            })
    void yesWithoutARoomIsARefusal(String answer) {
        wire.answer(answer);

        assertThat(Wire.failure(create()))
                .isExactlyInstanceOf(RequestRefusedException.class)
                .hasMessageStartingWith("webwxcreatechatroom was answered with 0 and no room");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "addmember",
                        "\"AddMemberList\":\"@a,@b\",",
                        (who, room) -> UpdateRoom.add(who, room, List.of(A, B))),
                change(
                        "invitemember",
                        "\"InviteMemberList\":\"@a\",",
                        (who, room) -> UpdateRoom.invite(who, room, List.of(A))),
                change(
                        "delmember",
                        "\"DelMemberList\":\"@a,@b\",",
                        (who, room) -> UpdateRoom.remove(who, room, List.of(A, B))),
                change("modtopic", "\"NewTopic\":\"新 & <名>\",", (who, room) -> UpdateRoom.rename(who, room, "新 & <名>")),
                change("quitchatroom", "", UpdateRoom::quit));
    }

    private static Arguments change(String fun, String fields, BiFunction<SignedIn, UserName, Mono<RoomBody>> call) {
        return Arguments.of(fun, fields, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void eachChangeHasItsFunAndItsField(
            String fun, String fields, BiFunction<SignedIn, UserName, Mono<RoomBody>> call) {
        wire.answer(Step.UPDATE_ROOM.answer);

        Wire.await(call.apply(Wire.signedIn(wire.service()), ROOM));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxupdatechatroom");
        assertThat(seen.query()).containsExactly("fun=" + fun, "lang=zh_CN", TICKET_QUERY);
        assertThat(seen.body()).isEqualTo(Wire.BASE_REQUEST + "," + fields + "\"ChatRoomName\":\"@@room\"}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aRefusalNamesWhatWasAskedFor(String fun, String fields, BiFunction<SignedIn, UserName, Mono<RoomBody>> call) {
        wire.answer("{\"BaseResponse\":{\"Ret\":1,\"ErrMsg\":\"canary\"},\"MemberCount\":0,\"MemberList\":[]}");

        assertThat(Wire.failure(call.apply(Wire.signedIn(wire.service()), ROOM)))
                .isExactlyInstanceOf(RequestRefusedException.class)
                .hasMessage("webwxupdatechatroom " + fun + " was refused with the code 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"MemberList\":null", "\"MemberList\":{\"a\":1}", "\"MemberCount\":2", "\"MemberList\":7"})
    void listsThatAreNoneListNobody(String member) {
        wire.answer("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"}," + member + "}");

        assertThat(Wire.await(UpdateRoom.add(Wire.signedIn(wire.service()), ROOM, List.of(A)))
                        .members())
                .isEmpty();
    }
}
