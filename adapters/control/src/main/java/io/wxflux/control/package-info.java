/**
 * The control endpoint: an HTTP interface of this machine alone, by which the command line and programs of the same user
 * use a running engine. {@code docs/control.md} is its contract.
 */
@NullMarked
package io.wxflux.control;

import org.jspecify.annotations.NullMarked;
