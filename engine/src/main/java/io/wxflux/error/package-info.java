/** The exception family. Each error says by its {@link io.wxflux.error.Remedy} what is to be done about it. */
@NullMarked
package io.wxflux.error;

import org.jspecify.annotations.NullMarked;
