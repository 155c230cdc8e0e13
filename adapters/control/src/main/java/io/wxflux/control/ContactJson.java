package io.wxflux.control;

import io.wxflux.event.AccountStatus;
import io.wxflux.model.Contact;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Contacts and accounts as this endpoint writes them. */
final class ContactJson {
    private ContactJson() {}

    static ObjectNode of(Contact contact) {
        ObjectNode json = Json.object();
        json.put("userName", contact.userName().value());
        json.put("kind", kind(contact));
        Json.known(json, "nickName", contact.nickName());
        Json.known(json, "remarkName", contact.remarkName());
        Json.known(json, "alias", contact.alias());
        if (contact.isRoom()) {
            json.put("members", contact.members().size());
        }
        return json;
    }

    static ObjectNode of(Contact.Member member) {
        ObjectNode json = Json.object();
        json.put("userName", member.userName().value());
        Json.known(json, "nickName", member.nickName());
        Json.known(json, "displayName", member.displayName());
        return json;
    }

    static ObjectNode of(AccountStatus status) {
        ObjectNode json = Json.object();
        json.put("id", status.account().value());
        json.put("state", status.state().name());
        if (status.uin() != null) {
            json.put("uin", status.uin().value());
        }
        Json.known(json, "nickName", status.nickName());
        Json.known(json, "since", status.since());
        json.put("received", status.received());
        json.put("duplicates", status.duplicates());
        json.put("journalEnd", status.journalEnd());
        ObjectNode cursors = Json.object();
        status.cursors().forEach(cursors::put);
        json.set("cursors", cursors);
        Json.known(json, "pollHost", status.pollHost());
        Json.known(json, "lastError", status.lastError());
        return json;
    }

    static ArrayNode members(Contact room) {
        ArrayNode members = Json.array();
        room.members().forEach(member -> members.add(of(member)));
        return members;
    }

    static String kind(Contact contact) {
        if (contact.isRoom()) {
            return "room";
        }
        return contact.isOfficialAccount() ? "official" : "person";
    }
}
