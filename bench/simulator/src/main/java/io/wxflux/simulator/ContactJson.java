package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contacts, rooms and room members as the service's JSON objects. */
final class ContactJson {

    private ContactJson() {}

    /** The record of webwxgetcontact; rooms come without their members. */
    static Map<String, Object> contact(SimPeer peer, Directory people, UserNames names) {
        return record(peer, people, names, List.of());
    }

    /** The record of webwxbatchgetcontact; rooms come with their members. */
    static Map<String, Object> detail(SimPeer peer, Directory people, UserNames names) {
        List<Map<String, Object>> members = new ArrayList<>();
        if (peer.kind() == SimPeer.Kind.ROOM) {
            people.members(peer).forEach(member -> members.add(member(member, people, names)));
        }
        return record(peer, people, names, members);
    }

    /** The record of ModContactList, which has other fields than the one of webwxgetcontact. */
    static Map<String, Object> change(SimPeer peer, Directory people, UserNames names) {
        List<Map<String, Object>> members = new ArrayList<>();
        if (peer.kind() == SimPeer.Kind.ROOM) {
            people.members(peer).forEach(member -> members.add(member(member, people, names)));
        }
        Map<String, Object> json = Json.object(
                "UserName",
                people.userName(names, peer),
                "NickName",
                people.wireName(peer),
                "Sex",
                0,
                "HeadImgUpdateFlag",
                1,
                "ContactType",
                0,
                "Alias",
                "",
                "ChatRoomOwner",
                members.isEmpty() ? "" : people.userName(names, SimPeer.member(peer.index(), people.ownerOf(peer))),
                "HeadImgUrl",
                headImage(peer, people, names),
                "ContactFlag",
                contactFlag(peer, people),
                "MemberCount",
                members.size(),
                "MemberList",
                members,
                "HideInputBarFlag",
                0,
                "Signature",
                "",
                "VerifyFlag",
                verifyFlag(peer),
                "RemarkName",
                remark(peer),
                "Statues",
                0,
                "AttrStatus",
                0,
                "Province",
                "",
                "City",
                "",
                "SnsFlag",
                0,
                "KeyWord",
                keyWord(peer));
        people.changesOf(peer).forEach(json::replace);
        return json;
    }

    /** The record of the account itself in webwxinit. */
    static Map<String, Object> self(long uin, Directory people, UserNames names) {
        SimPeer self = SimPeer.self();
        return Json.object(
                "Uin",
                uin,
                "UserName",
                people.userName(names, self),
                "NickName",
                people.wireName(self),
                "HeadImgUrl",
                headImage(self, people, names),
                "RemarkName",
                "",
                "PYInitial",
                "",
                "PYQuanPin",
                "",
                "RemarkPYInitial",
                "",
                "RemarkPYQuanPin",
                "",
                "HideInputBarFlag",
                0,
                "StarFriend",
                0,
                "Sex",
                1,
                "Signature",
                "",
                "AppAccountFlag",
                0,
                "VerifyFlag",
                0,
                "ContactFlag",
                0,
                "WebWxPluginSwitch",
                0,
                "HeadImgFlag",
                1,
                "SnsFlag",
                17);
    }

    private static Map<String, Object> record(
            SimPeer peer, Directory people, UserNames names, List<Map<String, Object>> members) {
        boolean room = peer.kind() == SimPeer.Kind.ROOM;
        Map<String, Object> json = Json.object(
                "Uin",
                0,
                "UserName",
                people.userName(names, peer),
                "NickName",
                people.wireName(peer),
                "HeadImgUrl",
                headImage(peer, people, names),
                "ContactFlag",
                contactFlag(peer, people),
                "MemberCount",
                members.size(),
                "MemberList",
                members,
                "RemarkName",
                remark(peer),
                "HideInputBarFlag",
                0,
                "Sex",
                room ? 0 : 1 + peer.index() % 2,
                "Signature",
                peer.kind() == SimPeer.Kind.FRIEND ? "每天进步一点点 &amp; smile" : "",
                "VerifyFlag",
                verifyFlag(peer),
                "OwnerUin",
                0,
                "PYInitial",
                "",
                "PYQuanPin",
                "",
                "RemarkPYInitial",
                "",
                "RemarkPYQuanPin",
                "",
                "StarFriend",
                0,
                "AppAccountFlag",
                0,
                "Statues",
                room ? 1 : 0,
                "AttrStatus",
                room ? 0 : 33_656_933,
                "Province",
                "",
                "City",
                "",
                "Alias",
                "",
                "SnsFlag",
                0,
                "UniFriend",
                0,
                "DisplayName",
                "",
                "ChatRoomId",
                0,
                "KeyWord",
                keyWord(peer),
                "EncryChatRoomId",
                room ? people.userName(names, peer).substring(0, 34) : "",
                "IsOwner",
                room && people.ownerOf(peer) == 1 ? 1 : 0);
        json.putAll(people.changesOf(peer));
        return json;
    }

    static Map<String, Object> member(SimPeer member, Directory people, UserNames names) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Uin", 0);
        json.put("UserName", people.userName(names, member));
        json.put("NickName", people.wireName(member));
        json.put("AttrStatus", 102_437);
        json.put("PYInitial", "");
        json.put("PYQuanPin", "");
        json.put("RemarkPYInitial", "");
        json.put("RemarkPYQuanPin", "");
        json.put("MemberStatus", 0);
        json.put("DisplayName", member.member() % 4 == 3 ? "群名片" + member.member() : "");
        json.put("KeyWord", "wxi");
        return json;
    }

    static String headImage(SimPeer peer, Directory people, UserNames names) {
        String call = peer.kind() == SimPeer.Kind.ROOM ? "webwxgetheadimg" : "webwxgeticon";
        String who = people.userName(names, peer);
        return "/cgi-bin/mmwebwx-bin/" + call + "?seq=" + people.pictureOf(peer) + "&username=" + who + "&skey=";
    }

    /** The remark an account begins with; every fifth friend has one. */
    static String remark(SimPeer peer) {
        return peer.kind() == SimPeer.Kind.FRIEND && peer.index() % 5 == 0 ? "R" + peer.index() : "";
    }

    static int contactFlag(SimPeer peer, Directory people) {
        if (!people.isContact(peer)) {
            return 0;
        }
        if (peer.kind() == SimPeer.Kind.ROOM) {
            return people.isSavedRoom(peer) ? 1 + 2 + 4 : 2;
        }
        return 3;
    }

    private static int verifyFlag(SimPeer peer) {
        return peer.kind() == SimPeer.Kind.OFFICIAL ? (peer.index() % 2 == 0 ? 24 : 8) : 0;
    }

    private static String keyWord(SimPeer peer) {
        return switch (peer.kind()) {
            case OFFICIAL -> "gh_";
            case BUILT_IN -> peer.name().substring(0, 3);
            case ROOM -> "";
            default -> "wxi";
        };
    }
}
