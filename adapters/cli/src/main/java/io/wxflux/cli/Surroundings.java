package io.wxflux.cli;

import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.journal.JournalOptions;
import io.wxflux.shard.Coordinator;
import java.io.InputStream;
import java.util.function.Function;

/**
 * What the commands may touch; a test brings its own.
 *
 * @param in what is typed or piped in
 * @param engines makes engines
 * @param journals opens the journal of a state directory
 * @param ownsProcess whether this is a process of its own, so that logging may be set up
 */
record Surroundings(
        Screen screen,
        InputStream in,
        StopSignal stop,
        Function<EngineOptions, Engine> engines,
        Function<JournalOptions, Coordinator> journals,
        boolean ownsProcess) {}
