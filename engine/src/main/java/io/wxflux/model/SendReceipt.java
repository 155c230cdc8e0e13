package io.wxflux.model;

/**
 * The server accepted a message.
 *
 * @param id the server's id, by which it can be recalled; empty when the server left it out
 * @param clientMsgId ours
 */
public record SendReceipt(MsgId id, String clientMsgId) {}
