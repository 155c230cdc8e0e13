package io.wxflux.load;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How late messages were at one sink, in microseconds from the moment they were due at the service.
 *
 * @param curve percentiles for plotting, rising
 */
record Delay(String sink, long count, long p50, long p90, long p99, long p999, long max, List<Point> curve) {
    private static final double[] DRAWN = {
        0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 96, 97, 98, 99, 99.5, 99.75, 99.9, 99.95, 99.99
    };

    /** @param percentile 0 to 100 */
    record Point(double percentile, long micros) {}

    Delay {
        curve = List.copyOf(curve);
    }

    static Delay of(String sink, Histogram measured) {
        List<Point> curve = new ArrayList<>();
        if (measured.getTotalCount() > 0) {
            for (double percentile : DRAWN) {
                // Fewer than two messages beyond it: that is no percentile but one message.
                if (measured.getTotalCount() * (100 - percentile) >= 200) {
                    curve.add(new Point(percentile, measured.getValueAtPercentile(percentile)));
                }
            }
        }
        return new Delay(
                sink,
                measured.getTotalCount(),
                measured.getValueAtPercentile(50),
                measured.getValueAtPercentile(90),
                measured.getValueAtPercentile(99),
                measured.getValueAtPercentile(99.9),
                measured.getMaxValue(),
                curve);
    }
}
