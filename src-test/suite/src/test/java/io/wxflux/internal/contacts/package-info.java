@NullMarked
package io.wxflux.internal.contacts;

import org.jspecify.annotations.NullMarked;
