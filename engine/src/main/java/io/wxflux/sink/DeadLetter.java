package io.wxflux.sink;

import io.wxflux.event.AccountEvent;
import java.time.Instant;

/**
 * An event that a sink rejected every time it was offered.
 *
 * @param sink the name of the sink
 * @param event the event; a message keeps its raw bytes
 * @param reason the last rejection, in one line
 * @param time of the last rejection
 */
public record DeadLetter(String sink, AccountEvent event, String reason, Instant time) {}
