package io.wxflux.internal.wire;

import io.wxflux.model.Message;
import io.wxflux.model.MsgId;
import io.wxflux.model.RawMessage;
import io.wxflux.model.SyncKey;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of webwxsync (PROTOCOL 8.2). Unless {@code ret} is 0 everything else is empty: what a refusal carries is
 * not to be trusted. The lists count, the counts beside them do not.
 *
 * @param messages in the server's order, as their own bytes
 * @param modified new and changed contacts, as far as the server tells
 * @param profile the account itself, when that changed
 * @param syncKey for the next webwxsync; empty when there is no usable one
 * @param syncCheckKey for the next synccheck; the syncKey when the answer has none, empty when it has an unusable one
 * @param skey replaces the known one unless empty
 * @param more the server has more: ask again at once
 */
public record SyncBody(
        int ret,
        List<ReceivedMessage> messages,
        List<ContactPatch> modified,
        List<UserName> deleted,
        @Nullable ContactPatch profile,
        SyncKey syncKey,
        SyncKey syncCheckKey,
        String skey,
        boolean more) {
    private static final int PROFILE_CHANGED = 190;

    /**
     * The service sends a few hundred at once. Cutting the list would lose what is behind, because the key counts for all of
     * it; so the whole answer is refused, and its key with it.
     */
    private static final int MOST_MESSAGES = 20_000;

    public SyncBody {
        messages = List.copyOf(messages);
        modified = List.copyOf(modified);
        deleted = List.copyOf(deleted);
    }

    /**
     * A message, and what was found when its batch was read: nobody has to read it again as long as this is at hand.
     *
     * @param id by which repetitions are recognised
     * @param envelope null when it is no object
     */
    public record ReceivedMessage(
            MsgId id, RawMessage raw, @Nullable Envelope envelope) {
        /** PROTOCOL 9.3; 0 when it has none. */
        public int msgType() {
            return envelope == null ? 0 : envelope.msgType();
        }

        /** @param self this account's name in the session the message came with */
        public Message message(UserName self) {
            return MessageDecoder.decode(envelope, raw, self);
        }
    }

    /** One that says nothing but this. */
    public static SyncBody ofContacts(List<ContactPatch> modified, List<UserName> deleted) {
        return new SyncBody(0, List.of(), modified, deleted, null, SyncKey.EMPTY, SyncKey.EMPTY, "", false);
    }

    public static SyncBody parse(byte[] body) {
        return JsonReader.read("webwxsync", body, SyncBody::read);
    }

    private static SyncBody read(JsonReader in) {
        BaseResponse base = null;
        List<ReceivedMessage> messages = List.of();
        List<ContactPatch> modified = List.of();
        List<UserName> deleted = List.of();
        ContactPatch profile = null;
        SyncKey syncKey = SyncKey.EMPTY;
        SyncKey syncCheckKey = null;
        String skey = "";
        boolean more = false;
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            switch (name) {
                case "BaseResponse" -> base = BaseResponse.read(in);
                case "AddMsgList" -> messages = readMessages(in);
                case "ModContactList" -> modified = Contacts.readChanges(in);
                case "DelContactList" -> deleted = Contacts.readNames(in);
                case "Profile" -> profile = readProfile(in);
                case "SyncKey" -> syncKey = SyncKeys.read(in);
                case "SyncCheckKey" -> syncCheckKey = SyncKeys.read(in);
                case "SKey" -> skey = InitBody.usable(in.text());
                case "ContinueFlag" -> more = in.number(0) != 0;
                default -> in.skip();
            }
        }
        int ret = BaseAnswer.required(base, in).ret();
        if (ret != 0) {
            return new SyncBody(ret, List.of(), List.of(), List.of(), null, SyncKey.EMPTY, SyncKey.EMPTY, "", false);
        }
        // Old servers leave it out. Then one key serves for both: a check with a key from long ago always says "news".
        SyncKey check = syncCheckKey == null ? syncKey : syncCheckKey;
        return new SyncBody(0, messages, modified, deleted, profile, syncKey, check, skey, more);
    }

    /** Something to read only if its BitFlag says so; texts in it are in an object of their own (PROTOCOL 8.3). */
    private static @Nullable ContactPatch readProfile(JsonReader in) {
        if (!in.enterObject()) {
            return null;
        }
        boolean changed = false;
        boolean picture = false;
        String nickName = null;
        String url = null;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "BitFlag" -> changed = in.number(0) == PROFILE_CHANGED;
                case "NickName" -> nickName = buffer(in);
                case "HeadImgUpdateFlag" -> picture = in.number(0) != 0;
                case "HeadImgUrl" -> url = in.text();
                default -> in.skip();
            }
        }
        if (!changed) {
            return null;
        }
        var said = new ContactPatch(UserName.NONE);
        said.nickName = nickName == null ? null : ContentText.decodeName(nickName);
        said.headImageUrl = picture && url != null ? Contacts.withoutKey(url) : null;
        return said;
    }

    private static String buffer(JsonReader in) {
        String text = "";
        if (in.enterObject()) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                if (name.equals("Buff")) {
                    text = in.text();
                } else {
                    in.skip();
                }
            }
        }
        return text;
    }

    /** Elements that are no objects are messages too, of a kind nobody knows: nothing is dropped. */
    private static List<ReceivedMessage> readMessages(JsonReader in) {
        List<ReceivedMessage> messages = new ArrayList<>();
        if (!in.enterArray()) {
            return messages;
        }
        while (in.nextElement()) {
            if (messages.size() == MOST_MESSAGES) {
                throw in.violation("that has more than " + MOST_MESSAGES + " messages");
            }
            int start = in.tokenStart();
            Envelope envelope = null;
            if (in.atObject()) {
                envelope = Envelope.read(in);
            } else {
                in.skipCurrent();
            }
            RawMessage raw = in.sliceFrom(start);
            MsgId id = envelope == null ? MsgIds.ofBytes(raw) : envelope.id(raw);
            messages.add(new ReceivedMessage(id, raw, envelope));
        }
        return messages;
    }

    @Override
    public String toString() {
        return "SyncBody[ret " + ret + ", " + messages.size() + " messages, " + modified.size() + " modified, "
                + deleted.size() + " deleted" + (more ? ", more]" : "]");
    }
}
