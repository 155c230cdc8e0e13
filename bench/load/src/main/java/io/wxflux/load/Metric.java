package io.wxflux.load;

import io.wxflux.load.LoadResult.Load;
import io.wxflux.load.LoadResult.Restart;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A figure by which clients are compared.
 *
 * @param value NaN when the client has none
 * @param lower whether less is better
 */
record Metric(String name, boolean lower, ToDoubleFunction<Labelled> value, DoubleFunction<String> text) {
    static final List<Metric> ALL = List.of(
            new Metric("signed in, accounts/s", false, Metric::signInRate, Figures::number),
            new Metric("messages/s", false, ofMessages(Load::perSecond), Figures::number),
            new Metric("round trips/s", false, ofLoad(Load::roundTrips), Figures::number),
            new Metric("delay p50", true, ofDelay(Delay::p50), Figures::micros),
            new Metric("delay p90", true, ofDelay(Delay::p90), Figures::micros),
            new Metric("delay p99", true, ofDelay(Delay::p99), Figures::micros),
            new Metric("delay p99.9", true, ofDelay(Delay::p999), Figures::micros),
            new Metric("delay max", true, ofDelay(Delay::max), Figures::micros),
            new Metric("back after a restart", true, ofRestart(Restart::seconds), Figures::seconds),
            new Metric("delay p50 after it", true, ofColdDelay(Delay::p50), Figures::micros),
            new Metric("delay p90 after it", true, ofColdDelay(Delay::p90), Figures::micros),
            new Metric("delay p99 after it", true, ofColdDelay(Delay::p99), Figures::micros),
            new Metric("not delivered", true, ofMessages(load -> load.queued() - load.delivered()), Figures::number),
            new Metric(
                    "heap per account", true, each -> each.result().memory().heapEach(each.accounts()), Figures::bytes),
            new Metric("RSS per account", true, Metric::residentEach, Figures::bytes),
            new Metric("CPU idle, % of a core", true, each -> each.result().idleCpuPercent(), Figures::number),
            new Metric("CPU under load, % of a core", true, ofLoad(Load::cpuPercent), Figures::number),
            new Metric("CPU per message", true, ofMessages(Load::cpuMicrosEach), Figures::micros),
            new Metric("CPU per round trip", true, ofLoad(Load::cpuMicrosEachRoundTrip), Figures::micros),
            new Metric("threads", true, each -> known(each.result().threads()), Figures::number),
            new Metric("sockets, idle", true, each -> known(each.result().sockets()), Figures::number),
            new Metric(
                    "simulator's CPU, % of a core", true, ofLoad(load -> load.serviceCpuPercent()), Figures::number));

    String show(Labelled of) {
        double each = value.applyAsDouble(of);
        return Double.isNaN(each) ? "–" : text.apply(each);
    }

    double of(Labelled each) {
        return value.applyAsDouble(each);
    }

    private static double signInRate(Labelled each) {
        double seconds = each.result().signInSeconds();
        return seconds == 0 ? Double.NaN : each.accounts() / seconds;
    }

    private static double residentEach(Labelled each) {
        return each.result().memory().residentIdle() < 0
                ? Double.NaN
                : each.result().memory().residentEach(each.accounts());
    }

    private static double known(int count) {
        return count < 0 ? Double.NaN : count;
    }

    private static ToDoubleFunction<Labelled> ofLoad(ToDoubleFunction<Load> figure) {
        return each -> {
            Load load = each.result().load();
            return load == null ? Double.NaN : figure.applyAsDouble(load);
        };
    }

    private static ToDoubleFunction<Labelled> ofMessages(ToDoubleFunction<Load> figure) {
        return ofLoad(load -> load.hasMessages() ? figure.applyAsDouble(load) : Double.NaN);
    }

    private static ToDoubleFunction<Labelled> ofRestart(ToDoubleFunction<Restart> figure) {
        return each -> {
            Restart restart = each.result().restart();
            return restart == null ? Double.NaN : figure.applyAsDouble(restart);
        };
    }

    private static ToDoubleFunction<Labelled> ofColdDelay(ToLongFunction<Delay> figure) {
        return ofRestart(restart -> {
            Delay delay = restart.delays().get(0);
            return delay.count() == 0 ? Double.NaN : figure.applyAsLong(delay);
        });
    }

    private static ToDoubleFunction<Labelled> ofDelay(Function<Delay, Long> figure) {
        return each -> {
            Delay delay = each.delay();
            return delay == null || delay.count() == 0 ? Double.NaN : figure.apply(delay);
        };
    }
}
