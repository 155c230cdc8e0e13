package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One sink stalled for some accounts: everybody else, and the other sink of those accounts, notice nothing. Both figures
 * of a run, with and without the stall, come from the same process, one after the other, so that they share the machine's
 * mood. Five runs of 1,000 accounts take about 25 minutes: each 40 s to sign in and warm up, 60 s without the stall, 180 s
 * with it, and some seconds to catch up.
 */
@Tag("process")
class StalledSinkTests {
    private static final long MIB = 1 << 20;
    /** What delivery may keep in memory for all accounts together, by the defaults of its options. */
    private static final long CAP = 64 * MIB;

    private static final Pattern REPORT = Pattern.compile(
            "report ready=(\\d+) ended=(\\d+) quick=(\\d+) slow=(\\d+) wrong=(\\d+) others=(\\d+):(\\d+)"
                    + " othersOfTheSink=(\\d+):(\\d+) elsewhere=(\\d+):(\\d+) heap=(\\d+)");

    @TempDir
    Path directory;

    @Test
    @Tag("proof")
    @Timeout(3600)
    void hundredOfAThousandAccounts() throws Exception {
        int accounts = Integer.getInteger("wxflux.stalled.accounts", 1_000);
        int runs = Integer.getInteger("wxflux.stalled.runs", 5);
        Duration calm = Duration.ofSeconds(Integer.getInteger("wxflux.stalled.calm", 60));
        Duration stall = Duration.ofSeconds(Integer.getInteger("wxflux.stalled.stall", 180));
        double rate = Double.parseDouble(System.getProperty("wxflux.stalled.rate", "0.2"));
        List<Figures> all = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            all.add(run(Files.createDirectory(directory.resolve("run-" + run)), accounts, rate, calm, stall));
        }
        long calmOthers = median(all, figures -> figures.calm.p99Others);
        long stallOthers = median(all, figures -> figures.stalled.p99Others);
        long calmSink = median(all, figures -> figures.calm.p99OfTheSink);
        long stallSink = median(all, figures -> figures.stalled.p99OfTheSink);
        long calmElsewhere = median(all, figures -> figures.calm.p99Elsewhere);
        long stallElsewhere = median(all, figures -> figures.stalled.p99Elsewhere);
        double share = all.stream().mapToDouble(Figures::share).min().orElseThrow();
        long growth = all.stream().mapToLong(Figures::growth).max().orElseThrow();
        System.out.printf(
                "one sink stalled %d s for %d of %d accounts at %s messages/s each, %d runs: the others and the other sink"
                        + " had %.4f of the offered rate; p99 (median) %d ms -> %d ms at the other accounts, %d -> %d at"
                        + " theirs of the stalled sink, %d -> %d at the other sink of the stalled accounts; heap %+.1f MiB;"
                        + " all caught up, 0 lost, 0 reordered, no session ended%n",
                stall.toSeconds(),
                accounts / 10,
                accounts,
                rate,
                runs,
                share,
                calmOthers,
                stallOthers,
                calmSink,
                stallSink,
                calmElsewhere,
                stallElsewhere,
                growth / (double) MIB);
        assertThat(share).as("of the offered rate").isGreaterThanOrEqualTo(0.99);
        assertThat(stallOthers).as("p99 of the others").isLessThanOrEqualTo(2 * Math.max(1, calmOthers));
        assertThat(stallSink).as("p99 of the others at the sink").isLessThanOrEqualTo(2 * Math.max(1, calmSink));
        assertThat(stallElsewhere)
                .as("p99 of the stalled accounts' other sink")
                .isLessThanOrEqualTo(2 * Math.max(1, calmElsewhere));
        assertThat(growth).as("bytes of live heap").isLessThan(CAP);
    }

    private static long median(List<Figures> all, ToLongFunction<Figures> figure) {
        long[] sorted = all.stream().mapToLong(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** What a program reported, a phase's own part of it. */
    private record Report(
            long ready,
            long ended,
            long quick,
            long slow,
            long wrong,
            long p99Others,
            long p99OfTheSink,
            long p99Elsewhere,
            long measured,
            long heap) {}

    private record Figures(Report calm, Report stalled, double share) {
        long growth() {
            return stalled.heap - calm.heap;
        }
    }

    private Figures run(Path home, int accounts, double rate, Duration calm, Duration stall) throws Exception {
        int stallable = accounts / 10;
        try (var service = new RemoteService(home, accounts);
                var program = ChildProcess.start(
                        List.of("-Xmx1g"),
                        home.resolve("program.log"),
                        StalledProgram.class.getName(),
                        home.resolve("state").toString(),
                        Integer.toString(service.port()),
                        service.authority().toString(),
                        Integer.toString(accounts),
                        Integer.toString(stallable))) {
            await(program, report -> report.ready == accounts, Duration.ofMinutes(5));
            service.post("/load", "{\"rate\": " + rate + ", \"stamped\": true}");
            LockSupport.parkNanos(Duration.ofSeconds(15).toNanos());
            Phase first = phase(service, program, calm);
            program.type("stall");
            Phase second = phase(service, program, stall);
            program.type("release");
            service.post("/load", "{\"rate\": 0}");
            long queued = queued(service);
            Report end =
                    await(program, report -> report.quick >= queued && report.slow >= queued, Duration.ofMinutes(2));
            assertThat(end.quick).isEqualTo(queued);
            assertThat(end.slow).isEqualTo(queued);
            assertThat(end.wrong).as("out of order, lost or twice").isZero();
            assertThat(end.ended).as("sessions that ended").isZero();
            assertThat(service.sum("logins")).isEqualTo(accounts);
            assertThat(service.get("/violations")).isEqualTo("[]");
            program.type("quit");
            Await.until(Duration.ofSeconds(60), () -> program.output().contains("stopped"), program::output);
            // The quick sink has all accounts, the slow one those that cannot be stalled.
            double offered = second.offered * (1 + 1 - (double) stallable / accounts);
            Figures figures = new Figures(first.report, second.report, second.report.measured / offered);
            System.out.println("stalled sink, one run: " + figures);
            return figures;
        }
    }

    private record Phase(Report report, long offered) {}

    private static Phase phase(RemoteService service, ChildProcess program, Duration time) throws Exception {
        program.type("begin");
        long before = queued(service);
        LockSupport.parkNanos(time.toNanos());
        long offered = queued(service) - before;
        program.type("collect");
        return new Phase(report(program), offered);
    }

    private static long queued(RemoteService service) throws IOException, InterruptedException {
        Matcher figure = Pattern.compile("\"queued\":(\\d+)").matcher(service.get("/load"));
        assertThat(figure.find()).isTrue();
        return Long.parseLong(figure.group(1));
    }

    private static Report await(ChildProcess program, java.util.function.Predicate<Report> wanted, Duration most) {
        Report[] last = new Report[1];
        Await.until(
                most,
                () -> {
                    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                    last[0] = report(program);
                    return wanted.test(last[0]);
                },
                program::output);
        return last[0];
    }

    private static Report report(ChildProcess program) {
        long before = reports(program).size();
        program.type("report");
        Await.until(
                Duration.ofSeconds(60),
                () -> {
                    // Looking costs time that the program needs.
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                    return reports(program).size() > before;
                },
                program::output);
        List<Report> all = reports(program);
        return all.get(all.size() - 1);
    }

    private static List<Report> reports(ChildProcess program) {
        List<Report> all = new ArrayList<>();
        Matcher line = REPORT.matcher(program.output());
        while (line.find()) {
            long[] n = new long[13];
            for (int i = 1; i < n.length; i++) {
                n[i] = Long.parseLong(line.group(i));
            }
            all.add(new Report(n[1], n[2], n[3], n[4], n[5], n[7], n[9], n[11], n[6] + n[8] + n[10], n[12]));
        }
        return all;
    }
}
