package io.wxflux.cli;

import io.wxflux.event.AccountState;
import java.util.Locale;

/** States in the words people use. */
final class StateText {
    private StateText() {}

    static String of(AccountState state) {
        return switch (state) {
            case SYNCING -> "online";
            case SCANNING -> "scan the code";
            case CONFIRMING, PUSHING -> "confirm on phone";
            case INITIALIZING -> "reading contacts";
            default -> state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** ANSI colour of a state: green works, yellow waits, red needs somebody. */
    static String color(AccountState state) {
        return switch (state) {
            case SYNCING -> "\u001b[32m";
            case REFUSED, PARKED, EXPIRED -> "\u001b[31m";
            case STOPPED, STOPPING, NEW -> "\u001b[2m";
            default -> "\u001b[33m";
        };
    }
}
