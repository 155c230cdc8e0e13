/** Immutable settings of the engine, its accounts and its sinks. */
@NullMarked
package io.wxflux.options;

import org.jspecify.annotations.NullMarked;
