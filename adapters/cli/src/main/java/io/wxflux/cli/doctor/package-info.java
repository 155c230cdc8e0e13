/** The checks of {@code doctor}. They look and connect; none changes anything or shows credentials to anybody. */
@NullMarked
package io.wxflux.cli.doctor;

import org.jspecify.annotations.NullMarked;
