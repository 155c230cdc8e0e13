package io.wxflux.shard;

import io.wxflux.model.MsgId;
import io.wxflux.model.Uin;

/**
 * An entry of the dedupe window.
 *
 * @param uin the login the message came with: MsgIds of different logins may coincide
 * @param id the server's id
 * @param seenAtSecond unix seconds of our clock
 */
public record SeenMessage(Uin uin, MsgId id, long seenAtSecond) {}
