package io.wxflux.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Sets a {@link Simulator} up. Everything has a default; {@code Simulator.builder().start()} works. */
public final class SimulatorBuilder {

    private int port;
    private int controlPort = -1;
    private boolean tls = true;
    private @Nullable Path authority;
    private boolean gzip;
    private List<String> addresses = List.of("127.0.0.1");
    private int threads = 2;
    private @Nullable Long seed;
    private Clock clock = Clock.systemUTC();
    private @Nullable Scheduler scheduler;
    private Duration syncHold = Duration.ofSeconds(25);
    private Duration loginHold = Duration.ofSeconds(25);
    private Duration qrLifetime = Duration.ofMinutes(5);
    private Duration latency = Duration.ZERO;
    private Duration cookieLife = Duration.ofHours(12);
    private @Nullable Duration silenceLimit;
    private Settings.@Nullable AutoScan autoScan;
    private boolean movedWithoutLocation;
    private int contactPage = 500;
    private int batchCap = 50;
    private int syncBatch = 50;
    private int keepAcknowledged = Integer.MAX_VALUE;
    private int pollLimit = 10;
    private Duration pollWindow = Duration.ofSeconds(10);
    private boolean foreignPushHosts;
    private boolean adoptStrangers;
    private long uploadSpace = 512L << 20;
    private boolean echo;
    private int inviteStart = 40;
    private Function<SimAccount, Mono<Void>> onNewKey = account -> Mono.empty();

    SimulatorBuilder() {}

    /**
     * The port of all hosts.
     *
     * @param number 0 takes a free one
     * @return this builder
     */
    public SimulatorBuilder port(int number) {
        port = number;
        return this;
    }

    /**
     * The port of the control API, on the loopback address.
     *
     * @param number 0 takes a free one, -1 (the default) means none
     * @return this builder
     */
    public SimulatorBuilder controlPort(int number) {
        controlPort = number;
        return this;
    }

    /**
     * Whether the hosts speak TLS (the default).
     *
     * @param on false for plain HTTP
     * @return this builder
     */
    public SimulatorBuilder tls(boolean on) {
        tls = on;
        return this;
    }

    /**
     * Whether answers are compressed for clients that accept it. Off by default.
     *
     * @param on true to compress
     * @return this builder
     */
    public SimulatorBuilder gzip(boolean on) {
        gzip = on;
        return this;
    }

    /**
     * The addresses to listen at; several make a service with several addresses on one port.
     *
     * @param all such as 127.0.0.1 and 127.0.0.2
     * @return this builder
     */
    public SimulatorBuilder bind(String... all) {
        addresses = List.of(all);
        return this;
    }

    /**
     * Event loop threads.
     *
     * @param count 2 by default
     * @return this builder
     */
    public SimulatorBuilder threads(int count) {
        threads = count;
        return this;
    }

    /**
     * What made-up tokens, message ids and probable faults are drawn from.
     *
     * @param number the same gives the same tokens in the same order of calls; by default the time of the start, as no
     *     two services give the same ids to different messages
     * @return this builder
     */
    public SimulatorBuilder seed(long number) {
        seed = number;
        return this;
    }

    /**
     * The wall clock of CreateTime, Date and cookies.
     *
     * @param wall the system's by default
     * @return this builder
     */
    public SimulatorBuilder clock(Clock wall) {
        clock = wall;
        return this;
    }

    /**
     * What times holds, delays, automatic scans and the load; a virtual one lets a test pass the hours.
     *
     * @param timer not closed by the simulator
     * @return this builder
     */
    public SimulatorBuilder scheduler(Scheduler timer) {
        scheduler = timer;
        return this;
    }

    /**
     * How long synccheck is held.
     *
     * @param time 25 s by default
     * @return this builder
     */
    public SimulatorBuilder syncHold(Duration time) {
        syncHold = time;
        return this;
    }

    /**
     * How long a login poll is held.
     *
     * @param time 25 s by default
     * @return this builder
     */
    public SimulatorBuilder loginHold(Duration time) {
        loginHold = time;
        return this;
    }

    /**
     * How long a QR code can be scanned.
     *
     * @param time 5 min by default
     * @return this builder
     */
    public SimulatorBuilder qrLifetime(Duration time) {
        qrLifetime = time;
        return this;
    }

    /**
     * How long a webwxsync takes; none by default. With some, overlapping calls show.
     *
     * @param time added to every webwxsync
     * @return this builder
     */
    public SimulatorBuilder latency(Duration time) {
        latency = time;
        return this;
    }

    /**
     * How long the session's cookies are good; only webwxsync renews them.
     *
     * @param time 12 h by default
     * @return this builder
     */
    public SimulatorBuilder cookieLife(Duration time) {
        cookieLife = time;
        return this;
    }

    /**
     * Ends a session with 1101 when nothing was heard of it for a while.
     *
     * @param time never by default; the service does it after a few minutes
     * @return this builder
     */
    public SimulatorBuilder silenceLimit(Duration time) {
        silenceLimit = time;
        return this;
    }

    /**
     * Lets the phones act by themselves: a QR code is scanned by the account the client's {@code wxuin} or
     * {@code last_wxuin} cookie names, else by the next one that never logged in, else by the only one logged out.
     *
     * @param scanAfter from the QR code to the scan
     * @param confirmAfter from the scan to the tap
     * @return this builder
     */
    public SimulatorBuilder autoScan(Duration scanAfter, Duration confirmAfter) {
        autoScan = new Settings.AutoScan(scanAfter, confirmAfter);
        return this;
    }

    /**
     * Whether webwxnewloginpage answers 301 without Location, its XML in the body.
     *
     * @param on off by default; without {@code version=v2} in the query it always does
     * @return this builder
     */
    public SimulatorBuilder movedWithoutLocation(boolean on) {
        movedWithoutLocation = on;
        return this;
    }

    /**
     * Contacts in a page of webwxgetcontact.
     *
     * @param size 500 by default
     * @return this builder
     */
    public SimulatorBuilder contactPage(int size) {
        contactPage = size;
        return this;
    }

    /**
     * Contacts webwxbatchgetcontact gives at most.
     *
     * @param size 50 by default
     * @return this builder
     */
    public SimulatorBuilder batchCap(int size) {
        batchCap = size;
        return this;
    }

    /**
     * Entries in an answer of webwxsync.
     *
     * @param size 50 by default
     * @return this builder
     */
    public SimulatorBuilder syncBatch(int size) {
        syncBatch = size;
        return this;
    }

    /**
     * How many acknowledged entries of an account stay in memory; MsgIds stay known in any case.
     *
     * @param size all by default
     * @return this builder
     */
    public SimulatorBuilder keepAcknowledged(int size) {
        keepAcknowledged = size;
        return this;
    }

    /**
     * How often a client may poll although its polls brought nothing and were not held to the end.
     *
     * @param polls 10 by default
     * @param window 10 s by default
     * @return this builder
     */
    public SimulatorBuilder pollLimit(int polls, Duration window) {
        pollLimit = polls;
        pollWindow = window;
        return this;
    }

    /**
     * Whether push hosts of other families serve a session, when its {@code webwx_data_ticket} comes along. Off by
     * default: they answer 1100, as the service does.
     *
     * @param on true to serve
     * @return this builder
     */
    public SimulatorBuilder foreignPushHosts(boolean on) {
        foreignPushHosts = on;
        return this;
    }

    /**
     * What happens when a client asks the phone of an account nobody added, as one does that kept its state while the
     * simulator was started anew.
     *
     * @param on true to add an account of that uin, whose phone confirms; false, the default, to refuse
     * @return this builder
     */
    public SimulatorBuilder adoptStrangers(boolean on) {
        adoptStrangers = on;
        return this;
    }

    /**
     * How much of what clients uploaded is kept, in temporary files; the oldest goes first, and all of it at the end.
     *
     * @param bytes 512 MiB by default
     * @return this builder
     */
    public SimulatorBuilder uploadSpace(long bytes) {
        uploadSpace = bytes;
        return this;
    }

    /**
     * Whether what a client sends comes back to it in webwxsync, under the MsgID the send was answered with.
     *
     * @param on off by default
     * @return this builder
     */
    public SimulatorBuilder echo(boolean on) {
        echo = on;
        return this;
    }

    /**
     * Where the certificate authority is kept, key and certificate, so that clients which trust it need no other one
     * when the simulator is started anew.
     *
     * @param file made with mode 0600 when it is not there; by default there is none, and each start has its own
     * @return this builder
     */
    public SimulatorBuilder authority(Path file) {
        authority = file;
        return this;
    }

    /**
     * From how many members on a room takes invitations only.
     *
     * @param members 40 by default; webwxinit says it as InviteStartCount
     * @return this builder
     */
    public SimulatorBuilder inviteStart(int members) {
        inviteStart = members;
        return this;
    }

    /**
     * What is done before a webwxsync or synccheck is answered whose key acknowledges more than any before.
     *
     * @param before the answer waits until it completes; its errors are the answer's
     * @return this builder
     */
    public SimulatorBuilder onNewKey(Function<SimAccount, Mono<Void>> before) {
        onNewKey = before;
        return this;
    }

    /**
     * Starts the simulator.
     *
     * @return the running simulator
     */
    public Simulator start() {
        return new Simulator(new Settings(
                port,
                controlPort,
                tls,
                authority,
                gzip,
                addresses,
                threads,
                seed == null ? clock.millis() : seed,
                clock,
                scheduler,
                syncHold,
                loginHold,
                qrLifetime,
                latency,
                cookieLife,
                silenceLimit,
                autoScan,
                movedWithoutLocation,
                contactPage,
                batchCap,
                syncBatch,
                keepAcknowledged,
                pollLimit,
                pollWindow,
                foreignPushHosts,
                adoptStrangers,
                uploadSpace,
                echo,
                inviteStart,
                onNewKey));
    }
}
