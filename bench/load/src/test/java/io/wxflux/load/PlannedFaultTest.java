package io.wxflux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.load.LoadResult.FaultOutcome;
import io.wxflux.load.LoadResult.Second;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedFaultTest {
    @Test
    void readsWhatItWrites() {
        PlannedFault fault = PlannedFault.of("webpush.*=hang@10s+5s");
        assertThat(fault).isEqualTo(new PlannedFault("webpush.*", "hang", 10_000, 5_000));
        assertThat(fault).hasToString("webpush.*=hang@10s+5s");
        assertThatThrownBy(() -> PlannedFault.of("webpush.*=hang")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTimeUntilMessagesAreInTimeAgainIsReadFromTheSeconds() {
        List<Second> seconds = new ArrayList<>();
        for (int at = 1; at <= 30; at++) {
            // The fault is from 10 to 20; messages stay away up to 13, and are late up to 22.
            long messages = at > 10 && at <= 13 ? 0 : 100;
            long p99 = at > 20 && at <= 22 ? 3_000_000 : 5_000;
            seconds.add(new Second(at, 1, messages, 1_000, p99, p99, 0, 0, 0));
        }
        var schedule = new FaultScheduleOf(PlannedFault.of("*=hang@10s+10s"));

        FaultOutcome outcome = schedule.outcome(seconds);

        assertThat(outcome.failoverSeconds()).isEqualTo(3);
        assertThat(outcome.recoverySeconds()).isEqualTo(2);
    }

    @Test
    void whatNeverComesBackIsNoRecovery() {
        List<Second> seconds = new ArrayList<>();
        for (int at = 1; at <= 30; at++) {
            seconds.add(new Second(at, 1, at > 10 ? 0 : 100, 1_000, 5_000, 5_000, 0, 0, 0));
        }

        FaultOutcome outcome = new FaultScheduleOf(PlannedFault.of("*=hang@10s+10s")).outcome(seconds);

        assertThat(outcome.failoverSeconds()).isEqualTo(-1);
        assertThat(outcome.recoverySeconds()).isEqualTo(-1);
    }

    private record FaultScheduleOf(PlannedFault fault) {
        FaultOutcome outcome(List<Second> seconds) {
            return FaultSchedule.outcomes(List.of(fault), 0, seconds).get(0);
        }
    }
}
