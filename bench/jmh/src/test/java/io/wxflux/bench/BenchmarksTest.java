package io.wxflux.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmarks run; how fast they are is nobody's business here. */
class BenchmarksTest {
    @Test
    void everyBenchmarkRunsOnce() throws Exception {
        assertThat(Benchmarks.verify()).isGreaterThan(30);
    }
}
