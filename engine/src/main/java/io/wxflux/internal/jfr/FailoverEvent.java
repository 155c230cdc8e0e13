package io.wxflux.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An account polls at another host from now on. */
@Name("io.wxflux.Failover")
@Label("Failover")
@Category("wxflux")
@Description("An account makes its long polls at another host from now on")
@StackTrace(false)
public final class FailoverEvent extends Event {
    private static final FailoverEvent ANY = new FailoverEvent("", "", "", "");

    @Label("Account")
    String account;

    @Label("From")
    String from;

    @Label("To")
    String to;

    @Label("Reason")
    String reason;

    private FailoverEvent(String account, String from, String to, String reason) {
        this.account = account;
        this.from = from;
        this.to = to;
        this.reason = reason;
    }

    static boolean isOn() {
        return ANY.isEnabled();
    }

    /** @param reason as the event host-switched tells it */
    public static void tell(String account, String from, String to, String reason) {
        if (isOn()) {
            new FailoverEvent(account, from, to, reason).commit();
        }
    }
}
