package io.wxflux.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What {@link SimulatorBuilder} collected. */
record Settings(
        int port,
        int controlPort,
        boolean tls,
        @Nullable Path authority,
        boolean gzip,
        List<String> addresses,
        int threads,
        long seed,
        Clock clock,
        @Nullable Scheduler scheduler,
        Duration syncHold,
        Duration loginHold,
        Duration qrLifetime,
        Duration latency,
        Duration cookieLife,
        @Nullable Duration silenceLimit,
        @Nullable AutoScan autoScan,
        boolean movedWithoutLocation,
        int contactPage,
        int batchCap,
        int syncBatch,
        int keepAcknowledged,
        int pollLimit,
        Duration pollWindow,
        boolean foreignPushHosts,
        boolean adoptStrangers,
        long uploadSpace,
        boolean echo,
        int inviteStart,
        Function<SimAccount, Mono<Void>> onNewKey) {

    /** After which times a QR code is scanned and confirmed by itself. */
    record AutoScan(Duration scanAfter, Duration confirmAfter) {}
}
