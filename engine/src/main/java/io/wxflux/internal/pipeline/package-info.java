/** The account as one Flux: cycle, retry policies, state publication. */
@NullMarked
package io.wxflux.internal.pipeline;

import org.jspecify.annotations.NullMarked;
