package io.wxflux.file;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.Lifecycle;
import io.wxflux.options.Secret;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Prints one line for each event, and QR codes to scan. For people; what strangers wrote is shown with control
 * characters escaped and cut to {@value TerminalText#MOST} characters.
 */
public final class ConsoleSink implements EventSink {
    private static final String RESET = "\u001b[0m";
    private static final String DIM = "\u001b[2m";
    private static final String ACCOUNT = "\u001b[36m";
    private static final String WARNING = "\u001b[33m";

    private final PrintStream out;
    private final boolean colors;
    private final DateTimeFormatter clock;
    private final WriterThread<List<String>> writer;

    /**
     * @param out UTF-8; not closed by this sink
     * @param colors whether {@code out} is a terminal that shows them
     * @param zone of the times printed
     */
    public ConsoleSink(PrintStream out, boolean colors, ZoneId zone) {
        this.out = out;
        this.colors = colors;
        this.clock = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
        this.writer = new WriterThread<>("wxflux-console", this::print);
    }

    @Override
    public Mono<Void> write(EventBatch batch) {
        return Mono.defer(() -> {
            List<String> lines = new ArrayList<>(batch.events().size());
            batch.events().stream().filter(EventText::isForPeople).forEach(event -> lines.add(line(event)));
            return lines.isEmpty() ? Mono.empty() : writer.write(lines);
        });
    }

    /** Prints what is live only; a QR code is drawn when the event brings its login URL. */
    @Override
    public Mono<Void> observe(AccountEvent event) {
        return Mono.defer(() -> {
            List<String> lines = new ArrayList<>();
            lines.add(line(event));
            if (event instanceof Lifecycle.QrIssued qr) {
                Secret url = qr.loginUrl();
                if (url != null && !url.isEmpty()) {
                    lines.addAll(QrText.lines(url.reveal(), colors));
                    lines.add("  " + TerminalText.line(url.reveal(), 2_000));
                }
            }
            return writer.write(lines);
        });
    }

    @Override
    public Mono<Void> close() {
        return writer.end(() -> {
            out.flush();
            return out;
        });
    }

    private void print(List<List<String>> group) {
        StringBuilder text = new StringBuilder();
        group.forEach(lines -> lines.forEach(line -> text.append(line).append('\n')));
        out.print(text);
        out.flush();
    }

    private String line(AccountEvent event) {
        String time = clock.format(event.head().time());
        String text = EventText.of(event);
        if (!colors) {
            return time + " " + event.account() + "  " + text;
        }
        String color = isTrouble(event) ? WARNING : "";
        return DIM + time + RESET + " " + ACCOUNT + event.account() + RESET + "  " + color + text + RESET;
    }

    private static boolean isTrouble(AccountEvent event) {
        return event instanceof Lifecycle.BackingOff
                || event instanceof Lifecycle.LoginHeld
                || event instanceof Lifecycle.LoggedOut
                || event instanceof Lifecycle.Refused
                || event instanceof Lifecycle.Parked
                || event instanceof Lifecycle.Throttled;
    }
}
