/**
 * The durable shard on local files: an append-only log of checksummed frames, forced before a commit is acknowledged.
 * {@link io.wxflux.journal.FileJournal} opens it; docs/decisions/0003-journal.md has the format and its reasons.
 */
@NullMarked
package io.wxflux.journal;

import org.jspecify.annotations.NullMarked;
