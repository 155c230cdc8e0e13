package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what clients did wrong. */
final class Violations {

    private static final Logger log = LoggerFactory.getLogger(Violations.class);

    private record Case(Violation.Kind kind, String account) {}

    private record Tally(AtomicLong count, String firstExample) {}

    private final Map<Case, Tally> tallies = new ConcurrentHashMap<>();

    void count(Violation.Kind kind, String account, String example) {
        Tally tally = tallies.computeIfAbsent(new Case(kind, account), unused -> new Tally(new AtomicLong(), example));
        if (tally.count().incrementAndGet() == 1) {
            log.debug("{} by {}: {}", kind, account.isEmpty() ? "somebody" : account, example);
        }
    }

    List<Violation> all() {
        List<Violation> all = new ArrayList<>();
        tallies.forEach((which, tally) -> all.add(
                new Violation(which.kind(), which.account(), tally.count().get(), tally.firstExample())));
        all.sort(Comparator.comparing(Violation::kind).thenComparing(Violation::account));
        return all;
    }

    long of(String account) {
        return all().stream()
                .filter(violation -> violation.account().equals(account))
                .mapToLong(Violation::count)
                .sum();
    }

    void clear() {
        tallies.clear();
    }
}
