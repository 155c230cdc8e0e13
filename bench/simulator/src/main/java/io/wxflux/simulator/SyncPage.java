package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One answer of webwxsync while it is put together. */
final class SyncPage {

    private static final Map<String, Object> EMPTY = Json.object("Buff", "");

    private static final int PROFILE_CHANGED = 190;

    private final Session session;
    private final SimAccount account;
    private final long next;
    private final boolean more;
    private final long keyTime;
    private final List<Object> messages = new ArrayList<>();
    private final List<Object> changed = new ArrayList<>();
    private final List<Object> removed = new ArrayList<>();
    private boolean profile;

    /**
     * @param next the position its keys stand for
     * @param keyTime the time its keys carry
     */
    SyncPage(Session session, long next, boolean more, long keyTime) {
        this.session = session;
        this.account = session.account();
        this.next = next;
        this.more = more;
        this.keyTime = keyTime;
    }

    void add(LogEntry entry) {
        Directory people = account.people();
        switch (entry.message().kind()) {
            case MESSAGE ->
                messages.add(MessageJson.message(entry, account.log().msgId(entry.seq()), people, session.names()));
            case CONTACT_CHANGED -> changed.add(MessageJson.changedContact(entry, people, session.names()));
            case PROFILE_CHANGED -> profile = true;
            case CONTACT_REMOVED -> removed.add(MessageJson.removedContact(entry, people, session.names()));
        }
    }

    Map<String, Object> body() {
        return Json.object(
                "BaseResponse",
                Json.baseResponse(0),
                "AddMsgCount",
                messages.size(),
                "AddMsgList",
                messages,
                "ModContactCount",
                changed.size(),
                "ModContactList",
                changed,
                "DelContactCount",
                removed.size(),
                "DelContactList",
                removed,
                "ModChatRoomMemberCount",
                0,
                "ModChatRoomMemberList",
                List.of(),
                "Profile",
                profile(),
                "ContinueFlag",
                more ? 1 : 0,
                "SyncKey",
                account.keys().json(next, SyncKeys.Use.SYNC, keyTime),
                "SKey",
                "",
                "SyncCheckKey",
                account.keys().json(next, SyncKeys.Use.CHECK, keyTime));
    }

    /** All fields are empty unless BitFlag says that something changed. */
    private Map<String, Object> profile() {
        Directory people = account.people();
        SimPeer self = SimPeer.self();
        return Json.object(
                "BitFlag",
                profile ? PROFILE_CHANGED : 0,
                "UserName",
                profile ? Json.object("Buff", people.userName(session.names(), self)) : EMPTY,
                "NickName",
                profile ? Json.object("Buff", people.wireName(self)) : EMPTY,
                "BindUin",
                0,
                "BindEmail",
                EMPTY,
                "BindMobile",
                EMPTY,
                "Status",
                0,
                "Sex",
                profile ? 1 : 0,
                "PersonalCard",
                0,
                "Alias",
                "",
                "HeadImgUpdateFlag",
                profile ? 1 : 0,
                "HeadImgUrl",
                profile ? ContactJson.headImage(self, people, session.names()) : "",
                "Signature",
                "");
    }
}
