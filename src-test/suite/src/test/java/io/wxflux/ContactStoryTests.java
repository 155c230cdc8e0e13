package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountState;
import io.wxflux.event.ContactEvent;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.Contact;
import io.wxflux.model.StableId;
import io.wxflux.model.UserName;
import io.wxflux.options.ContactOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Contacts in time: how long names are waited for, when the address book is read, what a dead process leaves. */
class ContactStoryTests {
    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void signedIn() {
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private void writes(String from, String text) {
        String id = Integer.toString(8_000_000 + text.hashCode() % 1_000);
        alice.receivesRaw(WireText.text(id, from, alice.self(), text));
    }

    private @Nullable String nameOfSender(String text) {
        return story.sink.accepted("alice").stream()
                .filter(MessageReceived.class::isInstance)
                .map(MessageReceived.class::cast)
                .filter(event -> event.message().raw().json().contains("\"" + text + "\""))
                .map(event -> event.from().nickName())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private int batchGets() {
        return story.server.requests("alice", "webwxbatchgetcontact").size();
    }

    @Test
    void aNameIsWaitedForTwoSecondsThenTheMessageGoesOnAndTheNextDoesNotWait() {
        signedIn();
        alice.always("webwxbatchgetcontact", call -> Mono.never());
        writes("@stranger", "a");
        writes("@friend", "b");
        story.pass(Duration.ofMillis(1_900));
        assertThat(story.sink.texts("alice")).as("nothing overtakes").isEmpty();
        story.pass(Duration.ofMillis(200));
        assertThat(story.sink.texts("alice")).containsExactly("a", "b");
        assertThat(nameOfSender("a")).isNull();
        assertThat(nameOfSender("b")).isEqualTo("nick of friend");
        writes("@stranger", "c");
        story.pass(Duration.ofMillis(10));
        assertThat(story.sink.texts("alice"))
                .as("the answer still to come is not waited for again")
                .hasSize(3);
    }

    @Test
    void contactsThatAreDamagedOnTheDiskAreReadAnewAndNobodyIsToldOfTwice() {
        story.contacts = ContactOptions.defaults().withCacheBytes(0);
        signedIn();
        story.seconds(5);
        int readings = story.server.requests("alice", "webwxgetcontact").size();
        int told = contactEvents();
        for (int bucket = 0; bucket < 64; bucket++) {
            story.store().damaged.add("contacts/people/" + (bucket < 10 ? "0" : "") + bucket);
        }
        writes("@friend", "during");
        story.seconds(200);
        assertThat(story.store().damaged).isEmpty();
        assertThat(story.server.requests("alice", "webwxgetcontact")).hasSizeGreaterThan(readings);
        writes("@friend", "after");
        story.seconds(3);
        assertThat(story.sink.texts("alice")).containsExactly("during", "after");
        assertThat(nameOfSender("after")).isEqualTo("nick of friend");
        assertThat(contactEvents()).isEqualTo(told);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.failure()).isNull();
    }

    private int contactEvents() {
        return (int) story.sink.types("alice").stream()
                .filter(type -> type.startsWith("wx.contact."))
                .count();
    }

    @Test
    void headImagesAreAskedForWhereTheServiceSaidAndByTheRoom() {
        String icon = "/cgi-bin/mmwebwx-bin/webwxgeticon";
        alice.always(
                "webwxgetcontact",
                call -> Mono.just(WireText.ok("{\"BaseResponse\":{\"Ret\":0},\"MemberCount\":2,\"MemberList\":["
                        + "{\"UserName\":\"@friend\",\"NickName\":\"f\",\"HeadImgUrl\":\"" + icon
                        + "?seq=62&username=@friend&skey=@crypt_old\"},"
                        + "{\"UserName\":\"@@room\",\"NickName\":\"r\",\"EncryChatRoomId\":\"@4a5b\"}],\"Seq\":0}")));
        alice.always("webwxgeticon", call -> Mono.just(WireText.ok("a picture")));
        signedIn();
        Media media = story.engine().account("alice").media();
        var ofFriend = media.headImage(UserName.of("@friend")).toFuture();
        var ofMember =
                media.headImage(UserName.of("@@room"), UserName.of("@member")).toFuture();
        var ofFriendThere =
                media.headImage(UserName.of("@@room"), UserName.of("@friend")).toFuture();
        story.seconds(2);

        assertThat(ofFriend).isCompleted();
        assertThat(ofMember).isCompleted();
        assertThat(ofFriendThere).isCompleted();
        assertThat(story.server.requests("alice", "webwxgeticon"))
                .extracting(request -> ScriptedExchange.query(request.call(), "seq")
                        + " " + ScriptedExchange.query(request.call(), "username")
                        + " " + ScriptedExchange.query(request.call(), "chatroomid"))
                .containsExactlyInAnyOrder("62 @friend ", "0 @member @4a5b", "62 @friend @4a5b");
        assertThat(story.server.requests("alice", "webwxgeticon"))
                .allSatisfy(request -> assertThat(ScriptedExchange.query(request.call(), "skey"))
                        .isNotEmpty()
                        .isNotEqualTo("@crypt_old"));
    }

    @Test
    void anAnswerEndsTheWaitAndTheNameIsThere() {
        signedIn();
        alice.always("webwxbatchgetcontact", call -> Mono.just(WireText.ok(WireText.batchContacts("@stranger"))));
        writes("@stranger", "a");
        story.pass(Duration.ofMillis(300));
        assertThat(story.sink.texts("alice")).containsExactly("a");
        assertThat(nameOfSender("a")).isEqualTo("nick of stranger");
        assertThat(batchGets()).isEqualTo(1);
        writes("@stranger", "c");
        story.pass(Duration.ofMillis(10));
        assertThat(story.sink.texts("alice")).containsExactly("a", "c");
        assertThat(batchGets()).isEqualTo(1);
    }

    @Test
    void whoStaysUnknownIsNotAskedForWithEveryMessage() {
        signedIn();
        writes("@nobody", "a");
        story.seconds(3);
        int asked = batchGets();
        writes("@nobody", "b");
        story.pass(Duration.ofMillis(10));
        assertThat(story.sink.texts("alice")).containsExactly("a", "b");
        story.seconds(60);
        assertThat(batchGets()).isEqualTo(asked);
    }

    @Test
    void strangersAreNotWaitedForOneByOneWhileTheServiceWantsToBeLeftAlone() {
        signedIn();
        alice.always("webwxbatchgetcontact", call -> Mono.just(WireText.ok(WireText.ret(1205))));
        writes("@stranger", "first");
        story.seconds(3);
        for (int i = 0; i < 30; i++) {
            alice.receivesRaw(WireText.text("60" + i, "@stranger" + i, alice.self(), "t" + i));
        }
        story.seconds(1);
        assertThat(story.sink.texts("alice")).hasSize(31);
        alice.always("webwxbatchgetcontact", call -> Mono.just(WireText.ok(WireText.batchContacts("@stranger7"))));
        story.seconds(61);
        assertThat(nickName("@stranger7")).isEqualTo("nick of stranger7");
    }

    @Test
    void aLaneThatWaitsHoldsUpNoOther() {
        for (int i = 0; i < 300; i++) {
            story.account("waits" + i);
        }
        signedIn();
        for (int i = 0; i < 300; i++) {
            ModelAccount account = story.server.account("waits" + i);
            account.always("webwxbatchgetcontact", call -> Mono.never());
            account.receivesRaw(WireText.text("7", "@stranger", account.self(), "x"));
        }
        story.pass(Duration.ofMillis(100));
        alice.receives("quick");
        story.pass(Duration.ofMillis(100));
        assertThat(story.sink.texts("alice")).containsExactly("quick");
        assertThat(story.sink.texts("waits299")).isEmpty();
        story.seconds(3);
        assertThat(story.sink.texts("waits299")).containsExactly("x");
    }

    @Test
    void lookersOnAreNotWaitedForAndSinksGetTheNameAllTheSame() {
        signedIn();
        alice.always("webwxbatchgetcontact", call -> Mono.just(WireText.ok(WireText.batchContacts("@stranger"))));
        writes("@stranger", "a");
        story.pass(Duration.ofMillis(10));
        assertThat(story.live("alice", MessageReceived.class)).hasSize(1);
        assertThat(story.live("alice", MessageReceived.class).get(0).from().nickName())
                .isNull();
        story.seconds(1);
        assertThat(nameOfSender("a")).isEqualTo("nick of stranger");
    }

    @Test
    void anAddressBookThatDoesNotComeIsNotWaitedForLongerThanAMinuteAndReadLater() {
        alice.always("webwxgetcontact", call -> Mono.never());
        story.account("alice").start().seconds(40);
        assertThat(story.sink.types("alice")).doesNotContain("wx.account.ready");
        story.seconds(21);
        assertThat(story.sink.types("alice")).contains("wx.account.ready");
        alice.receives("early");
        story.seconds(3);
        assertThat(story.sink.texts("alice")).containsExactly("early");
        alice.normal();
        story.seconds(240);
        assertThat(find("@friend")).isNotNull();
        assertThat(story.sink.types("alice")).noneMatch(type -> type.startsWith("wx.contact."));
    }

    private @Nullable Contact find(String name) {
        return story.engine()
                .account("alice")
                .contacts()
                .find(UserName.of(name))
                .block();
    }

    @Test
    void aSessionThatGoesOnTellsWhoCameAndWent() {
        signedIn();
        StableId before = Objects.requireNonNull(find("@friend")).stableId();
        story.stop();
        alice.always("webwxgetcontact", call -> Mono.just(WireText.ok(WireText.contacts("@new", "@friend"))));
        story.start().seconds(10);
        assertThat(story.sink.types("alice")).containsOnlyOnce("wx.contact.added");
        assertThat(Objects.requireNonNull(find("@friend")).stableId()).isEqualTo(before);
        story.stop();
        alice.always("webwxgetcontact", call -> Mono.just(WireText.ok(WireText.contacts("@new"))));
        story.start().seconds(10);
        assertThat(story.sink.accepted("alice"))
                .filteredOn(ContactEvent.class::isInstance)
                .extracting(event -> event.type() + " " + event.subject())
                .containsExactly("wx.contact.added @new", "wx.contact.removed @friend");
        story.stop();
        alice.always("webwxgetcontact", call -> Mono.just(WireText.ok(WireText.contacts())));
        story.start().seconds(10);
        assertThat(find("@new")).as("an empty book is not believed").isNotNull();
        assertThat(story.sink.types("alice")).containsOnlyOnce("wx.contact.removed");
    }

    @Test
    void theFirstReadingIsTheStoresInOnePiece() {
        signedIn();
        assertThat(story.live("alice", Lifecycle.Ready.class))
                .extracting(Lifecycle.Ready::contacts)
                .containsExactly(1);
        long commits = story.store().commits().stream()
                .flatMap(group -> group.accounts().stream())
                .filter(commit -> commit.documents().stream()
                        .anyMatch(document -> document.key().startsWith("contacts/")))
                .peek(commit -> assertThat(commit.records()).hasSize(1))
                .count();
        assertThat(commits).isEqualTo(1);
    }

    @Test
    void aSinkThatComesLateIsAskedNothingForEventsOfAnotherLogin() {
        signedIn();
        story.sink.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        writes("@stranger", "a");
        story.seconds(30);
        alice.endSession(1101);
        story.seconds(60);
        story.sink.rule = batch -> Mono.empty();
        story.seconds(120);
        assertThat(story.sink.texts("alice")).containsExactly("a");
    }

    @Test
    void aSmallCacheReadsFromTheStoreWhatALargeOneHas() {
        signedIn();
        int large = reads();
        story.stop();
        story.contacts = story.contacts.withCacheBytes(0);
        story.start().seconds(60);
        int small = reads();
        assertThat(large).isZero();
        assertThat(small).isPositive();
    }

    /** Documents read while two messages are delivered. */
    private int reads() {
        alice.receives("warm up");
        story.seconds(1);
        int before = story.store().documentsRead();
        alice.receives("measured");
        story.seconds(1);
        return story.store().documentsRead() - before;
    }

    @Test
    void aStoreThatCannotBeReadForAWhileIsWaitedForAndEndsNoAccount() {
        story.contacts = story.contacts.withCacheBytes(0);
        signedIn();
        story.store().unreadable = "contacts/";
        alice.modifies("@friend", "new nick");
        story.seconds(10);
        story.store().unreadable = "";
        story.seconds(120);
        assertThat(story.sink.texts("alice")).containsExactly("with a change");
        assertThat(nickName("@friend")).isEqualTo("new nick");
        story.stop();
        story.start();
        story.store().unreadable = "contacts/";
        story.seconds(10);
        story.store().unreadable = "";
        story.seconds(60);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void anAnswerThatCannotBeKeptForAWhileEndsNoAccount() {
        story.contacts = story.contacts.withCacheBytes(0);
        signedIn();
        alice.always(
                "webwxbatchgetcontact",
                call -> Mono.fromSupplier(() -> {
                    story.store().unreadable = "contacts/";
                    return WireText.ok(WireText.batchContacts("@stranger"));
                }));
        writes("@stranger", "a");
        story.seconds(10);
        story.store().unreadable = "";
        story.seconds(120);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.sink.texts("alice")).containsExactly("a");
        assertThat(nickName("@stranger")).isEqualTo("nick of stranger");
    }

    @Test
    void anAddressBookThatIsOlderThanAChangeDoesNotUndoIt() {
        signedIn();
        story.stop();
        alice.always(
                "webwxgetcontact",
                call -> Mono.delay(Duration.ofSeconds(20), story.time)
                        .thenReturn(WireText.ok(WireText.contacts("@friend"))));
        story.start().seconds(10);
        alice.modifies("@friend", "new nick");
        story.seconds(1);
        alice.modifies("@new", "somebody new");
        story.seconds(60);
        assertThat(nickName("@friend")).isEqualTo("new nick");
        assertThat(Objects.requireNonNull(find("@new")).isInAddressBook()).isTrue();
        assertThat(changes()).containsExactly("wx.contact.updated @friend", "wx.contact.added @new");
    }

    @Test
    void whatInitToldDoesNotUndoWhatCameLater() {
        alice.first = WireText.contact("@friend", "nick of friend") + "," + WireText.contact("@gone", "gone");
        signedIn();
        story.stop();
        alice.always("webwxgetcontact", call -> ModelAccount.unreachable());
        story.start().seconds(10);
        alice.modifies("@friend", "new nick");
        story.seconds(1);
        alice.deletes("@gone");
        story.seconds(10);
        alice.always(
                "webwxgetcontact",
                call -> Mono.just(WireText.ok(WireText.contacts("@friend").replace("nick of friend", "new nick"))));
        story.seconds(240);
        assertThat(nickName("@friend")).isEqualTo("new nick");
        assertThat(Objects.requireNonNull(find("@gone")).isInAddressBook()).isFalse();
        assertThat(changes()).containsExactly("wx.contact.updated @friend", "wx.contact.removed @gone");
    }

    private String nickName(String name) {
        return Objects.requireNonNull(find(name)).nickName();
    }

    private List<String> changes() {
        return story.sink.accepted("alice").stream()
                .filter(ContactEvent.class::isInstance)
                .map(event -> event.type() + " " + event.subject())
                .toList();
    }
}
