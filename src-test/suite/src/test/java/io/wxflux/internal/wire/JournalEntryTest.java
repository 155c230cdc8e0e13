package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.ContactEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.SendEvent;
import io.wxflux.model.AccountId;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactField;
import io.wxflux.model.MsgId;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.Party;
import io.wxflux.model.RawMessage;
import io.wxflux.model.StableId;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JournalEntryTest {
    private static final AccountId SHOP = AccountId.of("shop-1");
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.000000789Z");

    private static EventHead head(String suffix) {
        return new EventHead(SHOP, "shop-1-" + suffix + "-41", NOW, OptionalLong.of(41));
    }

    private static List<AccountEvent> journaled() {
        return List.of(
                new Lifecycle.LoggedIn(
                        head("logged-in"), new Uin(4_294_967_295L), "我 🌸", Lifecycle.Origin.PUSH, "wx.example"),
                new Lifecycle.Ready(head("ready"), 1234, 56),
                new Lifecycle.Resumed(head("resumed"), new Uin(7), "", "wx2.example"),
                new Lifecycle.LoggedOut(head("logged-out"), -14, "the phone signed it out"),
                new Lifecycle.Refused(head("refused"), "1203: may not use the web"),
                new SendEvent(
                        head("send-refused"),
                        new OutboxEntry(
                                "17000000001234321",
                                UserName.of("@@room"),
                                Outgoing.Kind.FILE,
                                OutboxEntry.State.REFUSED,
                                Instant.parse("2026-02-03T04:05:06.789Z"),
                                Instant.parse("2026-02-03T05:05:06.789Z"),
                                new MsgId(""),
                                "1204: 不行"),
                        room().party()),
                new ContactEvent.ContactAdded(head("contact-added"), contact()),
                new ContactEvent.ContactUpdated(head("contact-updated"), contact(), EnumSet.allOf(ContactField.class)),
                new ContactEvent.ContactRemoved(head("contact-removed"), contact()),
                new ContactEvent.RoomAdded(head("room-added"), room()),
                new ContactEvent.RoomUpdated(head("room-updated"), room(), Set.of(ContactField.OWNER)),
                new ContactEvent.RoomRemoved(head("room-removed"), room()),
                new ContactEvent.MemberJoined(
                        head("member-joined"), room().party(), contact().party()),
                new ContactEvent.MemberLeft(
                        head("member-left"), room().party(), new Party(UserName.of("@m"), "甲", null, "card")),
                new ContactEvent.RoomRenamed(head("room-renamed"), room().party(), "", "新"),
                new ContactEvent.ProfileUpdated(head("profile-updated"), contact(), Set.of(ContactField.NICK_NAME)));
    }

    private static Contact contact() {
        return new Contact(
                UserName.of("@a1"),
                new StableId("p-1", StableId.Confidence.POSSIBLE),
                "wxid_1",
                "我 🌸",
                "remark",
                "alias",
                "wxi",
                "wo",
                2115,
                -8,
                2,
                "sign",
                "广东",
                "深圳",
                4_294_967_295L,
                true,
                0,
                "/cgi-bin/mmwebwx-bin/webwxgeticon?seq=9&username=@a1",
                null);
    }

    private static Contact room() {
        return Contact.named(UserName.of("@@r1"))
                .withStableId(new StableId("r-1", StableId.Confidence.NEW), "")
                .withRoom(new Contact.Room(
                        "@enc",
                        UserName.of("@a1"),
                        true,
                        2,
                        List.of(new Contact.Member(UserName.of("@a1"), "n", "d"))));
    }

    @Test
    void aMessageComesBackByteForByte() {
        var raw = RawMessage.wrap(utf8("{\"MsgId\":\"1\",\"Content\":\"汉\"}"));
        byte[] payload = JournalEntry.message(new Uin(1234567890), UserName.of(Documents.SELF), raw);
        assertThat(JournalEntry.decode(payload))
                .isEqualTo(new JournalEntry.OfMessage(new Uin(1234567890), UserName.of(Documents.SELF), raw));
    }

    @Test
    void everyJournaledEventComesBackWithTheSameId() {
        for (AccountEvent event : journaled()) {
            assertThat(event.isJournaled()).isTrue();
            JournalEntry entry = JournalEntry.decode(JournalEntry.event(event));
            assertThat(entry).isInstanceOf(JournalEntry.OfEvent.class);
            var stored = (JournalEntry.OfEvent) entry;
            assertThat(stored.time()).isEqualTo(NOW);
            assertThat(stored.event(SHOP, 41)).isEqualTo(event);
        }
    }

    @Test
    void aSendThatWasWrittenBeforeItsRecipientWasNamedIsRead() {
        var entry = new OutboxEntry(
                "17000000001234321",
                UserName.of("@a1"),
                Outgoing.Kind.TEXT,
                OutboxEntry.State.QUEUED,
                Instant.parse("2026-02-03T04:05:06.789Z"),
                Instant.parse("2026-02-03T05:05:06.789Z"),
                new MsgId(""),
                "");
        var out = new EntryWriter(64, (byte) 30);
        out.number(NOW.getEpochSecond());
        out.number(NOW.getNano());
        for (String text : List.of(entry.id(), "@a1", "TEXT", "QUEUED")) {
            out.text(text);
        }
        out.number(entry.queuedAt().toEpochMilli());
        out.number(entry.expiresAt().toEpochMilli());
        out.text("");
        out.text("");
        assertThat(((JournalEntry.OfEvent) JournalEntry.decode(out.toByteArray())).event(SHOP, 41))
                .isEqualTo(new SendEvent(head("send-queued"), entry, Party.unknown(UserName.of("@a1"))));
    }

    @Test
    void whatIsLiveOnlyIsNotJournaled() {
        var event = new Lifecycle.BackingOff(head("backing-off"), "x", 1, Duration.ofSeconds(1));
        assertThatThrownBy(() -> JournalEntry.event(event)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNewerVersionSaysSo() {
        byte[] payload = JournalEntry.event(journaled().get(1));
        payload[0] = 2;
        assertThatThrownBy(() -> JournalEntry.decode(payload))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("newer");
    }

    @Test
    void damageIsNoticedAtEveryByte() {
        for (AccountEvent event : journaled()) {
            byte[] payload = JournalEntry.event(event);
            for (int length = 0; length < payload.length; length++) {
                byte[] cut = Arrays.copyOf(payload, length);
                assertThatThrownBy(() -> JournalEntry.decode(cut)).isInstanceOf(CorruptStoreException.class);
            }
            byte[] longer = Arrays.copyOf(payload, payload.length + 1);
            assertThatThrownBy(() -> JournalEntry.decode(longer)).isInstanceOf(CorruptStoreException.class);
            for (int i = 0; i < payload.length; i++) {
                byte[] flipped = payload.clone();
                flipped[i] ^= (byte) 0x80;
                try {
                    JournalEntry.decode(flipped);
                } catch (CorruptStoreException noticed) {
                    assertThat(noticed).hasMessageContaining("journal record");
                }
            }
        }
    }

    /** The form on disk; if this fails, old journals cannot be read any more. */
    @Test
    void theFormOnDiskIsFixed() {
        byte[] payload = JournalEntry.message(new Uin(1), UserName.of("@a"), RawMessage.wrap(utf8("{}")));
        assertThat(payload).containsExactly(1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, '@', 'a', '{', '}');
    }
}
