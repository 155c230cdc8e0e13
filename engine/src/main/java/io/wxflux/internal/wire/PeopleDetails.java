package io.wxflux.internal.wire;

import io.wxflux.model.Concealed;
import io.wxflux.model.PeopleMessage.Card;
import io.wxflux.model.PeopleMessage.FriendRequest;
import io.wxflux.model.PeopleMessage.PossibleFriend;
import io.wxflux.model.Person;
import io.wxflux.model.UserName;

/** Cards and friend requests (PROTOCOL 9.3 and 9.5): RecommendInfo of the envelope, attributes of the XML's root. */
final class PeopleDetails {
    private static final String HANDLE = "@stranger";

    private PeopleDetails() {}

    static Card.Details card(Material from) {
        XmlElement root = from.xml();
        String id = root.attribute("username");
        return new Card.Details(
                person(from, root.attribute("nickname")),
                id.endsWith(HANDLE) ? "" : id,
                headImage(root),
                Concealed.of(id.endsWith(HANDLE) ? id : ""),
                ticket(from, root.attribute("antispamticket")));
    }

    static FriendRequest.Details request(Material from) {
        XmlElement root = from.xml();
        return new FriendRequest.Details(
                person(from, root.attribute("fromnickname")),
                Material.first(root.attribute("content"), from.fields().text("RecommendInfo.Content")),
                Material.first(
                        Numbers.intOrZero(root.attribute("scene")),
                        from.fields().intNumber("RecommendInfo.Scene")),
                root.attribute("fromusername"),
                root.attribute("chatroomusername"),
                Material.first(root.attribute("sourceusername"), root.attribute("sharecardusername")),
                Material.first(root.attribute("sourcenickname"), root.attribute("sharecardnickname")),
                headImage(root),
                Concealed.of(root.attribute("encryptusername")),
                ticket(from, root.attribute("ticket")));
    }

    static PossibleFriend.Details possible(Material from) {
        XmlElement root = from.xml();
        return new PossibleFriend.Details(
                person(from, root.attribute("fromnickname")),
                root.attribute("fromusername"),
                headImage(root),
                Concealed.of(root.attribute("encryptusername")),
                ticket(from, root.attribute("ticket")));
    }

    private static Person person(Material from, String nickName) {
        MessageObject fields = from.fields();
        XmlElement root = from.xml();
        return new Person(
                UserName.of(fields.raw("RecommendInfo.UserName")),
                Material.first(fields.name("RecommendInfo.NickName"), nickName),
                Material.first(fields.raw("RecommendInfo.Alias"), root.attribute("alias")),
                Material.first(fields.name("RecommendInfo.Province"), root.attribute("province")),
                Material.first(fields.name("RecommendInfo.City"), root.attribute("city")),
                Material.first(fields.text("RecommendInfo.Signature"), root.attribute("sign")),
                Material.first(fields.intNumber("RecommendInfo.Sex"), Numbers.intOrZero(root.attribute("sex"))),
                Material.first(
                        fields.intNumber("RecommendInfo.VerifyFlag"), Numbers.intOrZero(root.attribute("certflag"))));
    }

    private static Concealed ticket(Material from, String inXml) {
        return Concealed.of(Material.first(from.fields().raw("RecommendInfo.Ticket"), inXml));
    }

    private static String headImage(XmlElement root) {
        return Material.first(root.attribute("bigheadimgurl"), root.attribute("smallheadimgurl"));
    }
}
