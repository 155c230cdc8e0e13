package io.wxflux.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One attempt to open a session. */
@Name("io.wxflux.SignIn")
@Label("Sign-In")
@Category("wxflux")
@Description("One attempt to open a session, with waiting for its turn and for the person at the phone")
@StackTrace(false)
public final class SignInEvent extends Event {
    private static final SignInEvent ANY = new SignInEvent("");

    @Label("Account")
    String account;

    @Label("Way")
    @Description("The last that was tried: resume, push or qr")
    String way = "";

    @Label("Outcome")
    @Description("open, failed or cancelled")
    String outcome = "";

    @Label("Failure")
    @Description("The class of the error; empty when there was none")
    String failure = "";

    /** An attempt that begins now. */
    public SignInEvent(String account) {
        this.account = account;
        begin();
    }

    public static boolean isOn() {
        return ANY.isEnabled();
    }

    public void open(String by) {
        ended("open", by);
    }

    public void cancelled(String by) {
        ended("cancelled", by);
    }

    public void failed(Throwable error, String by) {
        failure = error.getClass().getSimpleName();
        ended("failed", by);
    }

    private void ended(String what, String by) {
        outcome = what;
        way = by;
        commit();
    }
}
