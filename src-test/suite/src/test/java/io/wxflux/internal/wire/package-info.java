/** Tests of what goes over the wire; every document in them is made up. */
@NullMarked
package io.wxflux.internal.wire;

import org.jspecify.annotations.NullMarked;
