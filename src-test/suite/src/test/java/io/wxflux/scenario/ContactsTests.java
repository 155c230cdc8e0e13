package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountState;
import io.wxflux.event.ContactEvent;
import io.wxflux.event.MessageReceived;
import io.wxflux.internal.wire.ContentText;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactField;
import io.wxflux.model.ContactKind;
import io.wxflux.model.ContactQuery;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.simulator.Fault;
import io.wxflux.simulator.FaultRule;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The snapshot is what the service has, and every change is told once. */
@Tag("scenario")
class ContactsTests {
    private static final Duration LONG = Duration.ofSeconds(90);

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    private SimAccount account(int friends, int rooms, int members) {
        return weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_077).withContacts(friends, rooms, members));
    }

    private RunningEngine start(InMemoryCoordinator store) {
        var running = RunningEngine.start(weChat.options().coordinator(store).account(AccountSpec.of("alice")));
        running.awaitState("alice", AccountState.SYNCING);
        return running;
    }

    // what there is --------------------------------------------------------------------------------------------------

    private static Map<String, String> snapshot(RunningEngine running) {
        Map<String, String> snapshot = new TreeMap<>();
        for (Contact contact : all(running)) {
            if (contact.kind() != ContactKind.STRANGER) {
                snapshot.put(
                        contact.userName().value(),
                        contact.nickName() + "|" + contact.remarkName() + "|" + contact.contactFlag() + "|"
                                + contact.verifyFlag() + "|" + contact.memberCount() + "|"
                                + new TreeSet<>(contact.members().stream()
                                        .map(member -> member.userName() + "/" + member.displayName())
                                        .toList()));
            }
        }
        return snapshot;
    }

    private static List<Contact> all(RunningEngine running) {
        return Objects.requireNonNull(
                running.engine().account("alice").contacts().all().collectList().block());
    }

    private static Map<String, String> truth(SimAccount account) {
        Map<String, String> truth = new TreeMap<>();
        for (Map<String, Object> record : account.friends().truth()) {
            var members = new TreeSet<String>();
            for (Object member : (List<?>) record.get("MemberList")) {
                Map<?, ?> fields = (Map<?, ?>) member;
                members.add(fields.get("UserName") + "/" + name(fields.get("DisplayName")));
            }
            truth.put(
                    String.valueOf(record.get("UserName")),
                    name(record.get("NickName")) + "|" + name(record.get("RemarkName")) + "|"
                            + record.get("ContactFlag") + "|" + record.get("VerifyFlag") + "|"
                            + record.get("MemberCount") + "|" + members);
        }
        return truth;
    }

    private static String name(Object wire) {
        return ContentText.decodeName(String.valueOf(wire));
    }

    private static void awaitTruth(RunningEngine running, SimAccount account) {
        Await.until(LONG, () -> snapshot(running).equals(truth(account)), () -> {
            Map<String, String> left = snapshot(running);
            Map<String, String> right = truth(account);
            var wrong = new TreeSet<>(left.keySet());
            wrong.addAll(right.keySet());
            wrong.removeIf(key -> Objects.equals(left.get(key), right.get(key)));
            return wrong.size() + " differ, the first: "
                    + wrong.stream()
                            .limit(3)
                            .map(key -> key + " is " + left.get(key) + " and should be " + right.get(key))
                            .toList();
        });
    }

    private static <E extends AccountEvent> List<E> events(RunningEngine running, Class<E> kind) {
        return running.delivered("alice").stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Of one who is renamed, the names that were told, in order; each event counts once. */
    private static Map<String, List<String>> renames(List<AccountEvent> events) {
        Map<String, AccountEvent> once = new LinkedHashMap<>();
        events.forEach(event -> once.putIfAbsent(event.head().id(), event));
        Map<String, List<String>> renames = new HashMap<>();
        for (AccountEvent event : once.values()) {
            if (event instanceof ContactEvent.ContactUpdated updated
                    && updated.changed().contains(ContactField.NICK_NAME)) {
                renames.computeIfAbsent(updated.contact().userName().value(), name -> new ArrayList<>())
                        .add(updated.contact().nickName());
            }
        }
        return renames;
    }

    private static Map<String, List<String>> rename(SimAccount alice, int times, int friends) {
        Map<String, List<String>> expected = new HashMap<>();
        for (int i = 0; i < times; i++) {
            SimPeer friend = SimPeer.friend(1 + i % friends);
            String nick = "name <" + i + "> 😀";
            alice.friends().rename(friend, nick);
            expected.computeIfAbsent(alice.userName(friend), name -> new ArrayList<>())
                    .add(nick);
        }
        return expected;
    }

    @Test
    void threeThousandContactsAHugeRoomAndTenThousandChangesAcrossACrash() {
        SimAccount alice = account(3_000, 2, 500);
        var store = new InMemoryCoordinator();
        List<AccountEvent> told = new ArrayList<>();
        Map<String, List<String>> expected;
        try (var running = start(store)) {
            awaitTruth(running, alice);
            assertThat(running.deliveredTypes("alice"))
                    .filteredOn(type -> !type.startsWith("wx.account.") && !type.startsWith("wx.message."))
                    .as("the first reading is not told")
                    .isEmpty();
            expected = rename(alice, 10_000, 2_999);
            Await.until(
                    LONG,
                    () -> events(running, ContactEvent.ContactUpdated.class).size() > 3_000,
                    () -> "events");
            running.kill();
            told.addAll(running.delivered("alice"));
        }
        try (var running = start(store.reopen())) {
            Await.until(
                    LONG,
                    () -> {
                        var all = new ArrayList<>(told);
                        all.addAll(running.delivered("alice"));
                        return renames(all).equals(expected);
                    },
                    () -> "names were told that were not given, or not told");
            awaitTruth(running, alice);
            assertThat(alice.logins()).isEqualTo(1);
        }
    }

    @Test
    void changesOfRoomsAreToldOnceAndMembersByName() {
        SimAccount alice = account(8, 3, 6);
        try (var running = start(new InMemoryCoordinator())) {
            awaitTruth(running, alice);
            SimPeer room = SimPeer.room(2);
            alice.rooms().join(room, SimPeer.friend(7), null);
            alice.rooms().leaveQuietly(SimPeer.member(2, 3));
            alice.rooms().rename(room, "新群名 & co", null);
            alice.rooms().own(SimPeer.member(2, 4));
            alice.rooms().quit(SimPeer.room(3));
            SimPeer made = alice.rooms().create(List.of(SimPeer.friend(1), SimPeer.friend(2)), "made");
            awaitTruth(running, alice);
            Await.until(() -> events(running, ContactEvent.MemberLeft.class).size() == 1);

            var joined = events(running, ContactEvent.MemberJoined.class);
            assertThat(joined).hasSize(1);
            assertThat(joined.get(0).member().userName().value()).isEqualTo(alice.userName(SimPeer.friend(7)));
            assertThat(joined.get(0).member().nickName()).isEqualTo(alice.nickName(SimPeer.friend(7)));
            assertThat(joined.get(0).member().stableId()).isNotNull();
            assertThat(events(running, ContactEvent.RoomRenamed.class))
                    .extracting(ContactEvent.RoomRenamed::now)
                    .containsExactly("新群名 & co");
            assertThat(events(running, ContactEvent.RoomRemoved.class)).hasSize(1);
            assertThat(events(running, ContactEvent.RoomAdded.class))
                    .extracting(event -> event.subject().value())
                    .containsExactly(alice.userName(made));
            assertThat(events(running, ContactEvent.RoomAdded.class))
                    .extracting(event -> event.room().stableId())
                    .doesNotContainNull();
            assertThat(events(running, ContactEvent.RoomUpdated.class))
                    .filteredOn(event -> event.subject().value().equals(alice.userName(made)))
                    .as("the members came after the room")
                    .anySatisfy(event -> {
                        assertThat(event.changed()).contains(ContactField.MEMBER_COUNT);
                        assertThat(event.room().memberCount()).isEqualTo(3);
                    });
            assertThat(events(running, ContactEvent.RoomUpdated.class))
                    .filteredOn(event -> event.subject().value().equals(alice.userName(room)))
                    .as("who joined and left is told by name")
                    .noneMatch(event -> event.changed().equals(Set.of(ContactField.MEMBER_COUNT)));
        }
    }

    @Test
    void friendsComeChangeAndGo() {
        SimAccount alice = account(8, 1, 4);
        try (var running = start(new InMemoryCoordinator())) {
            awaitTruth(running, alice);
            alice.friends().confirm(SimPeer.stranger(1));
            alice.friends().remove(SimPeer.friend(3));
            alice.queue(SimMessage.contactChanged(SimPeer.friend(5), Map.of("RemarkName", "")));
            alice.friends().rename(SimPeer.self(), "我自己");
            awaitTruth(running, alice);
            Await.until(
                    () -> !events(running, ContactEvent.ProfileUpdated.class).isEmpty());

            assertThat(running.deliveredTypes("alice"))
                    .filteredOn(type -> type.startsWith("wx.contact.") || type.startsWith("wx.profile."))
                    .containsExactlyInAnyOrder(
                            "wx.contact.added", "wx.contact.removed", "wx.contact.updated", "wx.profile.updated");
            assertThat(events(running, ContactEvent.ContactUpdated.class).get(0).changed())
                    .containsExactly(ContactField.REMARK_NAME);
            assertThat(events(running, ContactEvent.ContactAdded.class)
                            .get(0)
                            .contact()
                            .stableId())
                    .as("told with the contact, not some time later")
                    .isNotNull();

            var book = running.engine().account("alice").contacts();
            Contact removed = Objects.requireNonNull(
                    book.find(UserName.of(alice.userName(SimPeer.friend(3)))).block());
            assertThat(removed.kind()).isEqualTo(ContactKind.STRANGER);
            assertThat(book.search(ContactQuery.all().withKind(ContactKind.OFFICIAL))
                            .collectList()
                            .block())
                    .hasSize(2);
            assertThat(book.search(ContactQuery.text(alice.nickName(SimPeer.friend(4))))
                            .map(contact -> contact.userName().value())
                            .collectList()
                            .block())
                    .contains(alice.userName(SimPeer.friend(4)))
                    .doesNotContain(alice.userName(SimPeer.friend(5)));
            alice.queue(SimMessage.contactChanged(SimPeer.friend(6), Map.of("RemarkName", "同事 &lt;B&gt;")));
            Await.until(
                    () -> Objects.requireNonNull(book.search(ContactQuery.all().withRemarkName("<b>"))
                            .hasElements()
                            .block()));
            String id = Objects.requireNonNull(
                            Objects.requireNonNull(book.find(UserName.of(alice.userName(SimPeer.friend(4))))
                                            .block())
                                    .stableId())
                    .value();
            assertThat(book.byStableId(id).block().userName().value()).isEqualTo(alice.userName(SimPeer.friend(4)));
        }
    }

    @Test
    void anAnswerWithHalfOfItIsAskedForAgain() {
        SimAccount alice = account(8, 3, 6);
        weChat.simulator()
                .addFault(FaultRule.on("", new Fault.FewerContacts())
                        .withCall("webwxbatchgetcontact")
                        .withTimes(1));
        try (var running = start(new InMemoryCoordinator())) {
            awaitTruth(running, alice);
            assertThat(running.deliveredTypes("alice")).noneMatch(type -> type.startsWith("wx.room."));
        }
    }

    @Test
    void whoIsUnknownIsAskedForAndNothingOvertakes() {
        SimAccount alice = account(5, 1, 4);
        try (var running = start(new InMemoryCoordinator())) {
            alice.queue(SimMessage.text(SimPeer.stranger(3), "one"));
            alice.queue(SimMessage.text(SimPeer.friend(1), "two"));
            alice.queue(SimMessage.text(SimPeer.stranger(3), "three"));
            running.awaitTexts("alice", 3);
            assertThat(running.texts("alice")).containsExactly("one", "two", "three");
            assertThat(events(running, MessageReceived.class))
                    .filteredOn(event -> event.message() instanceof io.wxflux.model.Message.Text)
                    .extracting(event -> event.from().nickName())
                    .containsExactly(
                            alice.nickName(SimPeer.stranger(3)),
                            alice.nickName(SimPeer.friend(1)),
                            alice.nickName(SimPeer.stranger(3)));
        }
    }
}
