package io.wxflux.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The cycle: synccheck and webwxsync. */
final class SyncEndpoints {

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
        Backlog backlog = service.backlog();
        if (account.log().isMadeBehind(shown.position())
                || backlog != null && shown.position() == account.log().end()) {
            return made(session, account, shown.position(), backlog);
        }
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
        SyncPage page = new SyncPage(session, next, more, keyTime);
        entries.forEach(page::add);
        return Reply.json(page.body())
                .withCookies(SetCookies.onSync(
                        session,
                        service.seconds(),
                        service.settings().cookieLife().toSeconds()));
    }

    /** The page of the backlog behind a position; once more when its answer was lost. */
    private Reply made(Session session, SimAccount account, long position, @Nullable Backlog backlog) {
        MessageLog log = account.log();
        if (backlog != null && position == log.end()) {
            int size = backlog.size(position);
            log.made(size);
            backlog.served().add(size);
        }
        long next = log.madeBehind(position);
        boolean more = next < log.end() || backlog != null && backlog.goesOn();
        account.serving(position + 1, next);
        session.conduct().syncAnswered(true, more);
        return session.backlogPages(backlog)
                .page(
                        position,
                        next,
                        more,
                        service.micros(),
                        service.settings().cookieLife().toSeconds());
    }
}
