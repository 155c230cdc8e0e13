package io.wxflux.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;
import reactor.core.publisher.Hooks;

/**
 * What the engine itself calls a bug, and what Reactor drops, found for the simulation of the thread it happens on. What
 * else simulated engines have to say is not printed: they are many, and their troubles are made up.
 */
final class Surprises {
    private static final ThreadLocal<@Nullable Trace> WATCHED = new ThreadLocal<>();
    private static boolean installed;

    private Surprises() {}

    /** From now on for this thread, until {@link #unwatch()}. */
    static void watch(Trace trace) {
        install();
        WATCHED.set(trace);
    }

    static void unwatch() {
        WATCHED.remove();
    }

    private static synchronized void install() {
        if (installed) {
            return;
        }
        installed = true;
        Hooks.onErrorDropped(error -> found("an error was dropped: " + error));
        Hooks.onNextDropped(value -> found("a value was dropped: " + value));
        ((LoggerContext) LoggerFactory.getILoggerFactory()).addTurboFilter(new Listener());
    }

    private static void found(String what) {
        Trace trace = WATCHED.get();
        if (trace != null) {
            trace.offence(Invariant.NO_SURPRISE, what);
        }
    }

    /** Where it was thrown, as far as a line can tell. */
    private static String where(@Nullable Throwable cause) {
        if (cause == null) {
            return "";
        }
        return Arrays.stream(cause.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("reactor.core"))
                .limit(8)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < ", " (" + cause.getMessage() + ") in ", ""));
    }

    private static final class Listener extends TurboFilter {
        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] arguments,
                @Nullable Throwable error) {
            if (WATCHED.get() == null) {
                return FilterReply.NEUTRAL;
            }
            // A poisoned event is no surprise: it is meant to be rejected.
            if (level == Level.ERROR && format != null && !format.contains("goes to the dead letters")) {
                FormattingTuple said = MessageFormatter.arrayFormat(format, arguments);
                Throwable cause = error == null ? said.getThrowable() : error;
                found(logger.getName() + " says: " + said.getMessage() + where(cause));
            }
            return FilterReply.DENY;
        }
    }
}
