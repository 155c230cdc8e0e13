package io.wxflux;

import io.wxflux.internal.contacts.ContactCache;
import io.wxflux.internal.delivery.LiveEvents;
import io.wxflux.internal.journal.TailBudget;
import io.wxflux.internal.session.Admission;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.SinkSpec;
import java.util.List;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What all accounts of an engine share.
 *
 * @param files where reading and writing files may block
 * @param stop completes when the engine is to stop
 */
record EngineResources(
        EngineOptions options,
        List<SinkSpec> sinks,
        Network network,
        LiveEvents live,
        DeadLetterStore deadLetters,
        TailBudget tailBudget,
        ContactCache contactCache,
        Admission admission,
        Scheduler scheduler,
        RandomGenerator random,
        Scheduler files,
        Mono<Void> stop) {}
