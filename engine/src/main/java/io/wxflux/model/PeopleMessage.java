package io.wxflux.model;

/** People and official accounts, introduced by somebody or by themselves. */
public sealed interface PeopleMessage<D extends Record> extends DetailedMessage<D>
        permits PeopleMessage.Card, PeopleMessage.FriendRequest, PeopleMessage.PossibleFriend {
    /** MsgType 42: a contact, passed on. */
    record Card(MessageHeader header, Lazily<Details> lazily, RawMessage raw) implements PeopleMessage<Card.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.CARD;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A contact.
         *
         * @param person who
         * @param realId the lasting id; empty when the service only gives a handle
         * @param headImageUrl public
         * @param handle stands for a stranger in a friend request
         * @param ticket belongs to the handle
         */
        public record Details(Person person, String realId, String headImageUrl, Concealed handle, Concealed ticket) {}
    }

    /** MsgType 37: somebody wants to be a friend. */
    record FriendRequest(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements PeopleMessage<FriendRequest.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.FRIEND_REQUEST;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A request.
         *
         * @param person who
         * @param content what they wrote with it
         * @param scene the service's number of where they found the account: 14 a room, 17 a card, 30 a QR code, others
         * @param realId their lasting id
         * @param sourceRoom the lasting id of the room they come from; empty when none
         * @param sourceId the lasting id of who passed the card on; empty when nobody
         * @param sourceName their name
         * @param headImageUrl public
         * @param handle stands for them in an answer
         * @param ticket proves in an answer that they asked
         */
        public record Details(
                Person person,
                String content,
                int scene,
                String realId,
                String sourceRoom,
                String sourceId,
                String sourceName,
                String headImageUrl,
                Concealed handle,
                Concealed ticket) {}
    }

    /** MsgType 40: somebody the account's owner may know. */
    record PossibleFriend(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements PeopleMessage<PossibleFriend.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.POSSIBLE_FRIEND;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A proposal of the service.
         *
         * @param person who
         * @param realId their lasting id
         * @param headImageUrl public
         * @param handle stands for them in a friend request
         * @param ticket belongs to the handle
         */
        public record Details(Person person, String realId, String headImageUrl, Concealed handle, Concealed ticket) {}
    }
}
