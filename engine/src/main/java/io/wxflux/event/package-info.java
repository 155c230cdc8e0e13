/** What happens to an account: events, states and the snapshot an observer sees. */
@NullMarked
package io.wxflux.event;

import org.jspecify.annotations.NullMarked;
