/** The SPI of event sinks: where events go. */
@NullMarked
package io.wxflux.sink;

import org.jspecify.annotations.NullMarked;
