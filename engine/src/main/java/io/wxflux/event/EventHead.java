package io.wxflux.event;

import io.wxflux.model.AccountId;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What every event has.
 *
 * @param account whose event it is
 * @param id stable over redelivery: {@code <account>-<MsgId>} for messages
 * @param time a message's CreateTime; else when it happened
 * @param sequence the account's journal offset, by which a sink knows what it has; absent for events that are live only
 */
public record EventHead(AccountId account, String id, Instant time, OptionalLong sequence) {}
