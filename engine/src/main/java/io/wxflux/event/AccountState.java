package io.wxflux.event;

import java.util.EnumSet;
import java.util.Set;

/** Where an account is in its life. Output only: nothing in the engine decides by it. */
public enum AccountState {
    /** Known, not yet admitted. */
    NEW,
    /** A stored session is being tried. */
    RESUMING,
    /** The phone was asked to confirm a login without a scan. */
    PUSHING,
    /** A QR code waits to be scanned. */
    SCANNING,
    /** Scanned; the phone waits for the owner's tap. */
    CONFIRMING,
    /** Logged in; init and contacts are being read. */
    INITIALIZING,
    /** The sync cycle runs. */
    SYNCING,
    /** Something failed; waiting before the next try. */
    BACKING_OFF,
    /** Journal or disk full: kept alive, nothing fetched. */
    PARKED,
    /** The session ended; a new one comes next. */
    EXPIRED,
    /** Cannot go on without a person: refused, wrong account, or the QR was never scanned. */
    REFUSED,
    /** Being stopped. */
    STOPPING,
    /** Stopped; the session is kept for resume. */
    STOPPED;

    /** The states that may follow this one; the state diagram of the guide is drawn from it. */
    public Set<AccountState> successors() {
        return switch (this) {
            case NEW -> EnumSet.of(RESUMING, PUSHING, SCANNING, BACKING_OFF, REFUSED, STOPPING, STOPPED);
            case RESUMING ->
                EnumSet.of(SYNCING, INITIALIZING, PUSHING, SCANNING, BACKING_OFF, PARKED, EXPIRED, REFUSED, STOPPING);
            case PUSHING -> EnumSet.of(CONFIRMING, INITIALIZING, SCANNING, BACKING_OFF, REFUSED, STOPPING);
            case SCANNING -> EnumSet.of(SCANNING, CONFIRMING, INITIALIZING, BACKING_OFF, REFUSED, STOPPING);
            case CONFIRMING -> EnumSet.of(INITIALIZING, SCANNING, BACKING_OFF, REFUSED, STOPPING);
            case INITIALIZING -> EnumSet.of(SYNCING, BACKING_OFF, PARKED, EXPIRED, REFUSED, STOPPING);
            case SYNCING -> EnumSet.of(BACKING_OFF, PARKED, EXPIRED, REFUSED, STOPPING);
            case BACKING_OFF ->
                EnumSet.of(
                        RESUMING,
                        PUSHING,
                        SCANNING,
                        INITIALIZING,
                        SYNCING,
                        PARKED,
                        EXPIRED,
                        REFUSED,
                        STOPPING,
                        BACKING_OFF);
            case PARKED -> EnumSet.of(SYNCING, BACKING_OFF, EXPIRED, REFUSED, STOPPING);
            case EXPIRED -> EnumSet.of(RESUMING, PUSHING, SCANNING, BACKING_OFF, REFUSED, STOPPING);
            case REFUSED -> EnumSet.of(STOPPING, STOPPED, NEW);
            case STOPPING -> EnumSet.of(STOPPED);
            case STOPPED -> EnumSet.of(NEW);
        };
    }
}
