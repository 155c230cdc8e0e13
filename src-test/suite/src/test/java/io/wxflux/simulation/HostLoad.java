package io.wxflux.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an outage looks like to the hosts, when many accounts are in it: RELIABILITY's bar 21, and how often a host that is
 * down is asked.
 */
final class HostLoad {
    private static final long SECOND = 1_000;

    /** At the beginning everybody learns of it, and nobody waits for long yet: {@link RequestRate} bounds that. */
    private static final long SURPRISE = 60 * SECOND;

    private static final long MEASURED = 60 * SECOND;
    private static final long ALL_BACK = 120 * SECOND;

    /** The goal is 60 s; see docs/known-issues.md. */
    private static final long HOME_AGAIN = 90 * SECOND;

    private static final int MOST_TIMES_STEADY = 3;
    private static final int MOST_PROBES_A_SECOND = 5;
    private static final int MOST_PROBES_A_MINUTE = 30;

    private record Sent(String host, String account, long millis) {}

    private final Trace trace;
    private final List<Sent> requests = new ArrayList<>();
    private @Nullable String host;
    private long from;
    private long until;

    HostLoad(Trace trace) {
        this.trace = trace;
    }

    /** @param down null = all */
    void outage(@Nullable String down, long begin, long end) {
        host = down;
        from = begin;
        until = end;
    }

    void sent(String to, String account, long millis) {
        requests.add(new Sent(to, account, millis));
    }

    void judge(Collection<String> accounts) {
        if (host == null) {
            double steady = requests.stream()
                            .filter(sent -> sent.millis >= from - MEASURED && sent.millis < from)
                            .count()
                    * (double) SECOND
                    / MEASURED;
            long most = most(null, SECOND, from + SURPRISE, until + ALL_BACK);
            if (most > MOST_TIMES_STEADY * steady) {
                trace.offence(
                        Invariant.NO_HERD,
                        most + " requests within a second of or after an outage; it was " + steady
                                + " a second before it");
            }
            back(accounts, null, ALL_BACK);
            return;
        }
        back(accounts, host, HOME_AGAIN);
        long inSecond = most(host, SECOND, from + SURPRISE, until);
        long inMinute = most(host, 60 * SECOND, from + SURPRISE, until);
        if (inSecond > MOST_PROBES_A_SECOND || inMinute > MOST_PROBES_A_MINUTE) {
            trace.offence(
                    Invariant.FEW_PROBES,
                    host + " is down and is asked " + inSecond + " times in a second, " + inMinute
                            + " times in a minute");
        }
    }

    private void back(Collection<String> accounts, @Nullable String to, long within) {
        Set<String> missing = new HashSet<>(accounts);
        requests.stream()
                .filter(sent -> sent.millis >= until && sent.millis <= until + within)
                .filter(sent -> to == null || sent.host.equals(to))
                .forEach(sent -> missing.remove(sent.account));
        if (!missing.isEmpty()) {
            long last = requests.stream()
                    .filter(sent -> sent.millis >= until && missing.contains(sent.account))
                    .filter(sent -> to == null || sent.host.equals(to))
                    .mapToLong(sent -> sent.millis - until)
                    .min()
                    .orElse(-1);
            trace.offence(
                    Invariant.PROGRESS,
                    "the first of them after " + last + " ms: " + missing.size() + " accounts have not polled "
                            + (to == null ? "" : to + " ") + "within " + within / SECOND + " s after the outage");
        }
    }

    /** The most requests in any window of so long between two moments. */
    private long most(@Nullable String to, long window, long begin, long end) {
        List<Long> times = requests.stream()
                .filter(sent -> sent.millis >= begin && sent.millis < end)
                .filter(sent -> to == null || sent.host.equals(to))
                .map(Sent::millis)
                .toList();
        int first = 0;
        long most = 0;
        for (int last = 0; last < times.size(); last++) {
            while (times.get(first) <= times.get(last) - window) {
                first++;
            }
            most = Math.max(most, last - first + 1L);
        }
        return most;
    }
}
