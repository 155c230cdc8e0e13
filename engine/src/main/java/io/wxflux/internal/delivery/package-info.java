/** From the journal to the sinks: lanes, cursors, acknowledgement, dead letters. */
@NullMarked
package io.wxflux.internal.delivery;

import org.jspecify.annotations.NullMarked;
