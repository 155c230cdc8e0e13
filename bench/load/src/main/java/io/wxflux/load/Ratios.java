package io.wxflux.load;

import io.wxflux.load.LoadResult.ClientResult;
import io.wxflux.load.LoadResult.Load;
import io.wxflux.load.LoadResult.Ratio;
import io.wxflux.load.LoadResult.Restart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a mode is about: figures of wxflux as multiples of others in the same run. */
final class Ratios {
    private static final String PER_SECOND = "round trips/s";
    private static final String PER_CPU = "round trips for a second of CPU";
    private static final String MESSAGES = "messages/s";
    private static final String MESSAGES_PER_CPU = "messages for a second of CPU";

    private Ratios() {}

    static List<Ratio> of(Mode mode, List<ClientResult> clients) {
        List<Ratio> all = new ArrayList<>();
        for (ClientResult client : clients) {
            if (!kind(client).isWxflux()) {
                continue;
            }
            if (mode == Mode.RESTART) {
                cold(all, client);
            }
            for (ClientResult other : clients) {
                if (!kind(other).isWxflux() && mode == Mode.ROUND_TRIPS) {
                    add(all, PER_SECOND, client, other, Load::roundTrips);
                    add(all, PER_CPU, client, other, load -> load.roundTrips() / load.cpuPercent());
                }
                // What the journal and the file cost is told against the engine without them.
                boolean durable = kind(client) == ClientKind.WXFLUX && kind(other) == ClientKind.WXFLUX_MEMORY;
                if ((!kind(other).isWxflux() || durable) && mode == Mode.BACKLOG) {
                    add(all, MESSAGES, client, other, Load::perSecond);
                    add(all, MESSAGES_PER_CPU, client, other, load -> load.perSecond() / load.cpuPercent());
                }
            }
        }
        return all;
    }

    private static ClientKind kind(ClientResult client) {
        return ClientKind.of(client.client());
    }

    private static void cold(List<Ratio> all, ClientResult client) {
        Load load = client.load();
        Restart restart = client.restart();
        if (load == null || restart == null) {
            return;
        }
        double value =
                (double) restart.delays().get(0).p50() / load.delays().get(0).p50();
        if (Double.isFinite(value) && value > 0) {
            all.add(new Ratio("delay p50 after the restart", client.title(), "before it", value, true));
        }
    }

    private static void add(
            List<Ratio> all, String figure, ClientResult client, ClientResult other, ToDoubleFunction<Load> of) {
        Load load = client.load();
        Load yardstick = other.load();
        if (load == null || yardstick == null) {
            return;
        }
        double value = of.applyAsDouble(load) / of.applyAsDouble(yardstick);
        if (Double.isFinite(value) && value > 0) {
            all.add(new Ratio(figure, client.title(), other.title(), value, load.counts() && yardstick.counts()));
        }
    }

    /** In words. */
    static String line(Ratio ratio) {
        return ratio.figure() + ": " + ratio.client() + " " + Figures.ratio(ratio.value()) + " " + ratio.to()
                + (ratio.counts() ? "" : " (does not count, see below)");
    }
}
