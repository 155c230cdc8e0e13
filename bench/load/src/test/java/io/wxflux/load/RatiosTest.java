package io.wxflux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wxflux.load.LoadResult.ClientResult;
import io.wxflux.load.LoadResult.Ratio;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each mode is about is worked out from the right figures, and a run that does not count says so. */
class RatiosTest {
    private static final ClientResult MEMORY = Sample.client(ClientKind.WXFLUX_MEMORY, 60_000, 800, 40, true);
    private static final ClientResult DURABLE = Sample.client(ClientKind.WXFLUX, 30_000, 700, 50, true);
    private static final ClientResult BARE = Sample.client(ClientKind.REACTOR_NETTY, 80_000, 1_000, 25, true);
    private static final ClientResult UNFIT = Sample.client(ClientKind.RAW_NETTY, 90_000, 1_600, 20, false);

    @Test
    void roundTripsAreComparedAloneAndByWhatTheyCost() {
        List<Ratio> ratios = Ratios.of(Mode.ROUND_TRIPS, List.of(MEMORY, BARE));
        assertThat(ratios).hasSize(2);
        assertThat(ratios.get(0).value()).isCloseTo(0.8, within(1e-9));
        assertThat(ratios.get(1).value())
                .as("800 for 40 % against 1,000 for 25 %")
                .isCloseTo(0.5, within(1e-9));
        assertThat(ratios).allMatch(Ratio::counts);
    }

    @Test
    void aBacklogIsComparedWithTheYardsticksAndTheDurableOneWithTheOneInMemory() {
        List<Ratio> ratios = Ratios.of(Mode.BACKLOG, List.of(MEMORY, DURABLE, BARE));
        assertThat(ratios.stream().map(Ratios::line))
                .containsExactly(
                        "messages/s: wxflux, journal in memory 0.75 × bare Reactor Netty",
                        "messages for a second of CPU: wxflux, journal in memory 0.47 × bare Reactor Netty",
                        "messages/s: wxflux, durable journal 0.50 × wxflux, journal in memory",
                        "messages for a second of CPU: wxflux, durable journal 0.40 × wxflux, journal in memory",
                        "messages/s: wxflux, durable journal 0.38 × bare Reactor Netty",
                        "messages for a second of CPU: wxflux, durable journal 0.19 × bare Reactor Netty");
    }

    @Test
    void whereTheSimulatorWasTheLimitNothingCounts() {
        List<Ratio> ratios = Ratios.of(Mode.BACKLOG, List.of(MEMORY, UNFIT));
        assertThat(ratios).hasSize(2).noneMatch(Ratio::counts);
        LoadResult like = Sample.result(100, 1);
        var result = new LoadResult(
                LoadResult.FORMAT,
                Mode.BACKLOG,
                like.started(),
                like.machine(),
                like.cores(),
                like.plan(),
                List.of(new LoadResult.Run(100, List.of(MEMORY, UNFIT), ratios)));
        String trouble = "does not count: the simulator used 95 % of a core";
        assertThat(Summary.of(result)).contains(trouble, "0.67 × raw Netty (does not count");
        assertThat(Report.of(result))
                .contains(trouble, "0.67 × raw Netty (does not count", "100 accounts with a standing backlog");
        assertThat(Json.read(Json.pretty(result), LoadResult.class)).isEqualTo(result);
    }

    @Test
    void theDelayAfterARestartIsComparedWithTheOneBefore() {
        assertThat(Ratios.of(Mode.RESTART, List.of(DURABLE)))
                .singleElement()
                .satisfies(ratio -> assertThat(ratio.value()).isCloseTo(1.5, within(0.01)));
        assertThat(Ratios.of(Mode.LOAD, List.of(DURABLE, BARE))).isEmpty();
    }

    @Test
    void batchesAndTimesAreReadAsTheyAreWritten() {
        assertThat(Batch.of("7")).isEqualTo(new Batch(7, 7)).hasToString("7");
        assertThat(Batch.of("20-50")).isEqualTo(new Batch(20, 50)).hasToString("20-50");
        assertThat(Cold.of("10s+5s")).isEqualTo(new Cold(Duration.ofSeconds(10), Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5-4", "1-1001", "-3", "3-", "many", ""})
    void aBatchThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Batch.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--batch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10s", "10+10", "10s+0s", "+5s", ""})
    void aTimeThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Cold.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--cold takes");
    }
}
