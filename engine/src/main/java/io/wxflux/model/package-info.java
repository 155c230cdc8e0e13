/** Values of the domain: identifiers, the sync position, contacts, rooms, messages. Nothing here does I/O. */
@NullMarked
package io.wxflux.model;

import org.jspecify.annotations.NullMarked;
