/** Tests of the encoding of events and of its catalogue. */
@NullMarked
package io.wxflux.sink;

import org.jspecify.annotations.NullMarked;
