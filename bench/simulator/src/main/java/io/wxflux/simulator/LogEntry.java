package io.wxflux.simulator;

/** One place in an account's log: what came, when, and under which number. */
record LogEntry(long seq, long createTime, SimMessage message) {}
