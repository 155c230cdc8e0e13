package io.wxflux.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A batch that was handed to a sink and took its time. */
@Name("io.wxflux.Delivery")
@Label("Delivery")
@Category("wxflux")
@Description("A batch that was handed to a sink and took longer than the threshold, whatever came of it")
@Threshold("10 ms")
@StackTrace(false)
public final class DeliveryEvent extends Event {
    private static final DeliveryEvent ANY = new DeliveryEvent("", "", 0, 0, 0);

    @Label("Account")
    String account;

    @Label("Sink")
    String sink;

    @Label("Offset")
    @Description("The journal's offset of the first event")
    long offset;

    @Label("Events")
    int events;

    @Label("Attempt")
    @Description("1, and more for an event that was rejected before")
    int attempt;

    @Label("Outcome")
    @Description("acknowledged, unavailable (an outage: offered again for ever), rejected, or cancelled")
    String outcome = "cancelled";

    @Label("Failure")
    @Description("The class of the error; empty when there was none")
    String failure = "";

    private DeliveryEvent(String account, String sink, long offset, int events, int attempt) {
        this.account = account;
        this.sink = sink;
        this.offset = offset;
        this.events = events;
        this.attempt = attempt;
    }

    static boolean isOn() {
        return ANY.isEnabled();
    }

    /**
     * The same write, recorded when a recording wants it. Allocates nothing when none does.
     *
     * @param outage what of its errors says that the sink is down
     */
    public static Mono<Void> of(
            Mono<Void> write,
            Class<? extends Throwable> outage,
            String account,
            String sink,
            long offset,
            int events,
            int attempt) {
        if (!isOn() && !DeliveryFailureEvent.isOn()) {
            return write;
        }
        return Mono.defer(() -> {
            var event = new DeliveryEvent(account, sink, offset, events, attempt);
            event.begin();
            return write.doOnSuccess(done -> event.ended("acknowledged", null))
                    .doOnError(error -> event.ended(outage.isInstance(error) ? "unavailable" : "rejected", error))
                    .doOnCancel(() -> event.ended("cancelled", null));
        });
    }

    private void ended(String what, @Nullable Throwable error) {
        outcome = what;
        if (error != null) {
            failure = error.getClass().getSimpleName();
            DeliveryFailureEvent.tell(this);
        }
        commit();
    }
}
