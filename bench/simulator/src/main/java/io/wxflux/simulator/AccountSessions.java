package io.wxflux.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * The logins of one account, of which the newest may be alive, and its held polls. Guarded by the account's lock, which
 * is never held while a poll is answered.
 */
final class AccountSessions {

    private static final int REMEMBERED = 4;

    /** The selector of messages. */
    private static final int MESSAGES = 2;

    private final SimAccount account;
    private final Service service;
    private final Deque<Session> past = new ArrayDeque<>();
    private @Nullable Session current;
    private long logins;

    AccountSessions(SimAccount account, Service service) {
        this.account = account;
        this.service = service;
    }

    /** The newest session, alive or not. */
    @Nullable
    Session current() {
        return current;
    }

    long logins() {
        return logins;
    }

    long requestsAfterEnd() {
        long sum = current == null ? 0 : current.requestsAfterEnd();
        for (Session old : past) {
            sum += old.requestsAfterEnd();
        }
        return sum;
    }

    /** Opens a session; the one before ends with 1101. */
    Session open() {
        List<HeldPoll> woken;
        Session opened;
        synchronized (account) {
            woken = endCurrent(1101);
            if (current != null) {
                past.addLast(current);
                if (past.size() > REMEMBERED) {
                    service.forget(past.removeFirst());
                }
            }
            Conduct conduct = new Conduct(service.settings(), account::violation);
            HostFamily family = HostFamily.of(account.spec().home());
            opened = new Session(account, family, service.ids(), service.seconds(), conduct);
            current = opened;
            logins++;
            service.remember(opened);
        }
        woken.forEach(poll -> poll.answer(Reply.syncCheck(1101, 0)));
        return opened;
    }

    void end(int retcode) {
        List<HeldPoll> woken;
        synchronized (account) {
            woken = endCurrent(retcode);
        }
        woken.forEach(poll -> poll.answer(Reply.syncCheck(retcode, 0)));
    }

    private List<HeldPoll> endCurrent(int retcode) {
        if (current == null || !current.isAlive()) {
            return List.of();
        }
        current.end(retcode);
        return takeHeld();
    }

    /** Answers held polls because a backlog began. */
    void backlogBegan() {
        List<HeldPoll> woken;
        synchronized (account) {
            woken = takeHeld();
        }
        woken.forEach(poll -> poll.answer(Reply.syncCheck(0, MESSAGES)));
    }

    /** Takes the held polls out, for the caller to answer once it let the lock go. Lock held. */
    List<HeldPoll> takeHeld() {
        if (current == null || current.held().isEmpty()) {
            return List.of();
        }
        List<HeldPoll> taken = new ArrayList<>(current.held());
        current.held().clear();
        current.conduct().syncHasCause();
        taken.forEach(HeldPoll::ended);
        return taken;
    }

    /** A call of a session came; after too long a silence it finds the session ended. */
    void heardOf(Session session) {
        Duration limit = service.settings().silenceLimit();
        long silence = session.silenceUntil(service.millis());
        if (limit != null && session.isAlive() && silence > limit.toMillis()) {
            end(1101);
        }
    }

    /** Answers a synccheck now or holds it. */
    void poll(Session session, long position, MonoSink<Reply> sink, SimRequest request) {
        Exchange exchange = new Exchange("synccheck", request.channel());
        HeldPoll poll = new HeldPoll(request.host(), sink, exchange, session.conduct());
        exchange.onAbandon(() -> givenUp(session, poll));
        sink.onDispose(() -> givenUp(session, poll));
        Reply now;
        synchronized (account) {
            session.conduct().begin(exchange);
            now = answerAtOnce(session, position);
            if (now == null) {
                session.held().add(poll);
                long hold = service.syncHold().toMillis();
                poll.expiresBy(service.scheduler().schedule(() -> expire(session, poll), hold, TimeUnit.MILLISECONDS));
                if (!exchange.isOpen()) {
                    givenUp(session, poll);
                }
            } else {
                poll.ended();
            }
        }
        if (now != null) {
            poll.answer(now);
        }
    }

    private @Nullable Reply answerAtOnce(Session session, long position) {
        if (!session.isAlive()) {
            return Reply.syncCheck(session.endCode(), 0);
        }
        List<LogEntry> waiting = account.log().after(position, 1);
        if (waiting.isEmpty() && service.backlog() == null) {
            return null;
        }
        session.conduct().syncHasCause();
        return Reply.syncCheck(
                0, waiting.isEmpty() ? MESSAGES : waiting.get(0).message().selector());
    }

    /** Lets the held polls end after so many milliseconds from now. */
    void holdUntil(long millis) {
        synchronized (account) {
            Session session = current;
            if (session != null) {
                session.held()
                        .forEach(poll -> poll.expiresBy(service.scheduler()
                                .schedule(() -> expire(session, poll), millis, TimeUnit.MILLISECONDS)));
            }
        }
    }

    private void expire(Session session, HeldPoll poll) {
        synchronized (account) {
            if (!session.held().remove(poll)) {
                return;
            }
            session.conduct().pollWasHeldToTheEnd();
            poll.ended();
        }
        poll.answer(Reply.syncCheck(0, 0));
    }

    /** The client went away. */
    private void givenUp(Session session, HeldPoll poll) {
        synchronized (account) {
            if (session.held().remove(poll)) {
                session.conduct().syncHasCause();
                poll.ended();
            }
        }
    }
}
