package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.protocol.Contacts;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.internal.wire.RequestBodies.ContactQuery;
import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** PROTOCOL 7.2. */
class RoomsContractTests {
    @RegisterExtension
    final Wire wire = new Wire();

    private Mono<List<Contact>> rooms(int count) {
        List<ContactQuery> queries =
                names(0, count).stream().map(ContactQuery::of).toList();
        return Contacts.details(Wire.signedIn(wire.service()), queries)
                .map(found -> found.stream().map(ContactPatch::contact).toList());
    }

    private static List<UserName> names(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> UserName.of("@@room" + i))
                .toList();
    }

    private static String answer(String... rooms) {
        return "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Count\":" + rooms.length + ",\"ContactList\":["
                + String.join(",", rooms) + "]}";
    }

    private static String room(String name, String members) {
        return "{\"UserName\":\"" + name + "\",\"NickName\":\"群" + name + "\",\"MemberCount\":2,\"MemberList\":["
                + members + "],\"EncryChatRoomId\":\"@canary\",\"IsOwner\":0}";
    }

    @Test
    void asksForRoomsByNameOnly() {
        wire.answer(answer());

        Wire.await(rooms(2).flux());

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxbatchgetcontact");
        assertThat(seen.query())
                .containsExactly("type=ex", "r=1700000000123", "lang=zh_CN", "pass_ticket=canary%252Bticket%252F%253D");
        assertThat(seen.body())
                .isEqualTo(Wire.BASE_REQUEST + ",\"Count\":2,\"List\":["
                        + "{\"UserName\":\"@@room0\",\"EncryChatRoomId\":\"\"},"
                        + "{\"UserName\":\"@@room1\",\"EncryChatRoomId\":\"\"}]}");
    }

    @Test
    void asksForMembersByTheirRoom() {
        wire.answer(answer());

        Wire.await(Contacts.details(
                Wire.signedIn(wire.service()),
                List.of(new ContactQuery(UserName.of("@member"), UserName.of("@@room")))));

        assertThat(wire.seen().body())
                .endsWith("\"List\":[{\"UserName\":\"@member\",\"EncryChatRoomId\":\"@@room\"}]}");
    }

    @Test
    void takesWhateverComesInWhateverOrder() {
        wire.answer(answer(
                room(
                        "@@room2",
                        "{\"UserName\":\"@m1\",\"NickName\":\"甲\",\"DisplayName\":\"群里的甲\"},{\"UserName\":\"@m2\"}"),
                room("@@room0", "")));

        List<Contact> rooms = Wire.await(rooms(3).flatMapIterable(found -> found));

        assertThat(rooms).extracting(room -> room.userName().value()).containsExactly("@@room2", "@@room0");
        assertThat(rooms.get(0).nickName()).isEqualTo("群@@room2");
        assertThat(rooms.get(0).members())
                .extracting(Contact.Member::displayName)
                .containsExactly("群里的甲", "");
        assertThat(rooms.get(1).members()).isEmpty();
    }
}
