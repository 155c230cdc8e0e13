package io.wxflux.internal.wire;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.model.Contact;
import io.wxflux.model.Party;
import io.wxflux.model.StableId;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Contacts as the store keeps them. The first byte is the version; old versions stay readable. */
public final class ContactForm {
    private static final int VERSION = 1;

    /** Stands for the contact's own UserName in the path of its picture. */
    private static final String NAME = "\u0001";

    private ContactForm() {}

    public static byte[] encode(Collection<Contact> contacts) {
        var out = new PackedWriter(64 + contacts.size() * 192).number(VERSION).number(contacts.size());
        contacts.forEach(contact -> write(out, contact));
        return out.toByteArray();
    }

    /** @throws CorruptStoreException when the bytes are damaged or of a newer version */
    public static List<Contact> decode(byte[] bytes) {
        var in = new PackedReader("a document of contacts", bytes);
        version(in);
        int count = in.count();
        var contacts = new ArrayList<Contact>(count);
        for (int i = 0; i < count; i++) {
            contacts.add(contact(in));
        }
        in.end();
        return contacts;
    }

    static void version(PackedReader in) {
        long version = in.number();
        if (version != VERSION) {
            throw new CorruptStoreException(in.what() + " has contacts of version " + version
                    + ", this program reads up to " + VERSION
                    + ": it was written by a newer wxflux; start that one again, nothing was changed");
        }
    }

    static PackedWriter start() {
        return new PackedWriter(256).number(VERSION);
    }

    static void write(PackedWriter out, Contact contact) {
        String name = contact.userName().value();
        out.text(name);
        id(out, contact.stableId());
        out.text(contact.realId())
                .text(contact.nickName())
                .text(contact.remarkName())
                .text(contact.alias())
                .text(contact.keyWord())
                .text(contact.pinyin())
                .number(contact.contactFlag())
                .number(contact.verifyFlag())
                .number(contact.sex())
                .text(contact.signature())
                .text(contact.province())
                .text(contact.city())
                .number(contact.attrStatus())
                .number(contact.starFriend() ? 1 : 0)
                .number(contact.statues())
                .text(
                        name.isEmpty()
                                ? contact.headImageUrl()
                                : contact.headImageUrl().replace(name, NAME));
        Contact.Room room = contact.room();
        out.number(room == null ? 0 : 1);
        if (room != null) {
            out.text(room.encryChatRoomId())
                    .text(room.owner().value())
                    .number(room.isOwner() ? 1 : 0)
                    .number(room.memberCount())
                    .number(room.members().size());
            for (Contact.Member member : room.members()) {
                out.text(member.userName().value()).text(member.nickName()).text(member.displayName());
            }
        }
    }

    static Contact contact(PackedReader in) {
        UserName name = UserName.of(in.text());
        return new Contact(
                name,
                id(in),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.intNumber(),
                in.intNumber(),
                in.intNumber(),
                in.text(),
                in.text(),
                in.text(),
                in.number(),
                in.number() != 0,
                in.intNumber(),
                in.text().replace(NAME, name.value()),
                in.number() == 0 ? null : room(in));
    }

    private static Contact.Room room(PackedReader in) {
        String encryChatRoomId = in.text();
        UserName owner = UserName.of(in.text());
        boolean isOwner = in.number() != 0;
        int memberCount = in.intNumber();
        int count = in.count();
        var members = new ArrayList<Contact.Member>(count);
        for (int i = 0; i < count; i++) {
            members.add(new Contact.Member(UserName.of(in.text()), in.text(), in.text()));
        }
        return new Contact.Room(encryChatRoomId, owner, isOwner, memberCount, members);
    }

    static void write(PackedWriter out, Party party) {
        out.text(party.userName().value());
        optional(out, party.nickName());
        optional(out, party.remarkName());
        optional(out, party.displayName());
        id(out, party.stableId());
    }

    static Party party(PackedReader in) {
        return new Party(UserName.of(in.text()), optional(in), optional(in), optional(in), id(in));
    }

    private static void optional(PackedWriter out, @Nullable String text) {
        out.text(text == null ? "" : text);
    }

    private static @Nullable String optional(PackedReader in) {
        String text = in.text();
        return text.isEmpty() ? null : text;
    }

    /** The confidence by its number, which is never given to another. */
    private static void id(PackedWriter out, @Nullable StableId id) {
        out.text(id == null ? "" : id.value());
        if (id != null) {
            out.number(
                    switch (id.confidence()) {
                        case NEW -> 0;
                        case POSSIBLE -> 1;
                        case LIKELY -> 2;
                        case CERTAIN -> 3;
                    });
        }
    }

    private static @Nullable StableId id(PackedReader in) {
        String value = in.text();
        if (value.isEmpty()) {
            return null;
        }
        return new StableId(
                value,
                switch (in.intNumber()) {
                    case 0 -> StableId.Confidence.NEW;
                    case 1 -> StableId.Confidence.POSSIBLE;
                    case 2 -> StableId.Confidence.LIKELY;
                    case 3 -> StableId.Confidence.CERTAIN;
                    default -> throw in.damaged();
                });
    }
}
