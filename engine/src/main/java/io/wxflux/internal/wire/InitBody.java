package io.wxflux.internal.wire;

import io.wxflux.model.ArticlePush;
import io.wxflux.model.SyncKey;
import io.wxflux.model.UserName;
import java.util.List;

/**
 * The answer of webwxinit (PROTOCOL 6.1). Unless {@code ret} is 0 everything else is empty.
 *
 * @param skey replaces the one of the login page; empty when there is none or it could not be used
 * @param contacts the recent chats, not the friends
 * @param chatSet the order of the phone's chat list
 * @param inviteStartCount from how many members on a room takes invitations only
 * @param articles what official accounts published last
 */
public record InitBody(
        int ret,
        String errMsg,
        SyncKey syncKey,
        String skey,
        UserName self,
        long uin,
        String nickName,
        String headImageUrl,
        List<ContactPatch> contacts,
        List<UserName> chatSet,
        int inviteStartCount,
        List<ArticlePush> articles) {
    private static final int MOST_SKEY = 1024;
    private static final int USUAL_INVITE_START = 40;

    public InitBody {
        contacts = List.copyOf(contacts);
        chatSet = List.copyOf(chatSet);
        articles = List.copyOf(articles);
    }

    public static InitBody parse(byte[] body) {
        return JsonReader.read("webwxinit", body, InitBody::read);
    }

    private static InitBody read(JsonReader in) {
        BaseResponse base = null;
        SyncKey syncKey = SyncKey.EMPTY;
        String skey = "";
        Self self = Self.NOBODY;
        List<ContactPatch> contacts = List.of();
        List<UserName> chatSet = List.of();
        int inviteStartCount = USUAL_INVITE_START;
        List<ArticlePush> articles = List.of();
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            switch (name) {
                case "BaseResponse" -> base = BaseResponse.read(in);
                case "SyncKey" -> syncKey = SyncKeys.read(in);
                case "SKey" -> skey = usable(in.text());
                case "User" -> self = Self.read(in);
                case "ContactList" -> contacts = Contacts.readList(in);
                case "ChatSet" -> chatSet = Contacts.split(in.text());
                case "InviteStartCount" -> inviteStartCount = in.intNumber(USUAL_INVITE_START);
                case "MPSubscribeMsgList" -> articles = ArticlePushes.readList(in);
                default -> in.skip();
            }
        }
        BaseResponse head = BaseAnswer.required(base, in);
        if (head.ret() != 0) {
            return new InitBody(
                    head.ret(),
                    head.errMsg(),
                    SyncKey.EMPTY,
                    "",
                    UserName.NONE,
                    0,
                    "",
                    "",
                    List.of(),
                    List.of(),
                    0,
                    List.of());
        }
        if (self.userName.isEmpty()) {
            throw in.violation("that says Ret 0 but not who we are");
        }
        return new InitBody(
                0,
                head.errMsg(),
                syncKey,
                skey,
                self.userName,
                self.uin,
                self.nickName,
                self.headImageUrl,
                contacts,
                chatSet,
                inviteStartCount > 0 ? inviteStartCount : USUAL_INVITE_START,
                articles);
    }

    /** A key that does not fit into a URL replaces nothing. */
    static String usable(String skey) {
        return SafeText.isToken(skey, MOST_SKEY) ? skey : "";
    }

    private record Self(UserName userName, long uin, String nickName, String headImageUrl) {
        private static final Self NOBODY = new Self(UserName.NONE, 0, "", "");

        private static Self read(JsonReader in) {
            if (!in.enterObject()) {
                return NOBODY;
            }
            UserName userName = UserName.NONE;
            long uin = 0;
            String nickName = "";
            String headImageUrl = "";
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                switch (name) {
                    case "UserName" -> userName = UserName.of(in.text());
                    case "Uin" -> uin = in.number(0);
                    case "NickName" -> nickName = ContentText.decodeName(in.text());
                    case "HeadImgUrl" -> headImageUrl = Contacts.withoutKey(in.text());
                    default -> in.skip();
                }
            }
            return new Self(userName, uin, nickName, headImageUrl);
        }
    }

    @Override
    public String toString() {
        return "InitBody[ret " + ret + ", " + contacts.size() + " contacts]";
    }
}
