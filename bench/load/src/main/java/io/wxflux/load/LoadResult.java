package io.wxflux.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured, as it is kept. Times of delays are microseconds, sizes bytes, moments seconds from the beginning
 * of the sign-in.
 *
 * @param format of this file
 * @param mode what was asked
 * @param plan in words, as the options that were given
 */
record LoadResult(int format, Mode mode, String started, Machine machine, String cores, String plan, List<Run> runs) {
    static final int FORMAT = 2;

    LoadResult {
        runs = List.copyOf(runs);
    }

    /**
     * All clients with one number of accounts.
     *
     * @param ratios what the mode is about
     */
    record Run(int accounts, List<ClientResult> clients, List<Ratio> ratios) {
        Run {
            clients = List.copyOf(clients);
            ratios = List.copyOf(ratios);
        }
    }

    /**
     * A figure of a client as a multiple of another one.
     *
     * @param figure what is compared
     * @param client whose
     * @param to what it is compared with
     * @param counts false when the simulator was what limited one of them
     */
    record Ratio(String figure, String client, String to, double value, boolean counts) {}

    /**
     * What one client did.
     *
     * @param client as on the command line
     * @param signInSeconds until the last account was signed in
     * @param memory after the sign-in and idleness
     * @param idleCpuPercent of one core, while idle
     * @param load null when there was none
     * @param restart null when there was none
     * @param failures requests or accounts that failed, over all
     * @param problem the last of them in words
     */
    record ClientResult(
            String client,
            String title,
            double signInSeconds,
            Memory memory,
            int threads,
            int sockets,
            double idleCpuPercent,
            @Nullable Load load,
            @Nullable Restart restart,
            List<Second> series,
            long failures,
            String problem) {
        ClientResult {
            series = List.copyOf(series);
        }
    }

    /** Live heap and resident memory, before the first account and with all of them idle; resident is -1 if not known. */
    record Memory(long heapBefore, long heapIdle, long residentBefore, long residentIdle) {
        double heapEach(int accounts) {
            return (double) (heapIdle - heapBefore) / accounts;
        }

        double residentEach(int accounts) {
            return (double) (residentIdle - residentBefore) / accounts;
        }
    }

    /**
     * @param from when the measurement began
     * @param seconds it took
     * @param queued by the service, warm-up included
     * @param delivered of those
     * @param perSecond delivered in the measurement
     * @param roundTrips of synccheck and webwxsync a second, in the measurement
     * @param cpuPercent of one core, of the client
     * @param serviceCpuPercent of one core, of the simulator
     * @param counts false when the simulator was so busy that it may be what was measured
     * @param violations rules of the protocol the client broke
     * @param delays of each sink
     */
    record Load(
            double from,
            double seconds,
            long queued,
            long delivered,
            double perSecond,
            double roundTrips,
            double cpuPercent,
            double serviceCpuPercent,
            boolean counts,
            List<String> violations,
            List<Delay> delays,
            List<FaultOutcome> faults) {
        Load {
            violations = List.copyOf(violations);
            delays = List.copyOf(delays);
            faults = List.copyOf(faults);
        }

        double cpuMicrosEach() {
            return perSecond == 0 ? 0 : cpuPercent * 10_000 / perSecond;
        }

        double cpuMicrosEachRoundTrip() {
            return roundTrips == 0 ? 0 : cpuPercent * 10_000 / roundTrips;
        }

        /** Whether there was anything to deliver. */
        boolean hasMessages() {
            return queued > 0 || delivered > 0;
        }
    }

    /**
     * The same accounts after a new start of the client.
     *
     * @param seconds from the stop of the former process until the last account polled
     * @param from when the measurement began
     * @param to when it ended
     * @param messages delivered since the start
     * @param delays of each sink, in the measurement
     */
    record Restart(double seconds, double from, double to, long messages, List<Delay> delays) {
        Restart {
            delays = List.copyOf(delays);
        }
    }

    /**
     * @param fault as planned
     * @param from when it began
     * @param to when it ended
     * @param failoverSeconds until messages came in time again while it lasted; -1 when they did not
     * @param recoverySeconds the same from its end on
     */
    record FaultOutcome(String fault, double from, double to, double failoverSeconds, double recoverySeconds) {}

    /** One second. @param cpuPercent of one core */
    record Second(
            double at,
            int ready,
            long messages,
            long p50,
            long p99,
            long max,
            long heap,
            long resident,
            double cpuPercent) {}
}
