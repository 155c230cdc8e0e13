package io.wxflux.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A simulation that finds nothing proves nothing: it finds every bug that is planted in a copy of the engine. */
class PlantedBugTests {
    @TempDir
    Path directory;

    static List<PlantedBug> bugs() {
        return PlantedBug.all();
    }

    @Test
    void thereAreTenOfThem() {
        assertThat(bugs()).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void eachStillFitsIntoTheSourcesAndCompiles(PlantedBug bug) {
        assertThat(bug.compile(directory)).isDirectoryContaining("glob:**");
    }

    @ParameterizedTest
    @MethodSource("bugs")
    @Tag("proof")
    @Timeout(1_800)
    void eachIsFound(PlantedBug bug) throws Exception {
        String said = bug.run(bug.compile(directory), directory.resolve(bug + ".log"));

        System.out.println("planted bug " + bug + ": " + said.strip());
        assertThat(said).as("what the simulation of " + bug + " said").contains(HuntedSeeds.FOUND);
    }
}
