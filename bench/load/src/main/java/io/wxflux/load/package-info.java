/** The load driver: clients and the simulator in processes of their own, what they cost, and a report of it. */
@NullMarked
package io.wxflux.load;

import org.jspecify.annotations.NullMarked;
