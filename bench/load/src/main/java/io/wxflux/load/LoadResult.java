package io.wxflux.load;

import java.util.List;

/**
 * All that was measured, as it is kept. Times of delays are microseconds, sizes bytes, moments seconds from the beginning
 * of the sign-in.
 *
 * @param format of this file
 * @param plan in words, as the options that were given
 */
record LoadResult(int format, String started, Machine machine, String cores, String plan, List<Run> runs) {
    static final int FORMAT = 1;

    LoadResult {
        runs = List.copyOf(runs);
    }

    /** All clients with one number of accounts. */
    record Run(int accounts, List<ClientResult> clients) {
        Run {
            clients = List.copyOf(clients);
        }
    }

    /**
     * What one client did.
     *
     * @param client as on the command line
     * @param signInSeconds until the last account was signed in
     * @param memory after the sign-in and idleness
     * @param idleCpuPercent of one core, while idle
     * @param load null when there was none
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
            @org.jspecify.annotations.Nullable Load load,
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
     * @param cpuPercent of one core, of the client
     * @param serviceCpuPercent of one core, of the simulator
     * @param violations rules of the protocol the client broke
     * @param delays of each sink
     */
    record Load(
            double from,
            double seconds,
            long queued,
            long delivered,
            double perSecond,
            double cpuPercent,
            double serviceCpuPercent,
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
