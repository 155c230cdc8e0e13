package io.wxflux.simulator;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One account of the fake service: what waits for it, what was served and acknowledged, its login. All methods may be
 * called from any thread; none blocks for longer than a short lock.
 */
public final class SimAccount {

    private final SimAccountSpec spec;
    private final Service service;
    private final Directory people;
    private final MessageLog log;
    private final SyncKeys keys;
    private final SentLog sends = new SentLog();
    private final AccountMedia media = new AccountMedia();
    private final SimFriends friends = new SimFriends(this);
    private final SimRooms rooms = new SimRooms(this);
    private final AccountSessions sessions;
    private final BitSet servedAgain = new BitSet();
    private long served;
    private long acknowledged;
    private long skipped;
    private long loadNumber;
    private int refusal;
    private boolean desktopOnly;
    private PushLogin pushLogin = PushLogin.CONFIRM;
    private SystemTexts language = SystemTexts.ZH;
    private LoginPage loginPage = LoginPage.XML;

    SimAccount(SimAccountSpec spec, Service service) {
        this.spec = spec;
        this.service = service;
        sessions = new AccountSessions(this, service);
        people = new Directory(spec);
        log = new MessageLog(
                Ids.mix(spec.uin() + 1) ^ Ids.mix(service.settings().seed()),
                service.settings().keepAcknowledged());
        keys = new SyncKeys(Ids.mix(spec.uin() + 2));
    }

    /** {@return the simulator's own name of the account} */
    public String name() {
        return spec.name();
    }

    /** {@return the service's number of the account} */
    public long uin() {
        return spec.uin();
    }

    /** {@return how the account was set up} */
    public SimAccountSpec spec() {
        return spec;
    }

    // what waits -----------------------------------------------------------------------------------------------------

    /**
     * Puts something at the end of the account's log and wakes its held poll.
     *
     * @param message what
     * @return its place in the log
     * @throws IllegalArgumentException when it is about somebody the account does not know
     */
    public long queue(SimMessage message) {
        long seq = append(message);
        wake();
        return seq;
    }

    /** As {@link #queue}, without the wakening. */
    synchronized long append(SimMessage message) {
        if (!knows(message)) {
            throw new IllegalArgumentException(name() + " does not know everybody in a message from " + message.from());
        }
        if (message.kind() == SimMessage.Kind.CONTACT_CHANGED) {
            people.change(message.from(), message.fields());
        }
        if (message.kind() == SimMessage.Kind.CONTACT_REMOVED) {
            people.remove(message.from());
        }
        long seq = log.append(message, service.seconds());
        SimMedia content = message.media();
        if (content != null) {
            media.put(log.msgId(seq), content);
        }
        return seq;
    }

    /** Answers held polls when something waits. */
    void wake() {
        List<HeldPoll> woken;
        int selector;
        synchronized (this) {
            Session session = sessions.current();
            List<LogEntry> newest = log.after(log.end() - 1, 1);
            if (session == null || session.held().isEmpty() || newest.isEmpty() || acknowledged >= log.end()) {
                return;
            }
            selector = newest.get(0).message().selector();
            woken = sessions.takeHeld();
        }
        woken.forEach(poll -> poll.answer(Reply.syncCheck(0, selector)));
    }

    synchronized boolean knows(SimMessage message) {
        SimPeer member = message.member();
        return people.has(message.from()) && people.has(message.to()) && (member == null || people.has(member));
    }

    private void requireKnown(SimPeer peer) {
        if (!people.has(peer)) {
            throw new IllegalArgumentException(name() + " does not know " + peer);
        }
    }

    /**
     * Queues numbered texts from friends and room members: {@code #000001 …}, {@code #000002 …}, counted per account.
     *
     * @param count how many
     */
    public void queueBurst(int count) {
        queueBurst(count, KindMix.TEXTS, 0);
    }

    /** @param stamp microseconds since 1970 at which they are due, or 0 for none */
    void queueBurst(int count, KindMix mix, long stamp) {
        for (int i = 0; i < count; i++) {
            long number;
            synchronized (this) {
                number = ++loadNumber;
            }
            SimMessage message = mix.message(this, number);
            append(stamp == 0 ? message : message.stamped(stamp));
        }
        wake();
    }

    /** {@return the newest place of the log} */
    public synchronized long lastSeq() {
        return log.end();
    }

    /** {@return all messages ever queued, in order} */
    public List<QueuedMessage> queued() {
        return queued(1, Integer.MAX_VALUE);
    }

    /**
     * {@return some of the messages ever queued, in order}
     *
     * @param fromSeq the first place
     * @param max at most so many
     */
    public synchronized List<QueuedMessage> queued(long fromSeq, int max) {
        return log.view(fromSeq, max);
    }

    /**
     * {@return the MsgId of a place in the log}
     *
     * @param seq the place
     */
    public String msgId(long seq) {
        return log.msgId(seq);
    }

    /** {@return the newest place that was ever served to a client} */
    public synchronized long served() {
        return served;
    }

    /**
     * {@return whether a place was served more than once, because an answer was lost or the client died with it}
     *
     * @param seq the place
     */
    public synchronized boolean servedAgain(long seq) {
        return servedAgain.get((int) seq);
    }

    /** {@return the newest place that a client acknowledged by showing a key behind it} */
    public synchronized long acknowledged() {
        return acknowledged;
    }

    /** {@return how many places were acknowledged without having been served: lost by the client} */
    public synchronized long skipped() {
        return skipped;
    }

    // sends ----------------------------------------------------------------------------------------------------------

    /** {@return what clients sent from this account, in order, once per ClientMsgId} */
    public synchronized List<SentMessage> sent() {
        return sends.all();
    }

    /** {@return who is a friend} */
    public SimFriends friends() {
        return friends;
    }

    /** {@return the rooms} */
    public SimRooms rooms() {
        return rooms;
    }

    /**
     * Refuses the next sends.
     *
     * @param ret such as 1205
     * @param times how many
     */
    public synchronized void refuseSends(int ret, int times) {
        sends.refuse(ret, times);
    }

    // the login ------------------------------------------------------------------------------------------------------

    /** {@return whether a session is alive} */
    public synchronized boolean isLoggedIn() {
        Session session = sessions.current();
        return session != null && session.isAlive();
    }

    /** {@return how many synccheck calls are being held} */
    public synchronized int openPolls() {
        Session session = sessions.current();
        return session == null ? 0 : session.held().size();
    }

    /** {@return at which host its synccheck is being held; empty when none is} */
    public synchronized String pollHost() {
        Session session = sessions.current();
        List<HeldPoll> held = session == null ? List.of() : session.held();
        return held.isEmpty() ? "" : held.get(held.size() - 1).host();
    }

    /** {@return how often the account logged in} */
    public synchronized long logins() {
        return sessions.logins();
    }

    /** {@return how many calls came with a session that had ended} */
    public synchronized long requestsAfterEnd() {
        return sessions.requestsAfterEnd();
    }

    /**
     * {@return the UserName somebody has in the newest login}
     *
     * @param peer whom
     * @throws IllegalStateException before the first login
     */
    public synchronized String userName(SimPeer peer) {
        Session session = sessions.current();
        if (session == null) {
            throw new IllegalStateException(name() + " never logged in");
        }
        requireKnown(peer);
        return people.userName(session.names(), peer);
    }

    /**
     * {@return the nickname somebody has, in plain text}
     *
     * @param peer whom
     */
    public synchronized String nickName(SimPeer peer) {
        requireKnown(peer);
        return people.plainName(peer);
    }

    /** {@return the language of system texts} */
    public synchronized SystemTexts language() {
        return language;
    }

    /**
     * Sets the language of system texts, as a login with another {@code lang} does.
     *
     * @param texts Chinese by default
     */
    public synchronized void speak(SystemTexts texts) {
        language = texts;
    }

    /**
     * {@return a message of a kind that the control API knows, with made-up content}
     *
     * @param kind such as {@code image} or {@code quote}; see the README
     * @param from who writes
     * @throws IllegalArgumentException when there is no such kind
     */
    public SimMessage made(String kind, SimPeer from) {
        return ControlMessages.made(this, kind, from, "");
    }

    /**
     * Ends the session from the service's side.
     *
     * @param retcode what the client is told: 1100, 1101 or 1102
     */
    public void end(int retcode) {
        sessions.end(retcode);
    }

    /** Tells the checks that the client is being restarted: it may show the key it had saved. */
    public synchronized void declareRestart() {
        Session session = sessions.current();
        if (session != null) {
            session.conduct().restarted();
        }
    }

    /**
     * Refuses logins from now on; {@link #acceptLogins()} undoes it.
     *
     * @param ret such as 1203
     */
    public synchronized void refuseLogins(int ret) {
        refusal = ret;
        desktopOnly = false;
    }

    /** Refuses logins with 1203 unless they come in desktop mode. */
    public synchronized void refuseWebLogins() {
        refusal = 1203;
        desktopOnly = true;
    }

    /** Lets the account log in again. */
    public synchronized void acceptLogins() {
        refusal = 0;
        desktopOnly = false;
    }

    /**
     * Says how the account answers to a push login.
     *
     * @param reaction from now on
     */
    public synchronized void onPushLogin(PushLogin reaction) {
        pushLogin = reaction;
    }

    /**
     * Says how webwxnewloginpage answers an accepted login.
     *
     * @param page from now on
     */
    public synchronized void answerLoginsWith(LoginPage page) {
        loginPage = page;
    }

    @Override
    public String toString() {
        return "account " + name();
    }

    // what the endpoints use; the caller holds the lock where it says so --------------------------------------------

    synchronized LoginPage loginPage() {
        return loginPage;
    }

    synchronized PushLogin pushLogin() {
        return pushLogin;
    }

    /** The code a login is refused with, or 0. */
    synchronized int loginRefusal(boolean desktop) {
        return desktopOnly && desktop ? 0 : refusal;
    }

    AccountSessions sessions() {
        return sessions;
    }

    void violation(Violation.Kind kind, String example) {
        service.violations().count(kind, name(), example);
    }

    synchronized @Nullable Session session() {
        return sessions.current();
    }

    Directory people() {
        return people;
    }

    AccountMedia media() {
        return media;
    }

    MessageLog log() {
        return log;
    }

    SyncKeys keys() {
        return keys;
    }

    SentLog sends() {
        return sends;
    }

    /** The key of webwxinit: what is not acknowledged follows it, unless the session is in use already. Lock held. */
    Map<String, Object> initKey(Session of) {
        long position = of.conduct().hasShownAKey() ? log.end() : acknowledged;
        return keys.json(position, SyncKeys.Use.INIT, of.loginTime());
    }

    /** A client showed that it is done with everything up to a position. Lock held. */
    void acknowledge(long position) {
        if (position <= acknowledged) {
            return;
        }
        long lost = position - Math.max(served, acknowledged);
        if (lost > 0) {
            skipped += lost;
            violation(
                    Violation.Kind.SKIPPED,
                    lost + " entries after position " + (position - lost) + " were never served");
        }
        acknowledged = position;
        log.acknowledged(position);
    }

    /** Notes what is being served, from a place to a place. Lock held. */
    void serving(long firstSeq, long lastSeq) {
        if (firstSeq <= served) {
            servedAgain.set((int) firstSeq, (int) Math.min(lastSeq, served) + 1);
        }
        served = Math.max(served, lastSeq);
    }
}
