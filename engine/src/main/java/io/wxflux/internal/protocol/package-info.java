/** One stateless class for each step of the protocol; each returns a Mono and keeps nothing. */
@NullMarked
package io.wxflux.internal.protocol;

import org.jspecify.annotations.NullMarked;
