package io.wxflux.simulator;

/** What happens when an account is asked to log in again by a tap on the phone. */
public enum PushLogin {
    /** The phone asks and the owner confirms (after the auto-scan policy's confirm delay, at once when there is none). */
    CONFIRM,
    /** The phone asks and nobody answers; the login can be confirmed or cancelled by the scenario. */
    WAIT,
    /** The phone asks and the owner cancels: the login poll says 202. */
    CANCEL,
    /** The service refuses to ask: {@code ret} is not 0. */
    REFUSE
}
