package io.wxflux.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Somebody wants the process to stop: SIGINT, SIGTERM, SIGHUP, or a test. The command stops its work and returns, and
 * the process ends with the command's code, not with the signal's.
 */
final class StopSignal {
    private static final long MOST_SECONDS = 15;

    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int code = ExitCode.FAILED;

    /** Completes when somebody wants a stop. */
    CompletableFuture<Void> requested() {
        return requested;
    }

    void request() {
        requested.complete(null);
    }

    /** Listens to the signals of this process. */
    void install() {
        // A handler per signal would need sun.misc; a shutdown hook sees them all.
        Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "wxflux-stop"));
    }

    /** The command is done. Ends the process. */
    void exit(int exitCode) {
        code = exitCode;
        ended.countDown();
        System.exit(exitCode);
    }

    private void onShutdown() {
        if (ended.getCount() == 0) {
            return;
        }
        request();
        boolean clean = false;
        try {
            clean = ended.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!clean) {
            System.err.println("wxflux: not everything stopped within " + MOST_SECONDS
                    + " s; nothing durable is harmed, the rest is done at the next start");
        }
        System.err.flush();
        System.out.flush();
        Runtime.getRuntime().halt(clean ? code : ExitCode.FAILED);
    }
}
