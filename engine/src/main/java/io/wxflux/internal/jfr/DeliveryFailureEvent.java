package io.wxflux.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A batch that a sink did not take. Beside {@link DeliveryEvent}, as failures are often too quick for its threshold. */
@Name("io.wxflux.DeliveryFailure")
@Label("Delivery Failure")
@Category("wxflux")
@Description("A batch that a sink did not take, however quickly it said so")
@StackTrace(false)
public final class DeliveryFailureEvent extends Event {
    private static final DeliveryFailureEvent ANY = new DeliveryFailureEvent();

    @Label("Account")
    String account = "";

    @Label("Sink")
    String sink = "";

    @Label("Offset")
    @Description("The journal's offset of the first event")
    long offset;

    @Label("Events")
    int events;

    @Label("Attempt")
    @Description("1, and more for an event that was rejected before")
    int attempt;

    @Label("Outcome")
    @Description("unavailable (an outage: offered again for ever) or rejected")
    String outcome = "";

    @Label("Failure")
    @Description("The class of the error")
    String failure = "";

    private DeliveryFailureEvent() {}

    static boolean isOn() {
        return ANY.isEnabled();
    }

    static void tell(DeliveryEvent delivery) {
        var event = new DeliveryFailureEvent();
        event.account = delivery.account;
        event.sink = delivery.sink;
        event.offset = delivery.offset;
        event.events = delivery.events;
        event.attempt = delivery.attempt;
        event.outcome = delivery.outcome;
        event.failure = delivery.failure;
        event.commit();
    }
}
