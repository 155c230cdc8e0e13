package io.wxflux.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logins that are under way, and the owner's phone when it acts by itself. */
final class Logins {

    private static final Logger log = LoggerFactory.getLogger(Logins.class);

    private static final int REMEMBERED = 20_000;

    private final Service service;
    private final Map<String, PendingLogin> byUuid = new LinkedHashMap<>();
    private final Map<SimAccount, PendingLogin> taken = new HashMap<>();
    private int fresh;

    Logins(Service service) {
        this.service = service;
    }

    /** A QR code. {@code uin} is the account the client's cookies name, or empty. */
    PendingLogin qr(String uin) {
        PendingLogin login = add(null);
        Settings.AutoScan auto = service.settings().autoScan();
        if (auto != null) {
            later(auto.scanAfter(), () -> {
                SimAccount account = chooseFor(uin, login);
                if (account == null) {
                    nobodyScans();
                } else if (login.state() == PendingLogin.State.WAITING) {
                    login.scan(account);
                    later(auto.confirmAfter(), login::confirm);
                }
            });
        }
        return login;
    }

    private void nobodyScans() {
        int count = service.accounts().size();
        log.warn(
                "nobody scans the code that was just asked for: the simulator has {}. Start it with more accounts, or sign"
                        + " one of them out",
                count == 0
                        ? "no accounts"
                        : count + (count == 1 ? " account" : " accounts") + ", signed in already or on the way to it");
    }

    /** A dialog on the account's phone. */
    PendingLogin push(SimAccount account) {
        PendingLogin login = add(account);
        Settings.AutoScan auto = service.settings().autoScan();
        Duration delay = auto == null ? Duration.ZERO : auto.confirmAfter();
        switch (account.pushLogin()) {
            case CONFIRM -> later(delay, login::confirm);
            case CANCEL -> later(delay, login::cancel);
            default -> {}
        }
        return login;
    }

    private void later(Duration delay, Runnable action) {
        if (delay.isZero()) {
            action.run();
        } else {
            service.scheduler().schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized PendingLogin add(@Nullable SimAccount account) {
        String uuid = service.ids().letters(10) + "==";
        PendingLogin login = new PendingLogin(service, uuid, account);
        byUuid.put(uuid, login);
        if (byUuid.size() > REMEMBERED) {
            byUuid.remove(byUuid.keySet().iterator().next());
        }
        return login;
    }

    /**
     * Whose owner scans: the named account, else the first that never logged in, else the first that is logged out. An
     * account is given out once, until its login fails.
     */
    synchronized @Nullable SimAccount chooseFor(String uin, PendingLogin login) {
        SimAccount named = service.accountOf(uin);
        if (named != null) {
            return named;
        }
        List<SimAccount> all = service.accounts();
        for (; fresh < all.size(); fresh++) {
            if (isFree(all.get(fresh))) {
                return take(all.get(fresh), login);
            }
        }
        for (SimAccount account : all) {
            if (isFree(account) || account.logins() > 0 && !account.isLoggedIn() && isNotTaken(account)) {
                return take(account, login);
            }
        }
        return null;
    }

    private boolean isFree(SimAccount account) {
        return account.logins() == 0 && isNotTaken(account);
    }

    private boolean isNotTaken(SimAccount account) {
        PendingLogin before = taken.get(account);
        return before == null || before.isOver();
    }

    private SimAccount take(SimAccount account, PendingLogin login) {
        taken.put(account, login);
        return account;
    }

    synchronized @Nullable PendingLogin find(String uuid) {
        return byUuid.get(uuid);
    }

    /** Those that can still lead to a session. */
    synchronized List<PendingLogin> open() {
        List<PendingLogin> open = new ArrayList<>();
        for (PendingLogin login : byUuid.values()) {
            PendingLogin.State state = login.state();
            if (state == PendingLogin.State.WAITING || state == PendingLogin.State.SCANNED) {
                open.add(login);
            }
        }
        return open;
    }

    synchronized void done(PendingLogin login) {
        SimAccount account = login.account();
        if (account != null) {
            taken.remove(account);
        }
    }
}
