/** The front door: {@link io.wxflux.Engine} and {@link io.wxflux.Account}. */
@NullMarked
package io.wxflux;

import org.jspecify.annotations.NullMarked;
