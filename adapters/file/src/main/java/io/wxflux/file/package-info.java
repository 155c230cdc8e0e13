/**
 * Sinks that need nothing but this machine: {@link io.wxflux.file.FileSink} with every event exactly once,
 * {@link io.wxflux.file.ConsoleSink} for people, {@link io.wxflux.file.FileDeadLetters} for what a sink rejected.
 */
@NullMarked
package io.wxflux.file;

import org.jspecify.annotations.NullMarked;
