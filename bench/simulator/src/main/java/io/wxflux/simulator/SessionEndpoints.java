package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What a session begins and ends with: init, status notify, telemetry, logout. */
final class SessionEndpoints {

    private static final int INITED = 3;

    private final Service service;
    private final SessionCheck check;

    SessionEndpoints(Service service, SessionCheck check) {
        this.service = service;
        this.check = check;
    }

    Mono<Reply> init(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        SimAccount account = session.account();
        Directory people = account.people();
        UserNames names = session.names();
        synchronized (account) {
            List<SimPeer> recent = people.recentChats();
            List<Object> contacts = new ArrayList<>();
            for (SimPeer peer : recent.subList(0, Math.min(recent.size(), 10))) {
                contacts.add(ContactJson.contact(peer, people, names));
            }
            List<Object> articles = subscribed(account, names);
            Object key = account.initKey(session);
            session.conduct().restarted();
            return Mono.just(Reply.json(Json.object(
                    "BaseResponse",
                    Json.baseResponse(0),
                    "Count",
                    contacts.size(),
                    "ContactList",
                    contacts,
                    "SyncKey",
                    key,
                    "User",
                    ContactJson.self(account.uin(), people, names),
                    "ChatSet",
                    recent.stream()
                            .map(peer -> people.userName(names, peer) + ",")
                            .collect(Collectors.joining()),
                    "SKey",
                    session.skey(),
                    "ClientVersion",
                    654_312_496,
                    "SystemTime",
                    service.seconds(),
                    "GrayScale",
                    1,
                    "InviteStartCount",
                    service.settings().inviteStart(),
                    "MPSubscribeMsgCount",
                    articles.size(),
                    "MPSubscribeMsgList",
                    articles,
                    "ClickReportInterval",
                    600_000)));
        }
    }

    /** What official accounts published last. */
    private List<Object> subscribed(SimAccount account, UserNames names) {
        List<Object> all = new ArrayList<>();
        for (int i = 1; i <= Math.min(2, account.spec().officials()); i++) {
            SimPeer official = SimPeer.official(i);
            List<Object> articles = List.of(
                    Json.object(
                            "Title", "本周 &amp; 下周",
                            "Digest", "摘要",
                            "Cover", "https://mmbiz.qpic.cn/made/up/640|640|360",
                            "Url", "https://mp.weixin.qq.com/s?__biz=Mz&amp;mid=1#rd"),
                    Json.object("Title", "第二篇", "Digest", "", "Cover", "", "Url", "https://mp.weixin.qq.com/s?mid=2"));
            all.add(Json.object(
                    "UserName", account.people().userName(names, official),
                    "MPArticleCount", articles.size(),
                    "MPArticleList", articles,
                    "Time", service.seconds() - 3_600,
                    "NickName", account.people().wireName(official)));
        }
        return all;
    }

    Mono<Reply> statusNotify(SimRequest request) {
        SessionCheck.Admission admission = check.byBaseRequest(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(Reply.ret(admission.refusal()));
        }
        SimAccount account = session.account();
        JsonNode body = request.json();
        if (Json.text(body.path("ClientMsgId")).isEmpty()
                || !Json.text(body.path("FromUserName")).equals(account.userName(SimPeer.self()))) {
            account.violation(
                    Violation.Kind.BAD_BASE_REQUEST, "webwxstatusnotify: ClientMsgId or FromUserName is wrong");
            return Mono.just(Reply.ret(1));
        }
        String code = Json.text(body.path("Code"));
        if (code.equals("1")) {
            synchronized (account) {
                SimPeer peer = account.people().find(session.names(), Json.text(body.path("ToUserName")));
                if (peer == null) {
                    account.violation(
                            Violation.Kind.BAD_CALL, "webwxstatusnotify: ToUserName of a read mark is nobody");
                    return Mono.just(Reply.ret(1));
                }
                account.friends().markRead(peer);
            }
        }
        boolean first;
        List<SimPeer> recent;
        synchronized (account) {
            first = code.equals(Integer.toString(INITED)) && session.greet();
            recent = account.people().recentChats();
        }
        if (first) {
            account.queue(SimMessage.statusNotify(4, recent));
        }
        return Mono.just(Reply.json(Json.object(
                "BaseResponse", Json.baseResponse(0), "MsgID", service.ids().digits(19))));
    }

    Mono<Reply> statReport(SimRequest request) {
        JsonNode body = request.json();
        Session session =
                service.session(Json.text(body.path("BaseRequest").path("Sid"))).orElse(null);
        if (session != null
                && (!request.query("fun").equals("new")
                        || body.path("Count").asInt(-1) != body.path("List").size())) {
            session.account()
                    .violation(
                            Violation.Kind.BAD_CALL,
                            "webwxstatreport: fun is not new, or Count is not the length of List");
        }
        return Mono.just(Reply.ret(0));
    }

    Mono<Reply> logout(SimRequest request) {
        SessionCheck.Admission admission = check.byQuery(request, HostFamily.Role.API, "skey");
        Session session = admission.session();
        if (session != null) {
            session.account().end(1100);
        }
        return Mono.just(Reply.html(301, "").withHeader("Location", "https://" + request.host() + "/"));
    }
}
