package io.wxflux.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A storm that is under way: draws its episodes one after the other and plays them. */
final class StormFront {

    private static final int MOST_NOTES = 10_000;

    /** In an episode the listener itself goes, so that connects are refused, one time of so many. */
    private static final int WHOLE_SERVICE = 8;

    private final Storm storm;
    private final Service service;
    private final Scheduler disk;
    private final Runnable closeAll;
    private final Runnable openAll;
    private final SplittableRandom random;
    private final long began;
    private final List<FaultRule> rules = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Disposable.Composite timers = Disposables.composite();
    private boolean over;
    private boolean refusing;

    /** @param disk where listeners are closed and opened, which blocks */
    StormFront(Storm storm, Service service, Scheduler disk, Runnable closeAll, Runnable openAll) {
        this.storm = storm;
        this.service = service;
        this.disk = disk;
        this.closeAll = closeAll;
        this.openAll = openAll;
        random = new SplittableRandom(storm.seed());
        began = service.millis();
    }

    synchronized void begin() {
        if (storm.share() > 0) {
            // One draw after the other: each takes its part of what the ones before left.
            double third = storm.share() / 3;
            put(onSync(new Fault.Page(500), third));
            put(onSync(new Fault.CutAnswer(), third / (1 - third)));
            put(onSync(new Fault.LostAnswer(), third / (1 - 2 * third)));
        }
        if (!storm.every().isZero()) {
            next();
        }
    }

    private static FaultRule onSync(Fault fault, double probability) {
        return FaultRule.on("*", fault).withCall("webwxsync").withProbability(probability);
    }

    /** Ends it all: from now on everything goes well. Blocks until the service listens. */
    synchronized void end() {
        over = true;
        timers.dispose();
        List.copyOf(rules).forEach(this::take);
        openAll.run();
    }

    /** What was played so far, a line each. */
    synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    private void next() {
        double apart = -Math.log(1 - random.nextDouble()) * storm.every().toMillis();
        timers.add(after(Duration.ofMillis((long) apart), this::episode));
    }

    private Disposable after(Duration time, Runnable work) {
        return Mono.delay(time, service.scheduler()).subscribe(tick -> work.run());
    }

    private synchronized void episode() {
        if (over) {
            return;
        }
        Duration length = Duration.ofMillis(
                200 + random.nextLong(Math.max(1, storm.longest().toMillis() - 200)));
        if (random.nextInt(WHOLE_SERVICE) == 0) {
            refuse(length);
        } else {
            FaultRule rule = FaultRule.on(host(), fault()).withProbability(random.nextBoolean() ? 1 : 0.3);
            note(rule.host() + " " + name(rule.fault()) + (rule.probability() < 1 ? " now and then" : ""), length);
            put(rule);
            timers.add(after(length, () -> take(rule)));
        }
        next();
    }

    private void refuse(Duration length) {
        if (refusing) {
            return;
        }
        refusing = true;
        note("every host refuses connections", length);
        // No rule that hits anything, but while it is there clients may look for other hosts.
        FaultRule excuse = FaultRule.on("*", new Fault.Reset()).withProbability(0);
        put(excuse);
        disk.schedule(() -> listen(false, excuse));
        timers.add(after(length, () -> endRefusal(excuse)));
    }

    private synchronized void endRefusal(FaultRule excuse) {
        refusing = false;
        disk.schedule(() -> listen(true, excuse));
    }

    private synchronized void listen(boolean again, FaultRule excuse) {
        if (over) {
            return;
        }
        if (again) {
            openAll.run();
            take(excuse);
        } else {
            closeAll.run();
        }
    }

    private synchronized void put(FaultRule rule) {
        rules.add(rule);
        service.faults().add(rule);
    }

    private synchronized void take(FaultRule rule) {
        if (rules.remove(rule)) {
            service.faults().remove(rule);
        }
    }

    private void note(String what, Duration length) {
        if (notes.size() < MOST_NOTES) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%.1f s: %s for %.1f s",
                    (service.millis() - began) / 1000.0,
                    what,
                    length.toMillis() / 1000.0));
        }
    }

    /** One host, all push hosts, or everything. */
    private String host() {
        var hosts = new TreeSet<String>();
        for (SimAccount account : service.accounts()) {
            HostFamily family = HostFamily.of(account.spec().home());
            hosts.add(family.api());
            hosts.add(family.push());
        }
        var all = new ArrayList<>(hosts);
        all.add("webpush.*");
        all.add("*");
        return all.get(random.nextInt(all.size()));
    }

    private Fault fault() {
        return switch (random.nextInt(13)) {
            case 0, 1 -> new Fault.Reset();
            case 2 -> new Fault.Hang();
            case 3 -> new Fault.Page(500);
            case 4 -> new Fault.Page(503);
            case 5 -> new Fault.Page(200);
            case 6 -> new Fault.EmptyBody();
            case 7 -> new Fault.StatusZero();
            case 8 -> new Fault.CutAnswer();
            case 9 -> new Fault.LostAnswer();
            case 10 -> new Fault.Late(Duration.ofMillis(100 + random.nextInt(2_000)));
            case 11 -> new Fault.Drip(random.nextBoolean(), 200, Duration.ofMillis(20));
            default -> new Fault.TruncatedGzip();
        };
    }

    private static @Nullable String plain(Fault fault) {
        if (fault instanceof Fault.Page page) {
            return "answers with a page and " + page.code();
        } else if (fault instanceof Fault.Late late) {
            return "answers " + late.by().toMillis() + " ms late";
        } else if (fault instanceof Fault.Drip drip) {
            return "lets its " + (drip.head() ? "heads" : "bodies") + " drip";
        }
        return null;
    }

    private static String name(Fault fault) {
        String plain = plain(fault);
        return plain != null
                ? plain
                : switch (fault.getClass().getSimpleName()) {
                    case "Reset" -> "resets";
                    case "Hang" -> "hangs";
                    case "EmptyBody" -> "answers with nothing";
                    case "StatusZero" -> "answers with a broken status line";
                    case "CutAnswer" -> "breaks off in the middle of answers";
                    case "LostAnswer" -> "does what it is asked and loses the answer";
                    default -> "cuts its gzip short";
                };
    }
}
