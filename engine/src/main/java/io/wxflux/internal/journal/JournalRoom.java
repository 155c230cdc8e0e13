package io.wxflux.internal.journal;

import static java.util.Objects.requireNonNull;

import io.wxflux.error.StoreUnavailableException;
import io.wxflux.model.AccountId;
import io.wxflux.options.JournalBounds;
import io.wxflux.shard.Shard;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Whether the journal of one account can take more: it is within its bounds, and the store takes commits. */
public final class JournalRoom {
    /** An account whose sinks keep up holds less, and is not parked for what others hold. */
    private static final long SMALL = 64 << 10;

    /** A disk that is only behind catches up sooner. */
    private static final Duration PASSING = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final AccountId account;
    private final Shard shard;
    private final JournalBounds bounds;
    private final JournalListener listener;
    private final Scheduler scheduler;
    private final AtomicReference<Sinks.One<String>> refusal = new AtomicReference<>(Sinks.one());

    private volatile boolean isRefused;

    /** When the store refused the first of the commits that it refuses now. Not the wall clock, which may be set. */
    private volatile long since;

    private volatile @Nullable String refusing;

    JournalRoom(AccountId account, Shard shard, JournalBounds bounds, JournalListener listener, Scheduler scheduler) {
        this.account = account;
        this.shard = shard;
        this.bounds = bounds;
        this.listener = listener;
        this.scheduler = scheduler;
    }

    /** Why nothing more may be fetched; null when there is room. */
    public @Nullable String full() {
        long held = shard.heldBytes(account);
        if (held >= bounds.accountBytes()) {
            return "its journal holds " + held + " bytes that a sink has not had, of " + bounds.accountBytes()
                    + " it may hold; it goes on when the sink has caught up";
        }
        long all = held > SMALL ? heldAtWork(bounds.totalBytes()) : 0;
        return all >= bounds.totalBytes()
                ? "the journals of all accounts hold " + all + " bytes that sinks have not had, of "
                        + bounds.totalBytes() + " they may hold; it goes on when the sinks have caught up"
                : null;
    }

    /** Completes when there is room for a while: sinks that catch up do not park the account again with every page. */
    public Mono<Void> again() {
        return Flux.interval(LOOK, scheduler)
                .onBackpressureDrop()
                .takeUntil(tick -> isRoomy())
                .then();
    }

    private boolean isRoomy() {
        long held = shard.heldBytes(account);
        return isWithin(held, bounds.accountBytes()) && (held <= SMALL || isWithin(heldAtWork(0), bounds.totalBytes()));
    }

    /** Of the accounts at work together; looked at closely only when all that are stored hold so much. */
    private long heldAtWork(long least) {
        long all = shard.heldBytes();
        return all < least ? all : all - listener.idleBytes();
    }

    private static boolean isWithin(long held, long bound) {
        return held <= bound - bound / 4;
    }

    /** <b>Emits</b> the reason as soon as the store has refused commits for a moment; at once while it does. */
    public Mono<String> refusal() {
        return Mono.defer(() -> requireNonNull(refusal.get()).asMono());
    }

    /**
     * For what nobody needs to wait for. <b>Errors</b> {@link StoreUnavailableException} while the store refuses commits;
     * what would be kept with it was not begun.
     */
    public Mono<Void> required() {
        return Mono.defer(() -> {
            String reason = refusing;
            return reason == null
                    ? Mono.empty()
                    : Mono.error(new StoreUnavailableException(
                            "account " + account + " can keep nothing now, so this was not begun: " + reason));
        });
    }

    void refused(Throwable error) {
        if (refusedFor() >= PASSING.toNanos()) {
            tell(String.valueOf(error.getMessage()));
        }
    }

    /** A commit has waited for its answer for so long: that is no passing matter. */
    void unanswered(Duration waited) {
        refusedFor();
        tell("the store has neither taken nor refused a commit for " + waited.toSeconds() + " s");
    }

    private long refusedFor() {
        long now = scheduler.now(TimeUnit.NANOSECONDS);
        if (!isRefused) {
            since = now;
            isRefused = true;
        }
        return now - since;
    }

    private void tell(String reason) {
        refusing = reason;
        requireNonNull(refusal.get()).tryEmitValue(reason);
    }

    void taken() {
        if (isRefused) {
            isRefused = false;
            if (refusing != null) {
                refusing = null;
                // Only one that has emitted is replaced: who waits for the other is to hear of the next refusal, too.
                refusal.set(Sinks.one());
            }
        }
    }
}
