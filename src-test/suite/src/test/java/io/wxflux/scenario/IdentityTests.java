package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.Contact;
import io.wxflux.model.StableId;
import io.wxflux.model.StableId.Confidence;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** UserNames change with every login; stable ids do not, unless nobody could tell who is who. */
@Tag("scenario")
class IdentityTests {
    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    private final InMemoryCoordinator first = new InMemoryCoordinator();

    private RunningEngine start(InMemoryCoordinator store) {
        var running = RunningEngine.start(weChat.options().coordinator(store).account(AccountSpec.of("alice")));
        running.awaitState("alice", AccountState.SYNCING);
        return running;
    }

    private static Contact contact(RunningEngine running, SimAccount account, SimPeer peer) {
        return Objects.requireNonNull(running.engine()
                .account("alice")
                .contacts()
                .find(UserName.of(account.userName(peer)))
                .block());
    }

    private static StableId id(RunningEngine running, SimAccount account, SimPeer peer) {
        return Objects.requireNonNull(contact(running, account, peer).stableId());
    }

    /** The phone's list of chats, with lasting ids, has come: those in it are certain. */
    private static void awaitProofs(RunningEngine running, SimAccount account, SimPeer listed) {
        Await.until(() -> id(running, account, listed).confidence() == Confidence.CERTAIN);
    }

    private SimAccount alice() {
        return weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_088).withContacts(20, 3, 6));
    }

    @Test
    void theSamePersonHasTheSameIdInTheNextLogin() {
        SimAccount alice = alice();
        var everybody = List.of(
                SimPeer.friend(1),
                SimPeer.friend(10),
                SimPeer.friend(13),
                SimPeer.official(1),
                SimPeer.room(1),
                SimPeer.room(2));
        List<String> names;
        List<String> before;
        try (var running = start(first)) {
            awaitProofs(running, alice, SimPeer.friend(1));
            names = everybody.stream().map(alice::userName).toList();
            before = everybody.stream()
                    .map(peer -> id(running, alice, peer).value())
                    .toList();
            assertThat(id(running, alice, SimPeer.friend(13)).confidence()).isEqualTo(Confidence.NEW);
            assertThat(id(running, alice, SimPeer.self())).isEqualTo(new StableId("u-1000088", Confidence.CERTAIN));
        }
        alice.end(1101);
        try (var running = start(first.reopen())) {
            Await.until(() -> alice.logins() == 2);
            Await.until(() -> running.deliveredTypes("alice").contains("wx.account.ready"));
            assertThat(everybody.stream().map(alice::userName)).doesNotContainAnyElementsOf(names);
            assertThat(everybody.stream()
                            .filter(peer -> peer.kind() != SimPeer.Kind.ROOM)
                            .map(peer -> id(running, alice, peer).value()))
                    .as("by hints; rooms of one name are told apart by proofs only")
                    .containsExactlyElementsOf(before.subList(0, 4));
            assertThat(id(running, alice, SimPeer.friend(10)).confidence())
                    .as("by the remark")
                    .isEqualTo(Confidence.LIKELY);
            awaitProofs(running, alice, SimPeer.friend(1));
            awaitProofs(running, alice, SimPeer.room(2));
            assertThat(everybody.stream().map(peer -> id(running, alice, peer).value()))
                    .as("after the proofs")
                    .containsExactlyElementsOf(before);
            assertThat(running.deliveredTypes("alice")).noneMatch(type -> type.startsWith("wx.contact."));

            alice.queue(SimMessage.text(SimPeer.friend(10), "hello"));
            running.awaitTexts("alice", 1);
            assertThat(running.delivered("alice").stream()
                            .filter(MessageReceived.class::isInstance)
                            .map(event -> ((MessageReceived) event).from().stableId())
                            .filter(Objects::nonNull)
                            .map(StableId::value))
                    .contains(before.get(1));
        }
    }

    @Test
    void twoOfTheSameNameAreNotMixedUp() {
        SimAccount alice = alice();
        SimPeer one = SimPeer.friend(12);
        SimPeer two = SimPeer.friend(14);
        List<String> before;
        try (var running = start(first)) {
            alice.friends().rename(one, "小明");
            alice.friends().rename(two, "小明");
            Await.until(() -> contact(running, alice, one).nickName().equals("小明")
                    && contact(running, alice, two).nickName().equals("小明"));
            before = List.of(
                    id(running, alice, one).value(), id(running, alice, two).value());
        }
        // Their pictures change while nobody looks: nothing is left to tell them apart.
        alice.friends().changePicture(one);
        alice.friends().changePicture(two);
        alice.end(1101);
        try (var running = start(first.reopen())) {
            Await.until(() -> running.deliveredTypes("alice").contains("wx.account.ready"));
            assertThat(List.of(id(running, alice, one), id(running, alice, two)))
                    .extracting(StableId::confidence)
                    .containsOnly(Confidence.NEW);
            assertThat(id(running, alice, one).value()).isNotIn(before);

            // The phone says who one of them is; nobody had said so before, so the new id stays.
            String now = id(running, alice, one).value();
            alice.queue(SimMessage.statusNotify(2, List.of(one)));
            awaitProofs(running, alice, one);
            assertThat(id(running, alice, one).value()).isEqualTo(now);
        }
    }

    @Test
    void aProofCorrectsAGuess() {
        SimAccount alice = alice();
        SimPeer friend = SimPeer.friend(12);
        String known;
        try (var running = start(first)) {
            awaitProofs(running, alice, SimPeer.friend(1));
            alice.queue(SimMessage.statusNotify(2, List.of(friend)));
            awaitProofs(running, alice, friend);
            known = id(running, alice, friend).value();
        }
        alice.friends().rename(friend, "nobody knows me");
        alice.friends().changePicture(friend);
        alice.end(1101);
        try (var running = start(first.reopen())) {
            Await.until(() -> running.deliveredTypes("alice").contains("wx.account.ready"));
            assertThat(id(running, alice, friend).confidence()).isEqualTo(Confidence.NEW);
            alice.queue(SimMessage.statusNotify(2, List.of(friend)));
            awaitProofs(running, alice, friend);
            assertThat(id(running, alice, friend).value()).isEqualTo(known);
            Await.until(() -> running.deliveredTypes("alice").contains("wx.contact.updated"));
            assertThat(contact(running, alice, friend).realId()).startsWith("wxid_");
        }
    }

    @Test
    void aRestartKeepsIds() {
        SimAccount alice = alice();
        Map<String, String> before;
        try (var running = start(first)) {
            awaitProofs(running, alice, SimPeer.friend(1));
            before = ids(running);
        }
        try (var running = start(first.reopen())) {
            assertThat(ids(running)).isEqualTo(before);
        }
    }

    private static Map<String, String> ids(RunningEngine running) {
        return Objects.requireNonNull(running.engine()
                .account("alice")
                .contacts()
                .all()
                .filter(contact -> contact.stableId() != null)
                .collectMap(
                        contact -> contact.userName().value(),
                        contact -> Objects.requireNonNull(contact.stableId()).value())
                .block());
    }
}
