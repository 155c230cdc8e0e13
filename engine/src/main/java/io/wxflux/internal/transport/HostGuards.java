package io.wxflux.internal.transport;

import static java.util.Objects.requireNonNull;

import io.wxflux.options.HttpOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/** What all accounts of an engine know of the hosts of the long poll: what one of them found out, none has to find again. */
public final class HostGuards {
    private final HttpOptions options;
    private final Scheduler scheduler;
    private final RandomGenerator random;

    /** As many as there are candidates. */
    private final Map<String, HostGuard> guards = new ConcurrentHashMap<>();

    public HostGuards(HttpOptions options, Scheduler scheduler, RandomGenerator random) {
        this.options = options;
        this.scheduler = scheduler;
        this.random = random;
    }

    public HostGuard of(String host) {
        return requireNonNull(guards.computeIfAbsent(host, name -> new HostGuard(name, options, scheduler, random)));
    }
}
