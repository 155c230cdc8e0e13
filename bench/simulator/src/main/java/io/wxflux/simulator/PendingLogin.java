package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.MonoSink;

/**
 * A login that was asked for: a QR code, or a push login. The scenario plays the phone. All methods may be called from
 * any thread, and do nothing when the login is past that step.
 */
public final class PendingLogin {

    /** How far a login is. */
    public enum State {
        /** Nobody scanned it yet; for a push login, nobody answered. */
        WAITING,
        /** Scanned; the poll says 201. */
        SCANNED,
        /** Confirmed; the poll says 200. */
        CONFIRMED,
        /** Cancelled on the phone; the poll says 202. */
        CANCELLED,
        /** Too old; the poll says 400. */
        EXPIRED
    }

    private final Service service;
    private final String uuid;
    private final String ticket;
    private final boolean push;
    private final long expiresAt;
    private final List<MonoSink<Reply>> waiting = new ArrayList<>(1);
    private final RateWindow polls;
    private State state = State.WAITING;
    private @Nullable SimAccount account;
    private boolean scanTold;
    private boolean nextPollCounts;

    PendingLogin(Service service, String uuid, @Nullable SimAccount account) {
        this.service = service;
        this.uuid = uuid;
        this.account = account;
        push = account != null;
        ticket = service.ids().letters(22) + "_" + service.ids().digits(1);
        expiresAt = service.millis() + service.settings().qrLifetime().toMillis();
        polls = new RateWindow(
                service.settings().pollLimit(), service.settings().pollWindow().toMillis());
    }

    /** {@return the uuid of the QR code} */
    public String uuid() {
        return uuid;
    }

    /** {@return whether it is a push login, which shows no QR code} */
    public boolean isPush() {
        return push;
    }

    /** {@return how far it is} */
    public synchronized State state() {
        if (service.millis() >= expiresAt && state != State.CONFIRMED) {
            state = State.EXPIRED;
        }
        return state;
    }

    /** {@return the account whose owner scanned, or null before that} */
    public synchronized @Nullable SimAccount account() {
        return account;
    }

    /**
     * The owner of an account scans the code.
     *
     * @param by the account
     */
    public void scan(SimAccount by) {
        move(State.WAITING, State.SCANNED, by);
    }

    /** The owner taps "log in". */
    public void confirm() {
        SimAccount who = account();
        if (who != null) {
            move(push ? State.WAITING : State.SCANNED, State.CONFIRMED, who);
        }
    }

    /** The owner taps "cancel". */
    public void cancel() {
        move(null, State.CANCELLED, account());
    }

    /** The code becomes too old. */
    public void expire() {
        move(null, State.EXPIRED, account());
    }

    private void move(@Nullable State from, State to, @Nullable SimAccount by) {
        List<MonoSink<Reply>> woken;
        synchronized (this) {
            State now = state();
            if (from == null ? now == State.CONFIRMED || now == State.EXPIRED : now != from) {
                return;
            }
            state = to;
            account = by;
            woken = new ArrayList<>(waiting);
            waiting.clear();
        }
        woken.forEach(sink -> sink.success(answer()));
    }

    /** Whether it can no longer lead to a session. */
    synchronized boolean isOver() {
        return service.millis() >= expiresAt || state == State.CANCELLED || state == State.EXPIRED;
    }

    /** What belongs into the redirect_uri; webwxnewloginpage asks for it again. */
    String ticket() {
        return ticket + "@qrticket_0";
    }

    /** Answers a login poll now, or holds it. */
    void poll(boolean knowsOfScan, MonoSink<Reply> sink) {
        synchronized (this) {
            if (nextPollCounts && polls.exceededBy(service.millis())) {
                service.violations()
                        .count(
                                Violation.Kind.TOO_FAST,
                                account == null ? "" : account.name(),
                                "login polls follow each other too closely");
            }
            nextPollCounts = true;
            State now = state();
            if (now == State.WAITING || (now == State.SCANNED && knowsOfScan && scanTold)) {
                waiting.add(sink);
                long hold =
                        Math.max(1, Math.min(service.settings().loginHold().toMillis(), expiresAt - service.millis()));
                Disposable timer = service.scheduler().schedule(() -> heldToTheEnd(sink), hold, TimeUnit.MILLISECONDS);
                sink.onDispose(() -> {
                    timer.dispose();
                    leave(sink);
                });
                return;
            }
        }
        sink.success(answer());
    }

    private void heldToTheEnd(MonoSink<Reply> sink) {
        if (leave(sink)) {
            synchronized (this) {
                nextPollCounts = false;
            }
            sink.success(answer());
        }
    }

    private synchronized boolean leave(MonoSink<Reply> sink) {
        return waiting.remove(sink);
    }

    private synchronized Reply answer() {
        SimAccount who = account;
        return switch (state()) {
            case WAITING -> Reply.script("window.code=408;");
            case EXPIRED -> Reply.script("window.code=400;");
            case CANCELLED -> Reply.script("window.code=202;");
            case SCANNED -> {
                if (scanTold) {
                    yield Reply.script("window.code=408;");
                }
                scanTold = true;
                yield Reply.script(
                        "window.code=201;window.userAvatar = 'data:img/jpg;base64," + QrImages.avatar() + "';");
            }
            case CONFIRMED ->
                Reply.script("window.code=200;\nwindow.redirect_uri=\"https://"
                        + (who == null ? "wx.qq.com" : who.spec().home())
                        + "/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=" + ticket() + "&uuid=" + uuid
                        + "&lang=zh_CN&scan=" + service.seconds() + "\";");
        };
    }
}
