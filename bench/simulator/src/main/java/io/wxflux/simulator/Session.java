package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One login of an account: its tokens, its UserNames, its open polls. Mutable parts are guarded by the account's lock. */
final class Session {

    private final SimAccount account;
    private final HostFamily family;
    private final long loginTime;
    private final String skey;
    private final String sid;
    private final String passTicket;
    private final String dataTicket;
    private final String uvid;
    private final String authTicket;
    private final UserNames names;
    private final Conduct conduct;
    private final List<HeldPoll> held = new ArrayList<>(1);
    private int endCode;
    private boolean greeted;
    private volatile boolean withoutSkey;
    private volatile long lastHeard;
    private long requestsAfterEnd;
    private @Nullable BacklogPages pages;

    Session(SimAccount account, HostFamily family, Ids ids, long loginTime, Conduct conduct) {
        this.account = account;
        this.family = family;
        this.loginTime = loginTime;
        this.conduct = conduct;
        skey = "@crypt_" + ids.hex(8) + "_" + ids.hex(32);
        sid = ids.letters(14) + "+" + ids.digits(1);
        passTicket = ids.letters(14) + "%2B" + ids.letters(24) + "%2F" + ids.letters(8) + "%3D";
        dataTicket = ids.base64(24);
        uvid = ids.hex(96);
        authTicket = ids.base64(90) + "/" + ids.base64(90) + "+" + ids.base64(9) + "=";
        names = new UserNames(ids.next());
    }

    SimAccount account() {
        return account;
    }

    HostFamily family() {
        return family;
    }

    long loginTime() {
        return loginTime;
    }

    String skey() {
        return skey;
    }

    String sid() {
        return sid;
    }

    /** Percent-encoded, as the service writes it. */
    String passTicket() {
        return passTicket;
    }

    String dataTicket() {
        return dataTicket;
    }

    String uvid() {
        return uvid;
    }

    String authTicket() {
        return authTicket;
    }

    UserNames names() {
        return names;
    }

    Conduct conduct() {
        return conduct;
    }

    List<HeldPoll> held() {
        return held;
    }

    /** 0 while it lives, else the code every call is answered with. */
    int endCode() {
        return endCode;
    }

    boolean isAlive() {
        return endCode == 0;
    }

    void end(int code) {
        endCode = code;
    }

    /** How long nothing had been heard of it; from now on it was heard of. */
    long silenceUntil(long nowMillis) {
        long before = lastHeard;
        lastHeard = nowMillis;
        return before == 0 ? 0 : nowMillis - before;
    }

    /** The client was not told its skey, and asks webwxinit for it. */
    void beginWithoutSkey() {
        withoutSkey = true;
    }

    boolean isWithoutSkey() {
        return withoutSkey;
    }

    /** True the first time. */
    boolean greet() {
        boolean first = !greeted;
        greeted = true;
        return first;
    }

    void requestedAfterEnd() {
        requestsAfterEnd++;
    }

    long requestsAfterEnd() {
        return requestsAfterEnd;
    }

    /**
     * What a backlog is served from.
     *
     * @param backlog null when it is over and a page of it is served once more
     */
    BacklogPages backlogPages(@Nullable Backlog backlog) {
        BacklogPages made = pages;
        if (made == null || backlog != null && !made.isOf(backlog)) {
            made = new BacklogPages(this, backlog == null ? Backlog.OVER : backlog);
            pages = made;
        }
        return made;
    }

    @Override
    public String toString() {
        return "session of " + account.name();
    }
}
