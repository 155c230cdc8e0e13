package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.protocol.Contacts;
import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/** PROTOCOL 7.2. */
class RoomsContractTests {
    @RegisterExtension
    final Wire wire = new Wire();

    private Flux<Contact> rooms(int count) {
        return Contacts.rooms(Wire.signedIn(wire.service()), names(0, count));
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

    private static String query(int from, int to) {
        return ",\"Count\":" + (to - from) + ",\"List\":["
                + names(from, to).stream()
                        .map(name -> "{\"UserName\":\"" + name + "\",\"EncryChatRoomId\":\"\"}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    @Test
    void asksForRoomsByNameOnly() {
        wire.answer(answer());

        Wire.await(rooms(2));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxbatchgetcontact");
        assertThat(seen.query())
                .containsExactly("type=ex", "r=1700000000123", "lang=zh_CN", "pass_ticket=canary%252Bticket%252F%253D");
        assertThat(seen.body())
                .isEqualTo(Wire.BASE_REQUEST + ",\"Count\":2,\"List\":["
                        + "{\"UserName\":\"@@room0\",\"EncryChatRoomId\":\"\"},"
                        + "{\"UserName\":\"@@room1\",\"EncryChatRoomId\":\"\"}]}");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "50,1", "51,2", "100,2", "120,3"})
    void asksForAtMost50AtATime(int rooms, int requests) {
        wire.answer(answer());

        Wire.await(rooms(rooms));

        List<Seen> seen = wire.allSeen();
        assertThat(seen).hasSize(requests);
        for (int i = 0; i < requests; i++) {
            assertThat(seen.get(i).body()).endsWith(query(i * 50, Math.min(rooms, i * 50 + 50)));
        }
    }

    @Test
    void takesWhateverComesInWhateverOrder() {
        wire.answer(answer(
                room(
                        "@@room2",
                        "{\"UserName\":\"@m1\",\"NickName\":\"甲\",\"DisplayName\":\"群里的甲\"},{\"UserName\":\"@m2\"}"),
                room("@@room0", "")));

        List<Contact> rooms = Wire.await(rooms(3));

        assertThat(rooms).extracting(room -> room.userName().value()).containsExactly("@@room2", "@@room0");
        assertThat(rooms.get(0).nickName()).isEqualTo("群@@room2");
        assertThat(rooms.get(0).members())
                .extracting(Contact.Member::displayName)
                .containsExactly("群里的甲", "");
        assertThat(rooms.get(1).members()).isEmpty();
    }

    @Test
    void oneBatchIsAnsweredBeforeTheNextIsAskedFor() {
        wire.answers(Wire.text(answer(room("@@room0", ""))), aResponse().withStatus(503), Wire.text(answer()));

        assertThat(Wire.failure(rooms(150).then())).isInstanceOf(HostUnreachableException.class);

        assertThat(wire.allSeen()).hasSize(2);
    }
}
