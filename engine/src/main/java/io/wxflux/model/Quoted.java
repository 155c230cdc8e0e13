package io.wxflux.model;

import org.jspecify.annotations.Nullable;

/**
 * A message that another one answers to, as the answer tells it.
 *
 * @param kind what it was
 * @param id the service's; empty when not told
 * @param sender the lasting id of who wrote it; empty when not told
 * @param senderName as the one who answers sees it; empty when not told
 * @param text what it said; of other kinds a title or name, or nothing
 * @param size of a file, in bytes; 0 when not told
 * @param quoted what it answered to itself; null when that was nothing, or deeper than we look
 */
public record Quoted(
        MessageKind kind,
        MsgId id,
        String sender,
        String senderName,
        String text,
        long size,
        @Nullable Quoted quoted) {}
