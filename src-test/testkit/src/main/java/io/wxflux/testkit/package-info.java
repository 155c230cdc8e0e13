/** What several tests share: contracts that every implementation of an SPI is held to. */
@NullMarked
package io.wxflux.testkit;

import org.jspecify.annotations.NullMarked;
