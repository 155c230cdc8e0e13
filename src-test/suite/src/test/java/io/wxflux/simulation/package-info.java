/** The whole engine on one thread, in virtual time, among seeded faults; and what must hold of it whatever happens. */
@NullMarked
package io.wxflux.simulation;

import org.jspecify.annotations.NullMarked;
