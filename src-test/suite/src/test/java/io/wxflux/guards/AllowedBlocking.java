package io.wxflux.guards;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Every blocking call that is allowed on a non-blocking thread, with its reason. The list is to stay short. */
public final class AllowedBlocking implements BlockHoundIntegration {
    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Logback writes to the console under a lock; the engine logs rarely.
        builder.allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders");
        // The first use of a class may read it from a jar.
        builder.allowBlockingCallsInside("java.lang.ClassLoader", "loadClass");
        // TLS seeds its random numbers from a file, once.
        builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
        // The JDK's TLS engine runs its handshake tasks on the event loop, as Netty has them by default.
        builder.allowBlockingCallsInside("io.netty.handler.ssl.SslHandler", "handshake");
        // Ending a pool of threads takes the lock of its queue, which its workers hold for moments.
        builder.allowBlockingCallsInside("reactor.core.scheduler.BoundedElasticScheduler", "dispose");
    }
}
