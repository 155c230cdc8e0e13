package io.wxflux.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** Logs to stderr. Set up by code: reading an XML file would take longer than most commands do. */
final class Logging {
    private Logging() {}

    /**
     * @param verbose our own DEBUG lines too; never those of libraries, which name whole URIs
     * @param accounts whether the lines about each account's states are wanted; not when the same person sees them on
     *     the console already
     */
    static void to(PrintStream err, boolean verbose, boolean accounts) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        LogLine layout = new LogLine();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(err);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("io.wxflux").setLevel(verbose ? Level.DEBUG : Level.INFO);
        if (!verbose) {
            // It warns of every connection that fails; the engine says the same once, with what it does about it.
            context.getLogger("reactor.netty").setLevel(Level.ERROR);
        }
        if (!accounts && !verbose) {
            context.getLogger("io.wxflux.account").setLevel(Level.ERROR);
        }
    }

    /** No log at all: for a screen that is drawn. */
    static void off() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }
}
