package io.wxflux.internal.wire;

import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Contact records as they occur in five answers (PROTOCOL 7.3 and 8.3). Records without a name are nobody. */
final class Contacts {
    private static final int MOST_CONTACTS = 20_000;
    static final int MOST_MEMBERS = 2_000;

    /** Of all rooms of one answer: as many as fifty full rooms, which is what is asked for at once. */
    private static final int MOST_MEMBERS_OF_ALL = 100_000;

    private static final Pattern KEY = Pattern.compile("(?i)&skey=[^&]*");
    private static final Pattern FIRST_KEY = Pattern.compile("(?i)\\?skey=[^&]*&?");

    private Contacts() {}

    static List<ContactPatch> readList(JsonReader in) {
        List<ContactPatch> contacts = new ArrayList<>();
        int members = 0;
        if (in.enterArray()) {
            while (in.nextObject()) {
                ContactPatch contact = read(in, Math.min(MOST_MEMBERS, MOST_MEMBERS_OF_ALL - members));
                members += contact.members == null ? 0 : contact.members.size();
                if (!contact.userName().isEmpty() && contacts.size() < MOST_CONTACTS) {
                    contacts.add(contact);
                }
            }
        }
        return contacts;
    }

    /** Records of changes: there a 0 as Statues says nothing, other answers tell whether a room is muted. */
    static List<ContactPatch> readChanges(JsonReader in) {
        List<ContactPatch> changes = readList(in);
        for (ContactPatch change : changes) {
            if (change.statues != null && change.statues == 0) {
                change.statues = null;
            }
        }
        return changes;
    }

    /** Only the names: of deleted contacts the server says no more. */
    static List<UserName> readNames(JsonReader in) {
        List<UserName> names = new ArrayList<>();
        if (in.enterArray()) {
            while (in.nextObject()) {
                UserName userName = UserName.NONE;
                for (String name = in.nextName(); name != null; name = in.nextName()) {
                    if (name.equals("UserName")) {
                        userName = UserName.of(in.text());
                    } else {
                        in.skip();
                    }
                }
                if (!userName.isEmpty() && names.size() < MOST_CONTACTS) {
                    names.add(userName);
                }
            }
        }
        return names;
    }

    /** Lists such as {@code a,b,c,}: the last comma is usual. */
    static List<UserName> split(String list) {
        List<UserName> names = new ArrayList<>();
        int from = 0;
        while (from < list.length() && names.size() < MOST_CONTACTS) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? list.length() : comma;
            if (to > from) {
                names.add(UserName.of(list.substring(from, to)));
            }
            from = to + 1;
        }
        return names;
    }

    /** @param mostMembers of those listed, how many are taken */
    private static ContactPatch read(JsonReader in, int mostMembers) {
        var said = new ContactPatch(UserName.NONE);
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "UserName" -> said.userName = UserName.of(in.text());
                case "NickName" -> said.nickName = ContentText.decodeName(in.text());
                case "RemarkName" -> said.remarkName = ContentText.decodeName(in.text());
                case "Alias" -> said.alias = ContentText.decodeName(in.text());
                case "KeyWord" -> said.keyWord = in.text();
                case "PYQuanPin" -> said.pinyin = in.text();
                case "ContactFlag" -> said.contactFlag = whole(in);
                case "VerifyFlag" -> said.verifyFlag = whole(in);
                case "Sex" -> said.sex = whole(in);
                case "Signature" -> said.signature = ContentText.decodeName(in.text());
                case "Province" -> said.province = ContentText.decodeName(in.text());
                case "City" -> said.city = ContentText.decodeName(in.text());
                case "AttrStatus" -> said.attrStatus = in.number();
                case "StarFriend" -> said.starFriend = whole(in);
                case "Statues" -> said.statues = whole(in);
                case "HeadImgUrl" -> said.headImageUrl = withoutKey(in.text());
                case "EncryChatRoomId" -> said.encryChatRoomId = in.text();
                case "ChatRoomOwner" -> said.owner = in.text();
                case "IsOwner" -> said.isOwner = whole(in);
                case "MemberCount" -> said.memberCount = whole(in);
                case "MemberList" -> said.members = readMembers(in, mostMembers);
                default -> in.skip();
            }
        }
        return said;
    }

    private static @Nullable Integer whole(JsonReader in) {
        Long number = in.number();
        return number == null || number != number.intValue() ? null : number.intValue();
    }

    /** The path of a picture. Its key is put in when it is fetched: it is a secret, and changes. */
    static String withoutKey(String url) {
        return FIRST_KEY.matcher(KEY.matcher(url).replaceAll("")).replaceFirst("?");
    }

    private static List<Contact.Member> readMembers(JsonReader in, int most) {
        List<Contact.Member> members = new ArrayList<>();
        if (in.enterArray()) {
            while (in.nextObject()) {
                UserName userName = UserName.NONE;
                String nickName = "";
                String displayName = "";
                for (String name = in.nextName(); name != null; name = in.nextName()) {
                    switch (name) {
                        case "UserName" -> userName = UserName.of(in.text());
                        case "NickName" -> nickName = ContentText.decodeName(in.text());
                        case "DisplayName" -> displayName = ContentText.decodeName(in.text());
                        default -> in.skip();
                    }
                }
                if (!userName.isEmpty() && members.size() < most) {
                    members.add(new Contact.Member(userName, nickName, displayName));
                }
            }
        }
        return members;
    }
}
