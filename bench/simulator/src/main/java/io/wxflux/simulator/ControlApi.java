package io.wxflux.simulator;

import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** The HTTP control API, on the loopback address. */
final class ControlApi {

    private final Simulator simulator;
    private final Service service;

    ControlApi(Simulator simulator, Service service) {
        this.simulator = simulator;
        this.service = service;
    }

    DisposableServer listen(LoopResources loops) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(service.settings().controlPort())
                .runOn(loops)
                .handle((request, response) -> response.sendString(
                        reactor.core.publisher.Mono.just(simulator.accounts().toString())))
                .bindNow();
    }
}
