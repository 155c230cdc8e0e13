/** Stories with a whole engine and the simulator, over real sockets and TLS. */
package io.wxflux.scenario;
