/** The SPI of durability and ownership: who runs which account, and where its sessions, batches and positions become durable. */
@NullMarked
package io.wxflux.shard;

import org.jspecify.annotations.NullMarked;
