package io.wxflux.internal.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.ContactEvent;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactField;
import io.wxflux.model.StableId;
import io.wxflux.model.StableId.Confidence;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is told of changes: with the ids that people have in the end, and with what differs, no more. */
class ContactChangesTests {
    private static final UserName ONE = UserName.of("@1");
    private static final UserName ROOM = UserName.of("@@1");

    private final Draft draft = RecognitionTests.draft();
    private final Changes changes = new Changes(draft, false, room -> {});
    private final Recognition recognition = new Recognition(draft, new SplittableRandom(7), false);

    private void befriend(UserName name, String nickName) {
        draft.put(Contact.named(name).withNickName(nickName));
        changes.apply(ContactPatch.ofContactFlag(name, 3), Changes.Source.CHANGE);
    }

    private void gone(String id, String realId, String nickName) {
        draft.absent(Contact.named(UserName.of("@old-" + id))
                .withNickName(nickName)
                .withStableId(new StableId(id, Confidence.NEW), realId));
    }

    private List<String> told() {
        return draft.events().stream()
                .map(event -> event.type() + " " + event.subject())
                .toList();
    }

    private static StableId id(Contact contact) {
        return Objects.requireNonNull(contact.stableId());
    }

    @Test
    void whoIsAddedHasTheirIdInTheEvent() {
        gone("p-1", "", "known");
        befriend(ONE, "known");
        UserName two = UserName.of("@2");
        befriend(two, "unknown");
        changes.apply(ContactPatch.ofNickName(ROOM, "room"), Changes.Source.CHANGE);
        changes.apply(ContactPatch.ofNickName(ROOM, "renamed"), Changes.Source.ANSWER);
        recognition.recogniseAll();
        assertThat(told())
                .containsExactly(
                        "wx.contact.added @1", "wx.contact.added @2", "wx.room.added @@1", "wx.room.renamed @@1");
        assertThat(((ContactEvent.ContactAdded) draft.events().get(0)).contact().stableId())
                .isEqualTo(new StableId("p-1", Confidence.POSSIBLE));
        assertThat(id(((ContactEvent.ContactAdded) draft.events().get(1)).contact())
                        .confidence())
                .isEqualTo(Confidence.NEW);
        StableId room = id(((ContactEvent.RoomAdded) draft.events().get(2)).room());
        assertThat(room.value()).startsWith("r-");
        assertThat(((ContactEvent.RoomRenamed) draft.events().get(3)).room().stableId())
                .isEqualTo(room);
    }

    @Test
    void aProofThatComesWithSomebodyIsNoChange() {
        gone("p-1", "wxid_1", "a");
        gone("p-2", "wxid_2", "b");
        befriend(ONE, "a");
        recognition.recogniseAll();
        recognition.proven(ONE, "wxid_2");
        assertThat(told()).containsExactly("wx.contact.added @1");
        Contact told = ((ContactEvent.ContactAdded) draft.events().get(0)).contact();
        assertThat(told.stableId()).isEqualTo(new StableId("p-2", Confidence.CERTAIN));
        assertThat(told.realId()).isEqualTo("wxid_2");
    }

    @Test
    void aRoomThatIsRemovedAndComesAgainAtOnceKeepsItsId() {
        var id = new StableId("r-1", Confidence.CERTAIN);
        draft.put(Contact.named(ROOM).withStableId(id, "1@chatroom"));
        changes.removed(ROOM);
        changes.apply(ContactPatch.ofNickName(ROOM, "room"), Changes.Source.CHANGE);
        recognition.recogniseAll();
        assertThat(told()).containsExactly("wx.room.removed @@1", "wx.room.added @@1");
        assertThat(((ContactEvent.RoomRemoved) draft.events().get(0)).room().stableId())
                .isEqualTo(id);
        Contact added = ((ContactEvent.RoomAdded) draft.events().get(1)).room();
        assertThat(added.stableId()).isEqualTo(id);
        assertThat(added.realId()).isEqualTo("1@chatroom");
        assertThat(draft.absent()).as("an id is in one place at a time").isEmpty();
    }

    @Test
    void whatDiffersIsNamedAndNothingElse() {
        Contact.Room before = Objects.requireNonNull(Contact.named(ROOM).room());
        Contact room = Contact.named(ROOM);
        assertThat(Differences.between(room, room.withRoom(with(before, UserName.NONE, true, 0))))
                .isEqualTo(Set.of(ContactField.OWNED));
        assertThat(Differences.between(room, room.withRoom(with(before, ONE, false, 0))))
                .isEqualTo(Set.of(ContactField.OWNER));
        assertThat(Differences.between(room, room.withRoom(with(before, UserName.NONE, false, 3))))
                .isEqualTo(Set.of(ContactField.MEMBER_COUNT));
    }

    private static Contact.Room with(Contact.Room room, UserName owner, boolean owned, int count) {
        return new Contact.Room(room.encryChatRoomId(), owner, owned, count, room.members());
    }
}
