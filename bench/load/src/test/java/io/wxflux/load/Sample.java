package io.wxflux.load;

import io.wxflux.load.LoadResult.ClientResult;
import io.wxflux.load.LoadResult.Load;
import io.wxflux.load.LoadResult.Memory;
import io.wxflux.load.LoadResult.Second;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** A result that nobody measured. */
final class Sample {
    private Sample() {}

    /** @param slowness multiplies every delay of wxflux */
    static LoadResult result(int accounts, double slowness) {
        return new LoadResult(
                LoadResult.FORMAT,
                Mode.LOAD,
                "2026-11-21T12:00:00Z",
                new Machine("made up", 2, 8L << 30, "Linux", "Java", ""),
                "all cores shared",
                "--accounts " + accounts,
                List.of(new LoadResult.Run(
                        accounts,
                        List.of(
                                client(ClientKind.WXFLUX, 2_000 * slowness, List.of()),
                                client(ClientKind.RAW_NETTY, 1_000, List.of("BAD_QUERY x 1: <img onerror=alert(1)>"))),
                        List.of())));
    }

    private static ClientResult client(ClientKind kind, double micros, List<String> violations) {
        var histogram = new Histogram(1, 3_600_000_000L, 3);
        List<Second> series = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            series.add(
                    new Second(i, 10, i > 10 ? 100 : 0, (long) micros, (long) micros * 3, 9, 1 << 20, 1 << 26, 12.5));
        }
        for (int i = 0; i < 10_000; i++) {
            histogram.recordValue(i % 100 == 99 ? (long) micros * 5 : (long) micros);
        }
        return new ClientResult(
                kind.option(),
                kind.title(),
                2,
                new Memory(5_000_000, 6_000_000, 100_000_000, 110_000_000),
                20,
                201,
                0.5,
                new Load(
                        10,
                        30,
                        4_000,
                        4_000,
                        100,
                        150,
                        20,
                        15,
                        true,
                        violations,
                        List.of(Delay.of("sink", histogram)),
                        List.of()),
                null,
                series,
                0,
                "");
    }

    /** A client with these figures and nothing else. */
    static ClientResult client(ClientKind kind, double perSecond, double roundTrips, double cpu, boolean counts) {
        ClientResult like = client(kind, 1_000, List.of());
        Load load = java.util.Objects.requireNonNull(like.load());
        var histogram = new Histogram(1, 3_600_000_000L, 3);
        histogram.recordValue(1_500);
        return new ClientResult(
                kind.option(),
                kind.title(),
                2,
                like.memory(),
                20,
                201,
                0.5,
                new Load(
                        10,
                        30,
                        4_000,
                        4_000,
                        perSecond,
                        roundTrips,
                        cpu,
                        counts ? 80 : 95,
                        counts,
                        List.of(),
                        load.delays(),
                        List.of()),
                new LoadResult.Restart(4, 50, 60, 900, List.of(Delay.of("sink", histogram))),
                like.series(),
                0,
                "");
    }
}
