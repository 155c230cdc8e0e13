/** Bytes to bodies and back: JSON, XML, scripts. No I/O. */
@NullMarked
package io.wxflux.internal.wire;

import org.jspecify.annotations.NullMarked;
