package io.wxflux.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationTests {
    private static final Simulation.Size SMALL = new Simulation.Size(5, Duration.ofMinutes(10));

    @Test
    void seeds() {
        Long one = Long.getLong("wxflux.seed");
        if (one != null) {
            Simulation.Outcome outcome = new Simulation(one, SMALL, System.out::println).run();
            System.out.println(outcome);
            assertThat(outcome.offences()).isEmpty();
            return;
        }
        int bad = 0;
        long began = System.nanoTime();
        for (long seed = 1; seed <= Long.getLong("wxflux.seeds", 50); seed++) {
            Simulation.Outcome outcome = new Simulation(seed, SMALL, null).run();
            if (!outcome.isClean() && bad++ < 30) {
                System.out.println("seed " + seed + " " + outcome.offences());
            }
        }
        System.out.println("bad " + bad + ", ms " + (System.nanoTime() - began) / 1_000_000);
        assertThat(bad).isZero();
    }
}
