package io.wxflux.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** The state all endpoints share: accounts, sessions by token, logins, faults, counts. */
final class Service {

    private final Settings settings;
    private final Scheduler scheduler;
    private final Ids ids;
    private final Violations violations = new Violations();
    private final Faults faults;
    private final Logins logins;
    private final Limits limits = new Limits();
    private final Traffic traffic = new Traffic(this::millis);
    private final HostDoors doors = new HostDoors(this::millis, traffic);
    private final UploadedFiles files;
    private final Map<String, SimAccount> byName = new ConcurrentHashMap<>();
    private final Map<Long, SimAccount> byUin = new ConcurrentHashMap<>();
    private final Map<String, Session> byToken = new ConcurrentHashMap<>();
    private volatile List<SimAccount> accounts = List.of();
    private volatile @Nullable Backlog backlog;
    private volatile Duration syncHold;

    Service(Settings settings, Scheduler scheduler, Scheduler disk) {
        this.settings = settings;
        this.scheduler = scheduler;
        syncHold = settings.syncHold();
        ids = new Ids(settings.seed());
        faults = new Faults(new Ids(settings.seed() + 1), this::millis);
        logins = new Logins(this);
        files = new UploadedFiles(settings.uploadSpace(), disk);
    }

    Settings settings() {
        return settings;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Ids ids() {
        return ids;
    }

    Violations violations() {
        return violations;
    }

    Faults faults() {
        return faults;
    }

    Traffic traffic() {
        return traffic;
    }

    HostDoors doors() {
        return doors;
    }

    /** Whether a host is or was just broken: a client may then try others. */
    boolean isBroken(String host) {
        return faults.lately(host) || doors.lately(host);
    }

    Limits limits() {
        return limits;
    }

    UploadedFiles files() {
        return files;
    }

    Logins logins() {
        return logins;
    }

    /** Seconds of the wall clock, as messages and cookies carry them. */
    long seconds() {
        return settings.clock().instant().getEpochSecond();
    }

    /** Milliseconds of the scheduler that times holds. */
    long millis() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }

    /** Microseconds of the wall clock, as stamps carry them. */
    long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, settings.clock().instant());
    }

    /** What every account has waiting beside its log; null when there is no such thing. */
    @Nullable
    Backlog backlog() {
        return backlog;
    }

    void backlog(@Nullable Backlog now) {
        backlog = now;
    }

    /** How long a synccheck that has nothing to say is held. */
    Duration syncHold() {
        return syncHold;
    }

    void syncHold(Duration hold) {
        syncHold = hold;
    }

    synchronized void add(List<SimAccount> more) {
        for (SimAccount account : more) {
            if (byName.putIfAbsent(account.name(), account) != null
                    || byUin.putIfAbsent(account.uin(), account) != null) {
                throw new IllegalArgumentException("there is an account of this name or uin: " + account.name());
            }
        }
        java.util.ArrayList<SimAccount> all = new java.util.ArrayList<>(accounts);
        all.addAll(more);
        accounts = List.copyOf(all);
    }

    /** All accounts in the order they were added. */
    List<SimAccount> accounts() {
        return accounts;
    }

    @Nullable
    SimAccount account(String name) {
        return byName.get(name);
    }

    @Nullable
    SimAccount accountOf(String uin) {
        try {
            return byUin.get(Long.parseLong(uin));
        } catch (NumberFormatException notAUin) {
            return null;
        }
    }

    /** An account nobody added, because a client knows it from before. Null when the uin is none. */
    @Nullable
    SimAccount adopt(String uin, String home) {
        try {
            SimAccountSpec spec = SimAccountSpec.of("uin-" + uin, Long.parseLong(uin));
            SimAccount account = new SimAccount(HostFamily.isLoginHost(home) ? spec : spec.withHome(home), this);
            add(List.of(account));
            return account;
        } catch (IllegalArgumentException notAUin) {
            return null;
        }
    }

    void remember(Session session) {
        byToken.put(session.sid(), session);
        byToken.put(session.dataTicket(), session);
    }

    void forget(Session session) {
        byToken.remove(session.sid());
        byToken.remove(session.dataTicket());
    }

    /** The session a sid or data ticket belongs to, ended ones included. */
    Optional<Session> session(String token) {
        return Optional.ofNullable(byToken.get(token));
    }
}
