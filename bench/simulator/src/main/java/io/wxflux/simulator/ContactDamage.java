package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists of contacts as a confused service gives them. */
final class ContactDamage {

    private static final int ENDLESS = 620_001_466;

    private ContactDamage() {}

    /** Half of what was asked for, in another order, rooms without their members. */
    static Reply fewer(Reply reply) {
        Map<String, Object> body = Json.toMap(Json.read(reply.body()));
        if (!(body.get("ContactList") instanceof List<?> list) || list.isEmpty()) {
            return reply;
        }
        List<Object> some = new ArrayList<>();
        for (Object each : list.subList(0, (list.size() + 1) / 2)) {
            Map<Object, Object> contact = new LinkedHashMap<>();
            if (each instanceof Map<?, ?> known) {
                contact.putAll(known);
            }
            contact.put("MemberList", List.of());
            some.add(contact);
        }
        Collections.reverse(some);
        body.put("ContactList", some);
        body.put("Count", some.size());
        return reply.withBody(Json.bytes(body));
    }

    /** The same page again and again, with a cursor that never ends. */
    static Reply endless(Reply reply) {
        Map<String, Object> body = Json.toMap(Json.read(reply.body()));
        if (!body.containsKey("Seq")) {
            return reply;
        }
        body.put("Seq", ENDLESS);
        return reply.withBody(Json.bytes(body));
    }
}
