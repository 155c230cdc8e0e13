package io.wxflux.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.wxflux.file.TerminalText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * One line for each log event: time, level, who, what. Control characters are escaped whoever wrote them, so that a
 * nickname can forge no line.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final int MOST = 2_000;

    private final DateTimeFormatter clock =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160)
                .append(clock.format(Instant.ofEpochMilli(event.getTimeStamp())))
                .append(' ')
                .append(event.getLevel().levelStr.length() < 5 ? event.getLevel() + " " : event.getLevel())
                .append(' ')
                .append(event.getLoggerName())
                .append(" - ")
                .append(TerminalText.line(String.valueOf(event.getFormattedMessage()), MOST))
                .append('\n');
        IThrowableProxy error = event.getThrowableProxy();
        if (error != null) {
            ThrowableProxyUtil.asString(error)
                    .lines()
                    .forEach(frame -> line.append("    ")
                            .append(TerminalText.line(frame.strip(), MOST))
                            .append('\n'));
        }
        return line.toString();
    }
}
