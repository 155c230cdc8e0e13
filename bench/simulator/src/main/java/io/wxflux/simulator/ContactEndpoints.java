package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The address book in pages, and details in batches. */
final class ContactEndpoints {

    /** The cursor is no count: this step and offset keep anybody from reading it as one. */
    private static final int CURSOR_STEP = 733;

    private static final int CURSOR_OFFSET = 620_000_000;

    private static final int SYSTEM_ERROR = -1;

    private final Service service;
    private final SessionCheck check;

    ContactEndpoints(Service service, SessionCheck check) {
        this.service = service;
        this.check = check;
    }

    Mono<Reply> getContact(SimRequest request) {
        SessionCheck.Admission admission = check.byQuery(request, HostFamily.Role.API, "skey", "r");
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal() == 1102 ? 1 : admission.refusal()));
        }
        SimAccount account = session.account();
        List<Object> page = new ArrayList<>();
        synchronized (account) {
            Directory people = account.people();
            int from = position(request.query("seq"));
            int to =
                    Math.min(people.addressBookSize(), from + service.settings().contactPage());
            for (int at = from; at < to; at++) {
                page.add(ContactJson.contact(people.addressBook(at), people, session.names()));
            }
            int next = to < people.addressBookSize() ? to * CURSOR_STEP + CURSOR_OFFSET : 0;
            return Mono.just(Reply.json(Json.object(
                    "BaseResponse",
                    Json.baseResponse(0),
                    "MemberCount",
                    page.size(),
                    "MemberList",
                    page,
                    "Seq",
                    next)));
        }
    }

    private static int position(String cursor) {
        try {
            int value = Integer.parseInt(cursor);
            return value == 0 ? 0 : Math.max(0, (value - CURSOR_OFFSET) / CURSOR_STEP);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    Mono<Reply> batchGetContact(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        SimAccount account = session.account();
        int cap = service.settings().batchCap();
        JsonNode wanted = request.json().path("List");
        if (wanted.size() > cap) {
            account.violation(Violation.Kind.BAD_QUERY, "webwxbatchgetcontact: asked for more than " + cap);
        }
        List<Object> found = new ArrayList<>();
        synchronized (account) {
            Directory people = account.people();
            for (JsonNode item : wanted) {
                SimPeer peer = people.find(session.names(), Json.text(item.path("UserName")));
                if (peer != null && account.friends().isUnreadable(peer)) {
                    return Mono.just(Reply.ret(SYSTEM_ERROR));
                }
                if (peer != null && found.size() < cap) {
                    found.add(ContactJson.detail(peer, people, session.names()));
                }
            }
        }
        return Mono.just(Reply.json(
                Json.object("BaseResponse", Json.baseResponse(0), "Count", found.size(), "ContactList", found)));
    }
}
