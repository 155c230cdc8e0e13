package io.wxflux.simulator;

import reactor.core.publisher.Mono;

/** Answers the calls of one path. */
@FunctionalInterface
interface Endpoint {

    Mono<Reply> answer(SimRequest request);
}
