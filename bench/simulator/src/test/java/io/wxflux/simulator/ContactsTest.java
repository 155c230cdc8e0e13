package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The address book: what is true of it, how it changes, and how a confused service tells it. */
class ContactsTest {

    private Simulator simulator;
    private SimAccount account;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .contactPage(700)
                .autoScan(Duration.ZERO, Duration.ZERO)
                .start();
        account = simulator.addAccount(SimAccountSpec.of("cora", 777_010L).withContacts(3_000, 4, 500));
        client = new WebClient(simulator).logIn();
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private JsonNode page(String seq) {
        return client.get(client.api("webwxgetcontact?r=1&seq=" + seq + "&skey=" + WebClient.encode(client.skey)))
                .json();
    }

    private JsonNode batch(SimPeer... who) {
        Map<String, Object> body = client.body();
        List<Object> list = new ArrayList<>();
        for (SimPeer each : who) {
            list.add(Json.object("UserName", account.userName(each), "EncryChatRoomId", ""));
        }
        body.put("Count", list.size());
        body.put("List", list);
        return client.post(client.api("webwxbatchgetcontact?type=ex&r=1"), body).json();
    }

    @Test
    void thousandsOfContactsComeInPagesAndAreAllTrue() {
        account.friends().confirm(SimPeer.stranger(8));
        account.friends().remove(SimPeer.friend(17));
        Set<String> names = new HashSet<>();
        String seq = "0";
        int pages = 0;
        do {
            JsonNode page = page(seq);
            page.path("MemberList")
                    .forEach(each -> names.add(each.path("UserName").asString()));
            seq = page.path("Seq").asString();
            pages++;
        } while (!seq.equals("0"));
        assertThat(pages).isEqualTo(5);
        assertThat(names)
                .hasSize(5 + 2 + 3_000 + 2)
                .contains(account.userName(SimPeer.stranger(8)))
                .doesNotContain(account.userName(SimPeer.friend(17)));
        Set<Object> truth = new HashSet<>();
        account.friends().truth().forEach(each -> truth.add(each.get("UserName")));
        assertThat(truth).containsAll(names).hasSize(names.size() + 2);
    }

    @Test
    void thousandsOfChangesArriveInOrder() {
        for (int i = 0; i < 2_000; i++) {
            account.friends().rename(SimPeer.friend(1 + i % 7), "name " + i);
        }
        int changes = 0;
        JsonNode answer;
        String last = "";
        do {
            answer = client.sync();
            changes += answer.path("ModContactCount").asInt();
            for (JsonNode each : answer.path("ModContactList")) {
                last = each.path("NickName").asString();
            }
        } while (answer.path("ContinueFlag").asInt() != 0);
        assertThat(changes).isEqualTo(2_000);
        assertThat(last).isEqualTo("name 1999");
        assertThat(batch(SimPeer.friend(1 + 1_999 % 7))
                        .path("ContactList")
                        .get(0)
                        .path("NickName")
                        .asString())
                .isEqualTo("name 1999");
    }

    @Test
    void theAccountItselfChanges() {
        assertThat(client.sync().path("Profile").path("BitFlag").asInt(-1)).isZero();
        account.friends().rename(SimPeer.self(), "Cora & co");
        account.friends().changePicture(SimPeer.self());
        JsonNode profile = client.sync().path("Profile");
        assertThat(profile.path("BitFlag").asInt()).isEqualTo(190);
        assertThat(profile.path("NickName").path("Buff").asString()).isEqualTo("Cora &amp; co");
        assertThat(profile.path("HeadImgUrl").asString()).contains("seq=601000");
        assertThat(client.init().json().path("User").path("NickName").asString())
                .isEqualTo("Cora &amp; co");
        simulator.assertNoViolations();
    }

    @Test
    void listsAreShortUnreadableOrEndless() {
        simulator.addFault(FaultRule.on("*", new Fault.FewerContacts())
                .withCall("webwxbatchgetcontact")
                .withTimes(1));
        JsonNode fewer = batch(SimPeer.friend(1), SimPeer.room(1), SimPeer.friend(2));
        assertThat(fewer.path("Count").asInt()).isEqualTo(2);
        assertThat(fewer.path("ContactList").get(0).path("MemberCount").asInt()).isEqualTo(500);
        assertThat(fewer.path("ContactList").get(0).path("MemberList").size()).isZero();
        account.friends().makeUnreadable(SimPeer.friend(2));
        assertThat(batch(SimPeer.friend(1), SimPeer.friend(2))
                        .path("BaseResponse")
                        .path("Ret")
                        .asInt())
                .isEqualTo(-1);
        assertThat(batch(SimPeer.friend(1)).path("Count").asInt()).isEqualTo(1);
        simulator.addFault(FaultRule.on("*", new Fault.EndlessPages()).withCall("webwxgetcontact"));
        String seq = page("0").path("Seq").asString();
        assertThat(page(seq).path("Seq").asString()).isEqualTo(seq).isNotEqualTo("0");
        simulator.assertNoViolations();
    }
}
