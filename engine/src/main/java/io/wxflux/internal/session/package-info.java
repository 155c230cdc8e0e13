/** From a stored account to an open session (resume, push login, QR) and back. */
@NullMarked
package io.wxflux.internal.session;

import org.jspecify.annotations.NullMarked;
