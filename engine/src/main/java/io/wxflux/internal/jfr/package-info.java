/**
 * What Java Flight Recorder is told. The names of events and fields are a contract with those who read recordings; the
 * classes are not. Nothing secret and nothing anybody wrote is ever in an event.
 */
@NullMarked
package io.wxflux.internal.jfr;

import org.jspecify.annotations.NullMarked;
