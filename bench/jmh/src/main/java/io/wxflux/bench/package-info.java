/**
 * The settings all micro-benchmarks share, and how they are run. The benchmarks themselves are in the packages of what they
 * measure, so that nothing has to be public for their sake.
 */
@NullMarked
package io.wxflux.bench;

import org.jspecify.annotations.NullMarked;
