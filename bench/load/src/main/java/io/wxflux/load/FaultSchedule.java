package io.wxflux.load;

import io.wxflux.load.LoadResult.FaultOutcome;
import io.wxflux.load.LoadResult.Second;
import java.util.ArrayList;
import java.util.List;

/** Begins and ends the planned faults, and reads from the seconds how long messages were late because of them. */
final class FaultSchedule {
    /** In time again: at most so late, or twice as late as the worst second before the fault. */
    private static final long IN_TIME_MICROS = 100_000;

    private final ServiceProcess service;
    private final List<PlannedFault> waiting;
    private final List<PlannedFault> running = new ArrayList<>();
    private final List<PlannedFault> all;

    FaultSchedule(List<PlannedFault> faults, ServiceProcess service) {
        this.service = service;
        this.all = faults;
        this.waiting = new ArrayList<>(faults);
    }

    /** @param millis since the beginning of the measurement */
    void at(long millis) {
        for (PlannedFault fault : List.copyOf(waiting)) {
            if (millis >= fault.startMillis()) {
                service.begin(fault);
                waiting.remove(fault);
                running.add(fault);
            }
        }
        for (PlannedFault fault : List.copyOf(running)) {
            if (millis >= fault.startMillis() + fault.lengthMillis()) {
                service.end(fault);
                running.remove(fault);
            }
        }
    }

    void end() {
        running.forEach(service::end);
        running.clear();
    }

    /** @param from when the measurement began, in the time of the seconds */
    List<FaultOutcome> outcomes(double from, List<Second> seconds) {
        return outcomes(all, from, seconds);
    }

    static List<FaultOutcome> outcomes(List<PlannedFault> all, double from, List<Second> seconds) {
        List<FaultOutcome> outcomes = new ArrayList<>();
        for (PlannedFault fault : all) {
            double start = from + fault.startMillis() / 1e3;
            double end = start + fault.lengthMillis() / 1e3;
            long usual = seconds.stream()
                    .filter(second -> second.at() > from && second.at() < start)
                    .mapToLong(Second::p99)
                    .max()
                    .orElse(0);
            long bound = Math.max(IN_TIME_MICROS, 2 * usual);
            outcomes.add(new FaultOutcome(
                    fault.toString(),
                    start,
                    end,
                    inTimeAfter(seconds, start, end, bound),
                    inTimeAfter(seconds, end, Double.MAX_VALUE, bound)));
        }
        return outcomes;
    }

    /** How long after {@code start} the last second ended whose messages were late or missing; -1 if none came in time. */
    private static double inTimeAfter(List<Second> seconds, double start, double end, long bound) {
        double good = start;
        boolean inTime = false;
        for (Second second : seconds) {
            if (second.at() <= start || second.at() > end) {
                continue;
            }
            inTime = second.messages() > 0 && second.p99() <= bound;
            if (!inTime) {
                good = second.at();
            }
        }
        return inTime ? good - start : -1;
    }
}
