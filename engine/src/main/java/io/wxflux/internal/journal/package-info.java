/** One account's journal as the engine writes and reads it: offsets, dedupe window, in-memory tail. */
@NullMarked
package io.wxflux.internal.journal;

import org.jspecify.annotations.NullMarked;
