package io.wxflux.internal.wire;

import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer of webwxcreatechatroom and webwxupdatechatroom (PROTOCOL 13). Unless {@code ret} is 0 everything else is
 * empty.
 *
 * @param room the new room; empty in answers to changes
 * @param topic decoded
 * @param members those the request was about, as far as the service lists them
 * @param blackList who is named there blocked the account
 */
public record RoomBody(int ret, UserName room, String topic, List<Listed> members, List<UserName> blackList) {
    public RoomBody {
        members = List.copyOf(members);
        blackList = List.copyOf(blackList);
    }

    /** @param status 0 in the room, 4 has deleted the account, 3 has blocked it; others occur */
    public record Listed(Contact.Member member, int status) {}

    /** @param operation what was asked, for the error message */
    public static RoomBody parse(String operation, byte[] body) {
        return JsonReader.read(operation, body, RoomBody::read);
    }

    private static RoomBody read(JsonReader in) {
        BaseResponse base = null;
        String room = "";
        String topic = "";
        List<Listed> members = List.of();
        List<UserName> blackList = List.of();
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            switch (name) {
                case "BaseResponse" -> base = BaseResponse.read(in);
                case "ChatRoomName" -> room = in.text();
                case "Topic" -> topic = ContentText.decodeName(in.text());
                case "MemberList" -> members = listed(in);
                case "BlackList" -> blackList = Contacts.split(in.text());
                default -> in.skip();
            }
        }
        int ret = BaseAnswer.required(base, in).ret();
        return ret == 0
                ? new RoomBody(0, UserName.of(room), topic, members, blackList)
                : new RoomBody(ret, UserName.NONE, "", List.of(), List.of());
    }

    private static List<Listed> listed(JsonReader in) {
        List<Listed> all = new ArrayList<>();
        if (in.enterArray()) {
            while (in.nextObject()) {
                UserName userName = UserName.NONE;
                String nickName = "";
                String displayName = "";
                int status = 0;
                for (String name = in.nextName(); name != null; name = in.nextName()) {
                    switch (name) {
                        case "UserName" -> userName = UserName.of(in.text());
                        case "NickName" -> nickName = ContentText.decodeName(in.text());
                        case "DisplayName" -> displayName = ContentText.decodeName(in.text());
                        case "MemberStatus" -> status = in.intNumber(0);
                        default -> in.skip();
                    }
                }
                if (!userName.isEmpty() && all.size() < Contacts.MOST_MEMBERS) {
                    all.add(new Listed(new Contact.Member(userName, nickName, displayName), status));
                }
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return "RoomBody[ret " + ret + ", " + members.size() + " listed]";
    }
}
