package io.wxflux.simulator;

import org.reactivestreams.Publisher;

/** Bytes that can be served whole or in part, and are never in memory as a whole. */
interface Content {

    long size();

    String contentType();

    /** The bytes from one position to the one before another, in pieces. */
    Publisher<byte[]> bytes(long from, long to);
}
