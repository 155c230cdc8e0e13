package io.wxflux.internal.wire;

import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.List;

/** Contact records as they occur in five answers (PROTOCOL 7.3 and 8.3). Records without a name are nobody. */
final class Contacts {
    private Contacts() {}

    static List<Contact> readList(JsonReader in) {
        List<Contact> contacts = new ArrayList<>();
        if (in.enterArray()) {
            while (in.nextObject()) {
                Contact contact = read(in);
                if (!contact.userName().isEmpty()) {
                    contacts.add(contact);
                }
            }
        }
        return contacts;
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
                if (!userName.isEmpty()) {
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
        while (from < list.length()) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? list.length() : comma;
            if (to > from) {
                names.add(UserName.of(list.substring(from, to)));
            }
            from = to + 1;
        }
        return names;
    }

    private static Contact read(JsonReader in) {
        UserName userName = UserName.NONE;
        String nickName = "";
        String remarkName = "";
        String alias = "";
        int contactFlag = 0;
        int verifyFlag = 0;
        List<Contact.Member> members = List.of();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "UserName" -> userName = UserName.of(in.text());
                case "NickName" -> nickName = ContentText.decodeName(in.text());
                case "RemarkName" -> remarkName = ContentText.decodeName(in.text());
                case "Alias" -> alias = in.text();
                case "ContactFlag" -> contactFlag = in.intNumber(0);
                case "VerifyFlag" -> verifyFlag = in.intNumber(0);
                case "MemberList" -> members = readMembers(in);
                default -> in.skip();
            }
        }
        return new Contact(userName, nickName, remarkName, alias, contactFlag, verifyFlag, members);
    }

    private static List<Contact.Member> readMembers(JsonReader in) {
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
                if (!userName.isEmpty()) {
                    members.add(new Contact.Member(userName, nickName, displayName));
                }
            }
        }
        return members;
    }
}
