package io.wxflux.internal.jfr;

/** All of them. */
public final class EventTypes {
    private EventTypes() {}

    /**
     * Makes them known to Flight Recorder. Left to the first use, that would happen on an event loop, and takes locks and
     * tens of milliseconds when a recording runs already.
     */
    public static void load() {
        CycleEvent.isOn();
        DeliveryEvent.isOn();
        DeliveryFailureEvent.isOn();
        FailoverEvent.isOn();
        SignInEvent.isOn();
    }
}
