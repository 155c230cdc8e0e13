/** What the documents show: compiled, run and compared, so that they cannot be wrong for long. */
@NullMarked
package io.wxflux.docs;

import org.jspecify.annotations.NullMarked;
