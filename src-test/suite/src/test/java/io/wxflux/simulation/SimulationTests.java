package io.wxflux.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Many seeds of {@link Simulation}. One that fails prints the line that replays it; its trace is then in
 * {@code target/simulation/}.
 */
class SimulationTests {
    private static final String REPLAYED = "wxflux.seed";

    /** How many seeds of the small size; on a second JDK, say, fewer than on the first. */
    private static final long SMALL_SEEDS = Long.getLong("wxflux.simulation.seeds", 600);

    private static final long HERD_SEEDS = 12;
    private static final long CROWD_SEEDS = 6;
    private static final long LARGE_SEEDS = Long.getLong("wxflux.simulation.large-seeds", 10_000);

    @Test
    @Timeout(600)
    @DisabledIfSystemProperty(named = REPLAYED, matches = ".+")
    void fiveAccountsForTenMinutes() {
        hold("small", SMALL_SEEDS);
    }

    @Test
    @Tag("proof")
    @Timeout(6 * 3_600)
    @DisabledIfSystemProperty(named = REPLAYED, matches = ".+")
    void twentyAccountsForAnHour() {
        hold("large", LARGE_SEEDS);
    }

    @Test
    @Timeout(600)
    @DisabledIfSystemProperty(named = REPLAYED, matches = ".+")
    void twoHundredAccountsInOneOutage() {
        hold("herd", Math.min(SMALL_SEEDS, HERD_SEEDS));
    }

    @Test
    @Tag("proof")
    @Timeout(3_600)
    @DisabledIfSystemProperty(named = REPLAYED, matches = ".+")
    void twoThousandAccountsInOneOutage() {
        hold("crowd", CROWD_SEEDS);
    }

    @Test
    @Timeout(600)
    @DisabledIfSystemProperty(named = REPLAYED, matches = ".+")
    void theSameSeedIsTheSameRunToTheLastStep() {
        for (long seed = 1; seed <= 20; seed++) {
            Simulation.Outcome once = new Simulation(seed, Seeds.size("small"), null).run();
            Simulation.Outcome again = new Simulation(seed, Seeds.size("small"), null).run();
            assertThat(again).as("seed " + seed).isEqualTo(once);
        }
    }

    @Test
    @Timeout(600)
    @EnabledIfSystemProperty(named = REPLAYED, matches = ".+")
    void replay() throws IOException {
        long seed = Long.getLong(REPLAYED);
        Simulation.Size size = Seeds.size(System.getProperty("wxflux.simulation.size", "small"));
        Path trace = Files.createDirectories(Path.of("target", "simulation")).resolve("seed-" + seed + ".txt");
        Simulation.Outcome outcome;
        try (var writer = Files.newBufferedWriter(trace)) {
            outcome = new Simulation(seed, size, line -> {
                        try {
                            writer.write(line);
                            writer.newLine();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .run();
        }
        System.out.println("seed " + seed + ": " + outcome.swarm());
        System.out.println("what happened is in " + trace.toAbsolutePath());
        assertThat(outcome.offences()).as("what must not happen").isEmpty();
    }

    private static void hold(String size, long seeds) {
        Seeds.Result result = Seeds.run(Seeds.size(size), seeds, new Seeds.Progress(seeds));
        System.out.println(size + ": " + result);
        List<String> lines = new ArrayList<>();
        result.failed()
                .forEach(outcome -> lines.add("seed " + outcome.seed() + ": "
                        + outcome.offences().stream().map(Object::toString).collect(Collectors.joining("; "))
                        + "\n    mvn -q verify -pl src-test/suite -am -Dtest=SimulationTests"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -D" + REPLAYED + "=" + outcome.seed()
                        + " -Dwxflux.simulation.size="
                        + size));
        assertThat(lines).as("seeds that failed, each with what replays it").isEmpty();
    }
}
