package io.wxflux.sink;

import io.wxflux.event.ContactEvent;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactField;
import io.wxflux.model.Party;
import io.wxflux.model.StableId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** People and rooms, by their names in messages or with all that is known of them. */
final class CloudEventsContact {
    private CloudEventsContact() {}

    static void write(JsonGenerator json, ContactEvent event) {
        if (event instanceof ContactEvent.ContactAdded added) {
            contact(json, "contact", added.contact());
        } else if (event instanceof ContactEvent.ContactUpdated updated) {
            contact(json, "contact", updated.contact());
            changed(json, updated.changed());
        } else if (event instanceof ContactEvent.ContactRemoved removed) {
            contact(json, "contact", removed.contact());
        } else if (event instanceof ContactEvent.RoomAdded added) {
            contact(json, "room", added.room());
        } else if (event instanceof ContactEvent.RoomUpdated updated) {
            contact(json, "room", updated.room());
            changed(json, updated.changed());
        } else if (event instanceof ContactEvent.RoomRemoved removed) {
            contact(json, "room", removed.room());
        } else if (event instanceof ContactEvent.MemberJoined joined) {
            party(json, "room", joined.room());
            party(json, "member", joined.member());
        } else if (event instanceof ContactEvent.MemberLeft left) {
            party(json, "room", left.room());
            party(json, "member", left.member());
        } else if (event instanceof ContactEvent.RoomRenamed renamed) {
            party(json, "room", renamed.room());
            CloudEventsJson.text(json, "before", renamed.before());
            CloudEventsJson.text(json, "now", renamed.now());
        } else if (event instanceof ContactEvent.ProfileUpdated updated) {
            contact(json, "self", updated.self());
            changed(json, updated.changed());
        }
    }

    static void party(JsonGenerator json, String role, Party party) {
        json.writeObjectPropertyStart(role);
        CloudEventsJson.text(json, "userName", party.userName().value());
        name(json, "nickName", party.nickName());
        name(json, "remarkName", party.remarkName());
        name(json, "displayName", party.displayName());
        id(json, party.stableId());
        json.writeEndObject();
    }

    /** Without members, and without the path of the picture, which needs a key. */
    private static void contact(JsonGenerator json, String role, Contact contact) {
        json.writeObjectPropertyStart(role);
        CloudEventsJson.text(json, "userName", contact.userName().value());
        id(json, contact.stableId());
        CloudEventsJson.known(json, "realId", contact.realId());
        json.writeStringProperty("kind", CloudEventsJson.word(contact.kind()));
        CloudEventsJson.known(json, "nickName", contact.nickName());
        CloudEventsJson.known(json, "remarkName", contact.remarkName());
        CloudEventsJson.known(json, "alias", contact.alias());
        CloudEventsJson.known(json, "sex", contact.sex());
        CloudEventsJson.known(json, "signature", contact.signature());
        CloudEventsJson.known(json, "province", contact.province());
        CloudEventsJson.known(json, "city", contact.city());
        json.writeBooleanProperty("starred", contact.isStarred());
        json.writeBooleanProperty("pinned", contact.isPinned());
        json.writeBooleanProperty("muted", contact.isMuted());
        json.writeBooleanProperty("blacklisted", contact.isBlacklisted());
        json.writeBooleanProperty("inAddressBook", contact.isInAddressBook());
        Contact.Room room = contact.room();
        if (room != null) {
            json.writeNumberProperty("memberCount", room.memberCount());
            json.writeBooleanProperty("owned", room.isOwner());
            CloudEventsJson.known(json, "owner", room.owner().value());
        }
        json.writeEndObject();
    }

    private static void changed(JsonGenerator json, Set<ContactField> fields) {
        CloudEventsJson.texts(
                json,
                "changed",
                fields.stream().sorted().map(ContactField::word).toList());
    }

    private static void id(JsonGenerator json, @Nullable StableId id) {
        if (id != null) {
            CloudEventsJson.text(json, "stableId", id.value());
            json.writeStringProperty("stableIdConfidence", CloudEventsJson.word(id.confidence()));
        }
    }

    private static void name(JsonGenerator json, String property, @Nullable String value) {
        if (value != null) {
            CloudEventsJson.text(json, property, value);
        }
    }
}
