package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Rooms being made and changed by a client. */
final class RoomCalls {

    private static final int BAD_PARAMETER = 1;
    private static final Set<String> FUNS =
            Set.of("addmember", "invitemember", "delmember", "modtopic", "quitchatroom");

    private final Service service;
    private final SessionCheck check;

    RoomCalls(Service service, SessionCheck check) {
        this.service = service;
        this.check = check;
    }

    private static Mono<Reply> wrong(Session session, SimRequest request, String what) {
        session.account().violation(Violation.Kind.BAD_CALL, request.call() + ": " + what);
        return Mono.just(updated(BAD_PARAMETER, List.of()));
    }

    private static Reply updated(int ret, List<Object> members) {
        return Reply.json(Json.object(
                "BaseResponse", Json.baseResponse(ret), "MemberCount", members.size(), "MemberList", members));
    }

    // making ---------------------------------------------------------------------------------------------------------

    Mono<Reply> create(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        SimAccount account = session.account();
        JsonNode body = request.json();
        String topic = Json.text(body.path("Topic"));
        List<SimPeer> others = new ArrayList<>();
        List<Object> members = new ArrayList<>();
        synchronized (account) {
            for (JsonNode each : body.path("MemberList")) {
                SimPeer who = account.people().find(session.names(), Json.text(each.path("UserName")));
                if (who == null || who.kind() != SimPeer.Kind.FRIEND && who.kind() != SimPeer.Kind.STRANGER) {
                    return wrong(session, request, "MemberList names somebody who cannot be in a room");
                }
                others.add(who);
                Map<String, Object> member = ContactJson.member(who, account.people(), session.names());
                member.put("MemberStatus", account.friends().memberStatus(who));
                members.add(member);
            }
        }
        if (others.size() < 2 || Set.copyOf(others).size() != others.size()) {
            return wrong(session, request, "a room needs at least two different others");
        }
        if (body.path("MemberCount").asInt(-1) != others.size()) {
            return wrong(session, request, "MemberCount is not the length of MemberList");
        }
        List<SimPeer> willing;
        synchronized (account) {
            willing = others.stream()
                    .filter(who -> account.friends().memberStatus(who) == 0)
                    .toList();
        }
        SimPeer room = account.rooms().create(willing, topic);
        return Mono.just(Reply.json(Json.object(
                "BaseResponse",
                Json.object("Ret", 0, "ErrMsg", "Everything is OK"),
                "Topic",
                WireText.encode(topic),
                "PYInitial",
                "",
                "QuanPin",
                "",
                "MemberCount",
                members.size(),
                "MemberList",
                members,
                "ChatRoomName",
                account.userName(room),
                "BlackList",
                "")));
    }

    // changing -------------------------------------------------------------------------------------------------------

    Mono<Reply> update(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        SimAccount account = session.account();
        String fun = request.query("fun");
        if (!FUNS.contains(fun)) {
            return wrong(session, request, "fun is missing or unknown");
        }
        SimPeer room;
        synchronized (account) {
            room = account.people()
                    .find(session.names(), Json.text(request.json().path("ChatRoomName")));
            if (room == null
                    || room.kind() != SimPeer.Kind.ROOM
                    || !account.people().isContact(room)) {
                return wrong(session, request, "ChatRoomName is no room of the account");
            }
        }
        return switch (fun) {
            case "addmember" -> add(session, request, room);
            case "invitemember" -> invite(session, request, room);
            case "delmember" -> remove(session, request, room);
            case "modtopic" -> rename(session, request, room);
            default -> {
                account.rooms().quit(room);
                yield Mono.just(updated(0, List.of()));
            }
        };
    }

    /** The people of a comma list, or null when one of them is nobody. */
    private static @Nullable List<SimPeer> people(Session session, SimRequest request, String field) {
        List<SimPeer> all = new ArrayList<>();
        String list = Json.text(request.json().path(field));
        SimAccount account = session.account();
        synchronized (account) {
            for (String name : list.split(",")) {
                SimPeer who = account.people().find(session.names(), name);
                if (who == null) {
                    return null;
                }
                all.add(who);
            }
        }
        return all;
    }

    private Mono<Reply> add(Session session, SimRequest request, SimPeer room) {
        SimAccount account = session.account();
        List<SimPeer> who = people(session, request, "AddMemberList");
        if (who == null) {
            return wrong(session, request, "AddMemberList is missing or names nobody");
        }
        int size = account.rooms().members(room).size() + who.size();
        if (size >= service.settings().inviteStart()) {
            return wrong(session, request, "a room of " + size + " with the new ones takes invitations only");
        }
        List<Object> added = new ArrayList<>();
        for (SimPeer each : who) {
            SimPeer member = account.rooms().join(room, each, null);
            synchronized (account) {
                added.add(ContactJson.member(member, account.people(), session.names()));
            }
        }
        return Mono.just(updated(0, added));
    }

    private Mono<Reply> invite(Session session, SimRequest request, SimPeer room) {
        SimAccount account = session.account();
        List<SimPeer> who = people(session, request, "InviteMemberList");
        if (who == null) {
            return wrong(session, request, "InviteMemberList is missing or names nobody");
        }
        synchronized (account) {
            who.forEach(each -> account.rooms().invited(room, each));
        }
        return Mono.just(updated(0, List.of()));
    }

    private Mono<Reply> remove(Session session, SimRequest request, SimPeer room) {
        SimAccount account = session.account();
        List<SimPeer> who = people(session, request, "DelMemberList");
        if (who == null) {
            return wrong(session, request, "DelMemberList is missing or names nobody");
        }
        List<SimPeer> members = new ArrayList<>();
        synchronized (account) {
            if (account.people().ownerOf(room) != 1) {
                return Mono.just(updated(BAD_PARAMETER, List.of()));
            }
            RoomState state = account.people().state(room);
            for (SimPeer each : who) {
                int number = state.numberOf(each);
                if (number <= 1) {
                    return wrong(session, request, "DelMemberList names somebody who is not in the room");
                }
                members.add(SimPeer.member(room.index(), number));
            }
        }
        members.forEach(account.rooms()::remove);
        return Mono.just(updated(0, List.of()));
    }

    private static Mono<Reply> rename(Session session, SimRequest request, SimPeer room) {
        String topic = Json.text(request.json().path("NewTopic"));
        if (topic.isEmpty()) {
            return wrong(session, request, "NewTopic is missing");
        }
        session.account().rooms().rename(room, topic, null);
        return Mono.just(updated(0, List.of()));
    }
}
