/** The runner: {@code demo}, {@code run}, {@code check}, {@code simulator}. */
@NullMarked
package io.wxflux.cli;

import org.jspecify.annotations.NullMarked;
