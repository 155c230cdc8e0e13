package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers of the cycle as a confused service gives them. */
final class SyncDamage {

    private static final Map<String, Object> NO_KEY = Json.object("Count", 0, "List", List.of());

    private SyncDamage() {}

    /** Something is there, it is nothing, and the key stands still. */
    static Reply stuck(Fault.Stuck how, @Nullable Session session, SimRequest request) {
        if (request.call().equals("synccheck")) {
            return Reply.syncCheck(0, how.selector());
        }
        SyncKeys.Shown shown = session == null
                ? null
                : session.account().keys().read(request.json().path("SyncKey"));
        if (session == null || shown == null) {
            return Reply.ret(1);
        }
        SyncKeys keys = session.account().keys();
        return Reply.json(Json.object(
                "BaseResponse", Json.baseResponse(0),
                "AddMsgCount", 0,
                "AddMsgList", List.of(),
                "ModContactCount", 0,
                "ModContactList", List.of(),
                "DelContactCount", 0,
                "DelContactList", List.of(),
                "ContinueFlag", 0,
                "SyncKey", keys.json(shown.position(), SyncKeys.Use.SYNC, session.loginTime()),
                "SKey", "",
                "SyncCheckKey", keys.json(shown.position(), SyncKeys.Use.CHECK, session.loginTime())));
    }

    static Reply withoutKeys(Reply reply) {
        Map<String, Object> body = Json.toMap(Json.read(reply.body()));
        body.replace("SyncKey", NO_KEY);
        body.replace("SyncCheckKey", NO_KEY);
        return body.isEmpty() ? reply : reply.withBody(Json.bytes(body));
    }

    static Reply scrambled(Reply reply, Fault.Scrambled how) {
        Map<String, Object> body = Json.toMap(Json.read(reply.body()));
        if (!(body.get("AddMsgList") instanceof List<?> list)) {
            return reply;
        }
        List<Object> messages = new ArrayList<>();
        for (Object message : list) {
            messages.add(message);
            if (how.twice()) {
                messages.add(message);
            }
        }
        if (how.reversed()) {
            Collections.reverse(messages);
        }
        body.put("AddMsgList", messages);
        body.put("AddMsgCount", messages.size());
        return reply.withBody(Json.bytes(body));
    }
}
