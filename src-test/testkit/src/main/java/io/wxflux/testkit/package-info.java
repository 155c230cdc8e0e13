/** For tests of whatever is built on wxflux: the simulator as a JUnit extension, and contracts for implementors of SPIs. */
@NullMarked
package io.wxflux.testkit;

import org.jspecify.annotations.NullMarked;
