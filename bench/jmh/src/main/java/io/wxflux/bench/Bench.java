package io.wxflux.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The settings of every benchmark, in one place: extend it and add nothing of the kind.
 *
 * <p>The heap is touched before the measurement and the young generation is small: otherwise the first pass over fresh
 * pages makes results several times slower and bimodal on virtual machines.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-Xmn96m", "-XX:+AlwaysPreTouch"})
public abstract class Bench {
    /** For benchmarks. */
    protected Bench() {}
}
