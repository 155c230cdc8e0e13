package io.wxflux.simulator;

/**
 * A message of an account's log, as a judge needs it.
 *
 * @param seq its place in the account's log, from 1; contact changes take places, too
 * @param msgId the id it is served with, always the same
 * @param msgType the service's number of its kind, 0 when the entry was already let go
 * @param text its plain text, empty when the entry was already let go
 */
public record QueuedMessage(long seq, String msgId, int msgType, String text) {}
