package io.wxflux.internal.contacts;

import io.wxflux.internal.wire.SyncBody.ReceivedMessage;
import io.wxflux.model.Message;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.Person;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in which the service says what lasting id is behind a name (PROTOCOL 7.7).
 *
 * @param nickName of somebody whom the message introduces, and who need not be known; null where it introduces nobody
 */
record Proof(UserName name, String realId, @Nullable String nickName) {
    private static final int CARD = 42;
    private static final int FRIEND_REQUEST = 37;
    private static final int STATUS_NOTIFY = 51;
    private static final int SYSTEM_XML = 10_002;
    private static final int LONGEST_ID = 100;

    /** What a batch of messages proves, and the chats that the phone has open: those may be news as well. */
    record Evidence(List<Proof> proofs, List<UserName> chats) {
        static final Evidence NONE = new Evidence(List.of(), List.of());
    }

    static Evidence in(List<ReceivedMessage> messages, UserName self) {
        List<Proof> proofs = new ArrayList<>();
        List<UserName> chats = new ArrayList<>();
        for (ReceivedMessage message : messages) {
            switch (message.msgType()) {
                case CARD, FRIEND_REQUEST, STATUS_NOTIFY, SYSTEM_XML -> collect(message.message(self), proofs, chats);
                default -> {}
            }
        }
        return proofs.isEmpty() && chats.isEmpty() ? Evidence.NONE : new Evidence(proofs, chats);
    }

    private static void collect(Message message, List<Proof> proofs, List<UserName> chats) {
        if (message instanceof Message.StatusNotify notify) {
            List<String> ids = notify.details().realIds();
            List<UserName> names = notify.userNames();
            chats.addAll(names);
            // By their places, which mean nothing when one list is shorter.
            for (int i = 0; ids.size() == names.size() && i < ids.size(); i++) {
                add(proofs, names.get(i), ids.get(i), null);
            }
        } else if (message instanceof Message.Recall recall) {
            add(proofs, message.header().conversation(), recall.details().session(), null);
        } else if (message instanceof PeopleMessage.Card card) {
            add(proofs, card.details().person(), card.details().realId());
        } else if (message instanceof PeopleMessage.FriendRequest request) {
            add(proofs, request.details().person(), request.details().realId());
        }
    }

    private static void add(List<Proof> proofs, Person introduced, String realId) {
        add(proofs, introduced.userName(), realId, introduced.nickName());
    }

    /** A room's lasting id ends as such; a name that is no name of this login has nothing behind it. */
    private static void add(List<Proof> proofs, UserName name, String realId, @Nullable String nickName) {
        boolean isName = name.value().startsWith("@") && !name.value().endsWith("@stranger");
        boolean isId = !realId.isEmpty() && realId.length() <= LONGEST_ID && !realId.startsWith("@");
        if (isName && isId && name.isRoom() == realId.endsWith("@chatroom")) {
            proofs.add(new Proof(name, realId, nickName));
        }
    }
}
