package io.wxflux;

import io.wxflux.internal.contacts.ContactCache;
import io.wxflux.internal.delivery.LiveEvents;
import io.wxflux.internal.journal.MemoryBudget;
import io.wxflux.internal.session.Admission;
import io.wxflux.internal.transport.HostGuards;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.SinkSpec;
import java.util.Collection;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What all accounts of an engine share.
 *
 * @param sinks those there are at the moment
 * @param files where reading and writing files may block
 * @param stop completes when the engine is to stop
 */
record EngineResources(
        EngineOptions options,
        Collection<SinkSpec> sinks,
        Network network,
        LiveEvents live,
        DeadLetterStore deadLetters,
        MemoryBudget memory,
        ContactCache contactCache,
        Admission admission,
        HostGuards hostGuards,
        Scheduler scheduler,
        RandomGenerator random,
        Scheduler files,
        Mono<Void> stop) {}
