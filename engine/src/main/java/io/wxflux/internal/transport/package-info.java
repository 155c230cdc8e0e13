/** Request to response: connections, cookies, deadlines, limits, host families. Knows nothing of bodies. */
@NullMarked
package io.wxflux.internal.transport;

import org.jspecify.annotations.NullMarked;
