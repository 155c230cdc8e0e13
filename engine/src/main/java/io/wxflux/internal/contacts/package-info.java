/** Who an account knows: the snapshot in the store, its changes, and who is who over logins. */
@NullMarked
package io.wxflux.internal.contacts;

import org.jspecify.annotations.NullMarked;
