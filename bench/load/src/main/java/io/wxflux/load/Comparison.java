package io.wxflux.load;

import java.util.ArrayList;
import java.util.List;

/** Two results side by side, client by client. */
record Comparison(String before, LoadResult first, String after, LoadResult second, List<Pair> pairs) {
    /** The same client with the same number of accounts in both. */
    record Pair(String title, Labelled before, Labelled after) {}

    static Comparison of(String before, LoadResult first, String after, LoadResult second) {
        List<Pair> pairs = new ArrayList<>();
        for (LoadResult.Run run : first.runs()) {
            for (LoadResult.Run other : second.runs()) {
                if (run.accounts() != other.accounts()) {
                    continue;
                }
                for (Labelled each : Labelled.of(run)) {
                    for (Labelled same : Labelled.of(other)) {
                        if (each.result().client().equals(same.result().client())) {
                            pairs.add(new Pair(
                                    each.label() + ", " + Figures.format("%,d accounts", run.accounts()),
                                    new Labelled("A " + each.label(), run.accounts(), each.result()),
                                    new Labelled("B " + same.label(), other.accounts(), same.result())));
                        }
                    }
                }
            }
        }
        if (pairs.isEmpty()) {
            throw new LoadFailed(before + " and " + after
                    + " have no client with the same number of accounts in common: there is nothing to compare");
        }
        return new Comparison(before, first, after, second, pairs);
    }

    /** What changed, for a screen. */
    static String text(String before, LoadResult first, String after, LoadResult second) {
        Comparison comparison = of(before, first, after, second);
        var text = new StringBuilder("A = " + before + ", B = " + after + "\n");
        for (Pair pair : comparison.pairs()) {
            text.append('\n').append(pair.title()).append('\n');
            for (Metric metric : Metric.ALL) {
                if (!Double.isNaN(metric.of(pair.before())) || !Double.isNaN(metric.of(pair.after()))) {
                    text.append(Figures.format(
                            "%-30s%16s%16s%10s%n",
                            metric.name(),
                            metric.show(pair.before()),
                            metric.show(pair.after()),
                            change(metric, pair)));
                }
            }
        }
        return text.toString();
    }

    /** B as a multiple of A; empty when there is none. */
    static String change(Metric metric, Pair pair) {
        double ratio = metric.of(pair.after()) / metric.of(pair.before());
        return Double.isFinite(ratio) && ratio > 0 ? Figures.ratio(ratio) : "";
    }

    /** More than a tenth better or worse, as a class of the report's style; figures scatter by that much anyway. */
    static String verdict(Metric metric, Pair pair) {
        double ratio = metric.of(pair.after()) / metric.of(pair.before());
        if (!Double.isFinite(ratio) || ratio <= 0 || Math.abs(ratio - 1) <= 0.1) {
            return "";
        }
        return ratio < 1 == metric.lower() ? "better" : "worse";
    }
}
