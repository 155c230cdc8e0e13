package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The cycle: synccheck and webwxsync. */
final class SyncEndpoints {

    private static final Map<String, Object> EMPTY = Json.object("Buff", "");

    private static final int PROFILE_CHANGED = 190;

    private final Service service;
    private final SessionCheck check;

    SyncEndpoints(Service service, SessionCheck check) {
        this.service = service;
        this.check = check;
    }

    Mono<Reply> synccheck(SimRequest request) {
        SessionCheck.Admission admission =
                check.byQuery(request, HostFamily.Role.PUSH, "sid", "skey", "uin", "deviceid", "r", "_");
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.syncCheck(admission.refusal(), 0));
        }
        SimAccount account = session.account();
        SyncKeys.Shown shown = account.keys().read(request.query("synckey"));
        boolean newKey;
        synchronized (account) {
            long before = account.acknowledged();
            session.conduct().pollBegins(service.millis());
            session.conduct().stamp(request.query("_"));
            if (shown == null || shown.position() > account.log().end()) {
                account.violation(
                        Violation.Kind.BAD_QUERY, "synccheck: synckey is missing or not a key of this account");
                return Mono.just(Reply.syncCheck(0, 0));
            }
            if (shown.use() == SyncKeys.Use.SYNC) {
                account.violation(Violation.Kind.SWAPPED_KEY, "synccheck was given a SyncKey");
            }
            session.conduct().checkKeyShown(shown.position());
            account.acknowledge(shown.position());
            newKey = account.acknowledged() > before;
        }
        Mono<Reply> poll = Mono.create(sink -> account.sessions().poll(session, shown.position(), sink, request));
        return newKey ? service.settings().onNewKey().apply(account).then(poll) : poll;
    }

    Mono<Reply> webwxsync(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        if (!request.query("sid").equals(session.sid())
                || !request.query("skey").equals(session.skey())) {
            session.account().violation(Violation.Kind.BAD_QUERY, "webwxsync: sid or skey in the query is wrong");
        }
        SimAccount account = session.account();
        SyncKeys.Shown shown = account.keys().read(request.json().path("SyncKey"));
        Exchange exchange = new Exchange("webwxsync", request.channel());
        Reply reply;
        boolean newKey;
        synchronized (account) {
            long before = account.acknowledged();
            session.conduct().begin(exchange);
            session.conduct().syncBegins(service.millis());
            reply = shown == null || shown.position() > account.log().end()
                    ? unknownKey(account)
                    : batch(session, account, shown);
            newKey = account.acknowledged() > before;
        }
        return newKey
                ? service.settings().onNewKey().apply(account).then(Mono.defer(() -> finish(session, exchange, reply)))
                : finish(session, exchange, reply);
    }

    /** Keeps the exchange open for as long as the answer is being delayed, and closes it before the answer leaves. */
    private Mono<Reply> finish(Session session, Exchange exchange, Reply reply) {
        SimAccount account = session.account();
        Runnable end = () -> {
            synchronized (account) {
                exchange.answered();
                session.conduct().end(exchange);
            }
        };
        if (service.settings().latency().isZero()) {
            end.run();
            return Mono.just(reply);
        }
        exchange.onAbandon(end);
        return Mono.just(reply)
                .delayElement(service.settings().latency(), service.scheduler())
                .doOnNext(unused -> end.run());
    }

    private Reply unknownKey(SimAccount account) {
        account.violation(
                Violation.Kind.BAD_BASE_REQUEST, "webwxsync: SyncKey is missing or not a key of this account");
        return Reply.ret(1);
    }

    private Reply batch(Session session, SimAccount account, SyncKeys.Shown shown) {
        if (shown.use() == SyncKeys.Use.CHECK) {
            account.violation(Violation.Kind.SWAPPED_KEY, "webwxsync was given a SyncCheckKey");
        }
        session.conduct().syncKeyShown(shown.position());
        account.acknowledge(shown.position());
        List<LogEntry> entries =
                account.log().after(shown.position(), service.settings().syncBatch());
        long next = entries.isEmpty()
                ? shown.position()
                : entries.get(entries.size() - 1).seq();
        boolean more = next < account.log().end();
        if (!entries.isEmpty()) {
            account.serving(shown.position() + 1, next);
        }
        session.conduct().syncAnswered(!entries.isEmpty(), more);
        long keyTime = entries.isEmpty()
                ? session.loginTime()
                : entries.get(entries.size() - 1).createTime();
        return Reply.json(body(session, account, entries, next, more, keyTime))
                .withCookies(SetCookies.onSync(
                        session,
                        service.seconds(),
                        service.settings().cookieLife().toSeconds()));
    }

    private static Map<String, Object> body(
            Session session, SimAccount account, List<LogEntry> entries, long next, boolean more, long keyTime) {
        Directory people = account.people();
        List<Object> messages = new ArrayList<>();
        List<Object> changed = new ArrayList<>();
        List<Object> removed = new ArrayList<>();
        Map<String, Object> profile = profile(false, account, session);
        for (LogEntry entry : entries) {
            switch (entry.message().kind()) {
                case MESSAGE ->
                    messages.add(MessageJson.message(entry, account.log().msgId(entry.seq()), people, session.names()));
                case CONTACT_CHANGED -> changed.add(MessageJson.changedContact(entry, people, session.names()));
                case PROFILE_CHANGED -> profile = profile(true, account, session);
                case CONTACT_REMOVED -> removed.add(MessageJson.removedContact(entry, people, session.names()));
            }
        }
        return Json.object(
                "BaseResponse",
                Json.baseResponse(0),
                "AddMsgCount",
                messages.size(),
                "AddMsgList",
                messages,
                "ModContactCount",
                changed.size(),
                "ModContactList",
                changed,
                "DelContactCount",
                removed.size(),
                "DelContactList",
                removed,
                "ModChatRoomMemberCount",
                0,
                "ModChatRoomMemberList",
                List.of(),
                "Profile",
                profile,
                "ContinueFlag",
                more ? 1 : 0,
                "SyncKey",
                account.keys().json(next, SyncKeys.Use.SYNC, keyTime),
                "SKey",
                "",
                "SyncCheckKey",
                account.keys().json(next, SyncKeys.Use.CHECK, keyTime));
    }

    /** All fields are empty unless BitFlag says that something changed. */
    private static Map<String, Object> profile(boolean changed, SimAccount account, Session session) {
        Directory people = account.people();
        SimPeer self = SimPeer.self();
        return Json.object(
                "BitFlag",
                changed ? PROFILE_CHANGED : 0,
                "UserName",
                changed ? Json.object("Buff", people.userName(session.names(), self)) : EMPTY,
                "NickName",
                changed ? Json.object("Buff", people.wireName(self)) : EMPTY,
                "BindUin",
                0,
                "BindEmail",
                EMPTY,
                "BindMobile",
                EMPTY,
                "Status",
                0,
                "Sex",
                changed ? 1 : 0,
                "PersonalCard",
                0,
                "Alias",
                "",
                "HeadImgUpdateFlag",
                changed ? 1 : 0,
                "HeadImgUrl",
                changed ? ContactJson.headImage(self, people, session.names()) : "",
                "Signature",
                "");
    }
}
