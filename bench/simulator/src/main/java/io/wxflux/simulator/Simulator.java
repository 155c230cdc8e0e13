package io.wxflux.simulator;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;

/**
 * A fake web-WeChat service that runs until it is closed. Every host of every family is served on one port; which one is
 * meant is told by the Host header, and checked against SNI.
 */
public final class Simulator implements AutoCloseable {

    private static final List<String> HOMES =
            List.of("wx.qq.com", "wx2.qq.com", "wx8.qq.com", "web.wechat.com", "web2.wechat.com");
    private static final long FIRST_UIN = 1_000_000_001L;

    private final Service service;
    private final LoadGenerator load;
    private final @Nullable Certificates certificates;
    private final LoopResources loops;
    private final Scheduler timer;
    private final boolean ownsTimer;
    private final ExecutorService paintThread;
    private final ExecutorService diskThread;
    private final List<Listener> listeners = new ArrayList<>();
    private final Scheduler disk;
    private final AtomicReference<@Nullable StormFront> front = new AtomicReference<>();
    private final @Nullable DisposableServer control;
    private final LongAdder backlogServed = new LongAdder();

    Simulator(Settings settings) {
        QrImages.load();
        loops = LoopResources.create("wxsim", 1, Math.max(1, settings.threads()), true);
        Scheduler given = settings.scheduler();
        ownsTimer = given == null;
        timer = given == null ? ownTimer() : given;
        paintThread = Executors.newSingleThreadExecutor(daemon("wxsim-paint"));
        diskThread = Executors.newSingleThreadExecutor(daemon("wxsim-disk"));
        AppXml.load();
        disk = Schedulers.fromExecutorService(diskThread, "wxsim-disk");
        service = new Service(settings, timer, disk);
        load = new LoadGenerator(service, service::accounts);
        certificates = settings.tls()
                ? new Certificates(HostFamily.allHosts(), settings.addresses(), settings.authority())
                : null;
        DisposableServer boundControl;
        Router router = new Router(service, Schedulers.fromExecutorService(paintThread, "wxsim-paint"));
        try {
            listen(settings, new FrontDoor(service, router));
            boundControl =
                    settings.controlPort() < 0 ? null : new ControlApi(this, settings.controlPort()).listen(loops);
        } catch (RuntimeException cause) {
            shutDown(null);
            throw cause;
        }
        control = boundControl;
    }

    /** {@return a builder with the defaults} */
    public static SimulatorBuilder builder() {
        return new SimulatorBuilder();
    }

    private static Scheduler ownTimer() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, daemon("wxsim-timer"));
        executor.setRemoveOnCancelPolicy(true);
        return Schedulers.fromExecutorService(executor, "wxsim-timer");
    }

    private static ThreadFactory daemon(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private void listen(Settings settings, FrontDoor door) {
        SslContext context = certificates == null ? null : certificates.serverContext();
        int port = settings.port();
        for (String address : settings.addresses()) {
            Listener listener = new Listener(address, port, settings.gzip(), loops, context, service.doors(), door);
            listeners.add(listener);
            listener.open();
            port = listener.port();
        }
    }

    // where it is ----------------------------------------------------------------------------------------------------

    /** {@return the port of all hosts} */
    public int port() {
        return listeners.get(0).port();
    }

    /**
     * {@return the port of the control API}
     *
     * @throws IllegalStateException when it is off
     */
    public int controlPort() {
        if (control == null) {
            throw new IllegalStateException("the control API is off");
        }
        return control.port();
    }

    /**
     * {@return the certificate to trust, as PEM}
     *
     * @throws IllegalStateException without TLS
     */
    public String caPem() {
        if (certificates == null) {
            throw new IllegalStateException("the simulator runs without TLS");
        }
        return certificates.caPem();
    }

    /**
     * Writes the certificate to trust into a file. Blocks for the file.
     *
     * @param file is replaced
     * @throws IOException when it cannot be written
     */
    public void writeCaPem(Path file) throws IOException {
        Files.writeString(file, caPem());
    }

    /**
     * Closes the listener of one address, as when a machine dies: its connections break, new ones are refused.
     *
     * @param index of the address given to {@link SimulatorBuilder#bind}
     */
    public void closeAddress(int index) {
        service.doors().closeAll();
        listeners.get(index).close();
    }

    /**
     * Listens at an address again after {@link #closeAddress}. Blocks until it does.
     *
     * @param index of the address given to {@link SimulatorBuilder#bind}
     */
    public void openAddress(int index) {
        listeners.get(index).open();
        service.doors().openAll();
    }

    /**
     * Closes one host, as when the machine behind that name dies: its connections break, new ones are reset in the TLS
     * handshake, and all other hosts go on.
     *
     * @param host such as webpush.wx.qq.com
     * @throws IllegalStateException without TLS, where nobody says which host is meant before the request
     */
    public void closeHost(String host) {
        if (certificates == null) {
            throw new IllegalStateException("the simulator runs without TLS");
        }
        service.doors().close(host);
    }

    /**
     * Opens a host again after {@link #closeHost}.
     *
     * @param host as it was given there
     */
    public void openHost(String host) {
        service.doors().open(host);
    }

    /** {@return what came in} */
    public Traffic traffic() {
        return service.traffic();
    }

    // accounts -------------------------------------------------------------------------------------------------------

    /**
     * Adds an account.
     *
     * @param spec how it is set up
     * @return the account
     */
    public SimAccount addAccount(SimAccountSpec spec) {
        SimAccount account = new SimAccount(spec, service);
        service.add(List.of(account));
        return account;
    }

    /**
     * Adds accounts {@code acc-00001} and so on, spread over the host families.
     *
     * @param count how many
     * @return the accounts
     */
    public List<SimAccount> addAccounts(int count) {
        return addAccounts(count, SimAccountSpec.of("like", 1));
    }

    /**
     * The same with other contacts.
     *
     * @param count how many
     * @param like has the contacts that each of them has
     * @return the accounts
     */
    public List<SimAccount> addAccounts(int count, SimAccountSpec like) {
        List<SimAccount> more = new ArrayList<>();
        int first = service.accounts().size();
        for (int i = first; i < first + count; i++) {
            String name = String.format("acc-%05d", i + 1);
            SimAccountSpec spec = SimAccountSpec.of(name, FIRST_UIN + i)
                    .withContacts(like.friends(), like.rooms(), like.membersPerRoom())
                    .withHome(HOMES.get(i % HOMES.size()));
            more.add(new SimAccount(spec, service));
        }
        service.add(more);
        return more;
    }

    /** {@return all accounts in the order they were added} */
    public List<SimAccount> accounts() {
        return service.accounts();
    }

    /**
     * {@return the account of a name}
     *
     * @param name its name
     * @throws IllegalArgumentException when there is none
     */
    public SimAccount account(String name) {
        SimAccount account = service.account(name);
        if (account == null) {
            throw new IllegalArgumentException("no account " + name);
        }
        return account;
    }

    // scenarios ------------------------------------------------------------------------------------------------------

    /** {@return logins that wait for a scan or a tap, oldest first} */
    public List<PendingLogin> pendingLogins() {
        return service.logins().open();
    }

    /**
     * {@return a login}
     *
     * @param uuid of the QR code
     * @throws IllegalArgumentException when there is none
     */
    public PendingLogin login(String uuid) {
        PendingLogin login = service.logins().find(uuid);
        if (login == null) {
            throw new IllegalArgumentException("no such login");
        }
        return login;
    }

    /**
     * Makes calls go wrong.
     *
     * @param rule which and how
     */
    public void addFault(FaultRule rule) {
        service.faults().add(rule);
    }

    /** Lets all calls go well again. */
    public void clearFaults() {
        service.faults().clear();
    }

    /**
     * Takes back the rules for one host pattern.
     *
     * @param host as it was given
     */
    public void clearFaults(String host) {
        service.faults().clear(host);
    }

    /**
     * Takes back one rule.
     *
     * @param rule as it was given; nothing happens when it is not in force
     */
    public void removeFault(FaultRule rule) {
        service.faults().remove(rule);
    }

    /**
     * Lets random trouble begin, in place of what there was. Best begun when everybody is signed in: a login cut in half
     * needs its scan again, and nothing of that would be the client's fault.
     *
     * @param storm how much of it, from which seed
     */
    public void startStorm(Storm storm) {
        stopStorm();
        StormFront begun = new StormFront(
                storm,
                service,
                disk,
                () -> listeners.forEach(Listener::close),
                () -> listeners.forEach(Listener::open));
        front.set(begun);
        begun.begin();
    }

    /** Ends {@link #startStorm}; everything goes well at once. Blocks until all addresses listen. */
    public void stopStorm() {
        StormFront begun = front.get();
        if (begun != null) {
            begun.end();
        }
    }

    /** {@return the episodes of the storm so far, the last one's when it is over, a line each} */
    public List<String> stormNotes() {
        StormFront begun = front.get();
        return begun == null ? List.of() : begun.notes();
    }

    /** {@return how many connections there are} */
    public int connections() {
        return listeners.stream().mapToInt(Listener::connections).sum();
    }

    /** {@return the rules in force} */
    public List<FaultRule> faults() {
        return service.faults().all();
    }

    /**
     * Queues numbered texts for all accounts from now on.
     *
     * @param messagesPerSecondPerAccount may be less than 1
     */
    public void startLoad(double messagesPerSecondPerAccount) {
        load.start(messagesPerSecondPerAccount, KindMix.TEXTS, 1, false);
    }

    /**
     * Queues messages of several kinds for all accounts from now on.
     *
     * @param messagesPerSecondPerAccount may be less than 1
     * @param weights how often each kind comes in proportion, by the names of the control API; {@code text} is one of them,
     *     and texts are all there is when it is empty
     * @throws IllegalArgumentException when a kind is not known or a weight is negative
     */
    public void startLoad(double messagesPerSecondPerAccount, Map<String, Integer> weights) {
        load.start(messagesPerSecondPerAccount, KindMix.of(weights), 1, false);
    }

    /**
     * Queues messages to measure with: each carries, as {@link SimMessage#STAMP}, the microsecond it was due at, which
     * does not move when the simulator is late.
     *
     * @param messagesPerSecondPerAccount may be less than 1
     * @param weights as in {@link #startLoad(double, Map)}
     * @param batch how many messages an account gets at once, more rarely in proportion; at least 1
     * @throws IllegalArgumentException when a kind is not known, a weight is negative or the batch is not positive
     */
    public void startStampedLoad(double messagesPerSecondPerAccount, Map<String, Integer> weights, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("a batch has at least one message, not " + batch);
        }
        load.start(messagesPerSecondPerAccount, KindMix.of(weights), batch, true);
    }

    /** {@return how many messages the load queued since it was started last} */
    public long loadQueued() {
        return load.queued();
    }

    /** Ends {@link #startLoad}. */
    public void stopLoad() {
        load.stop();
    }

    /**
     * Gives every account a backlog that never ends: each synccheck is answered at once with news, each webwxsync with
     * another page. The pages obey the protocol as all others do, with ids of their own that are the same when a page is
     * fetched again; all else in them was made beforehand, so that they cost little. Nobody keeps the messages: the log
     * knows their ids only, and what they speak of cannot be downloaded. Each carries, as {@link SimMessage#STAMP}, the
     * microsecond at which its page was made.
     *
     * @param least messages of a page, at least 1
     * @param most messages of a page, at most 1,000
     * @param weights as in {@link #startLoad(double, Map)}
     * @param goesOn whether pages say that there is more; else a client asks synccheck before each
     * @throws IllegalArgumentException when a kind is not known, a weight is negative or there is no such page
     */
    public void startBacklog(int least, int most, Map<String, Integer> weights, boolean goesOn) {
        service.backlog(new Backlog(least, most, KindMix.of(weights), goesOn, backlogServed));
        service.accounts().forEach(account -> account.sessions().backlogBegan());
    }

    /** Ends {@link #startBacklog}: what was served by then is all there is. */
    public void stopBacklog() {
        service.backlog(null);
    }

    /** {@return how many messages of backlogs were served, each counted once} */
    public long backlogServed() {
        return backlogServed.sum();
    }

    /**
     * Holds a synccheck that has nothing to say for another time than at the start. Polls that are held already end within
     * that time from now, spread over it evenly, so that not all come again at once.
     *
     * @param hold at least 1 ms
     */
    public void holdSyncCheck(Duration hold) {
        if (hold.toMillis() < 1) {
            throw new IllegalArgumentException("synccheck is held for 1 ms at least, not " + hold);
        }
        service.syncHold(hold);
        List<SimAccount> all = service.accounts();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).sessions().holdUntil(hold.toMillis() * i / all.size());
        }
    }

    /**
     * Refuses an operation of an account, or of each account for itself, when it comes too often.
     *
     * @param limit how often it may come
     */
    public void limit(RateLimit limit) {
        service.limits().add(limit);
    }

    /** {@return the limits in force} */
    public List<RateLimit> limits() {
        return service.limits().all();
    }

    /** Takes back all limits. */
    public void clearLimits() {
        service.limits().clear();
    }

    // judgement ------------------------------------------------------------------------------------------------------

    /** {@return what clients did wrong} */
    public List<Violation> violations() {
        return service.violations().all();
    }

    /** Forgets what clients did wrong. */
    public void clearViolations() {
        service.violations().clear();
    }

    /**
     * Fails when a client did something wrong.
     *
     * @throws AssertionError with all that was found
     */
    public void assertNoViolations() {
        List<Violation> found = violations();
        if (!found.isEmpty()) {
            StringBuilder text = new StringBuilder("the client broke the rules:");
            for (Violation violation : found) {
                text.append("\n  ").append(violation);
            }
            throw new AssertionError(text.toString());
        }
    }

    /**
     * Holds what a client wrote down against what was queued.
     *
     * @param events lines of CloudEvents, in the order they were written
     * @return what became of every message
     */
    public Verdict judge(Stream<String> events) {
        return new Judge(accounts()).judge(events);
    }

    /** Where what blocks is done. */
    Scheduler disk() {
        return disk;
    }

    UploadedFiles uploads() {
        return service.files();
    }

    /** Ends all connections and threads. */
    @Override
    public void close() {
        load.stop();
        stopStorm();
        shutDown(control);
    }

    private void shutDown(@Nullable DisposableServer controlServer) {
        listeners.forEach(Listener::close);
        if (controlServer != null) {
            controlServer.dispose();
        }
        if (ownsTimer) {
            timer.dispose();
            timer.disposeGracefully()
                    .timeout(Duration.ofSeconds(1))
                    .onErrorComplete()
                    .block();
        }
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).block(Duration.ofSeconds(3));
        paintThread.shutdownNow();
        diskThread.shutdown();
        service.files().close(diskThread);
    }
}
