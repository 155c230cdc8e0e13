package io.wxflux.sink;

import io.wxflux.model.PeopleMessage;
import io.wxflux.model.Person;
import tools.jackson.core.JsonGenerator;

/** What cards, friend requests and proposals say; tickets and handles stay inside. */
final class CloudEventsPeople {
    private CloudEventsPeople() {}

    static void write(JsonGenerator json, PeopleMessage<?> message) {
        if (message instanceof PeopleMessage.Card card) {
            card(json, card.details());
        } else if (message instanceof PeopleMessage.FriendRequest friendRequest) {
            friendRequest(json, friendRequest.details());
        } else if (message instanceof PeopleMessage.PossibleFriend possibleFriend) {
            possibleFriend(json, possibleFriend.details());
        }
    }

    private static void card(JsonGenerator json, PeopleMessage.Card.Details details) {
        person(json, details.person());
        CloudEventsJson.known(json, "realId", details.realId());
        CloudEventsJson.known(json, "headImageUrl", details.headImageUrl());
    }

    private static void friendRequest(JsonGenerator json, PeopleMessage.FriendRequest.Details details) {
        person(json, details.person());
        CloudEventsJson.text(json, "content", details.content());
        CloudEventsJson.known(json, "scene", details.scene());
        CloudEventsJson.known(json, "realId", details.realId());
        CloudEventsJson.known(json, "sourceRoom", details.sourceRoom());
        CloudEventsJson.known(json, "sourceId", details.sourceId());
        CloudEventsJson.known(json, "sourceName", details.sourceName());
        CloudEventsJson.known(json, "headImageUrl", details.headImageUrl());
    }

    private static void possibleFriend(JsonGenerator json, PeopleMessage.PossibleFriend.Details details) {
        person(json, details.person());
        CloudEventsJson.known(json, "realId", details.realId());
        CloudEventsJson.known(json, "headImageUrl", details.headImageUrl());
    }

    private static void person(JsonGenerator json, Person person) {
        json.writeObjectPropertyStart("person");
        CloudEventsJson.text(json, "userName", person.userName().value());
        CloudEventsJson.known(json, "nickName", person.nickName());
        CloudEventsJson.known(json, "alias", person.alias());
        CloudEventsJson.known(json, "province", person.province());
        CloudEventsJson.known(json, "city", person.city());
        CloudEventsJson.known(json, "signature", person.signature());
        CloudEventsJson.known(json, "sex", person.sex());
        json.writeBooleanProperty("officialAccount", person.isOfficialAccount());
        json.writeEndObject();
    }
}
