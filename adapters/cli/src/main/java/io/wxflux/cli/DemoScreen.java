package io.wxflux.cli;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountState;
import io.wxflux.event.AccountStatus;
import io.wxflux.event.Lifecycle;
import io.wxflux.file.EventText;
import io.wxflux.file.QrText;
import io.wxflux.options.Secret;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The demo on a terminal: a table of accounts, and below it the QR code that waits to be scanned or else what was said.
 * Drawn anew a few times a second on the terminal's second page, so that what stood there before comes back afterwards.
 */
final class DemoScreen implements EventSink {
    private static final long REDRAW_MILLIS = 200;
    private static final int KEPT = 200;
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K\r\n";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RESET = "\u001b[0m";

    private final PrintStream out;
    private final boolean colors;
    private final int rows;
    private final int columns;
    private final Supplier<List<AccountStatus>> accounts;
    private final long startedAt = System.nanoTime();
    private final DateTimeFormatter clock =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private final ConcurrentLinkedDeque<String> said = new ConcurrentLinkedDeque<>();
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wxflux-demo-screen");
        thread.setDaemon(true);
        return thread;
    });

    DemoScreen(PrintStream out, boolean colors, Supplier<List<AccountStatus>> accounts) {
        this.out = out;
        this.colors = colors;
        this.accounts = accounts;
        this.rows = Math.max(12, Integer.getInteger("wxflux.tty.rows", 24));
        this.columns = Math.max(40, Integer.getInteger("wxflux.tty.columns", 80));
    }

    void begin() {
        out.print(ENTER);
        painter.scheduleWithFixedDelay(this::draw, 0, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Mono<Void> write(EventBatch batch) {
        return Mono.fromRunnable(
                () -> batch.events().stream().filter(EventText::isForPeople).forEach(this::note));
    }

    @Override
    public Mono<Void> observe(AccountEvent event) {
        return Mono.fromRunnable(() -> {
            String account = event.account().value();
            if (event instanceof Lifecycle.QrIssued qr) {
                Secret url = qr.loginUrl();
                if (url != null) {
                    codes.put(account, url.reveal());
                    order.remove(account);
                    order.add(account);
                }
            }
            note(event);
        });
    }

    /** Gives the terminal back. */
    void end() {
        painter.shutdown();
        try {
            painter.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.print(LEAVE);
        out.flush();
    }

    private void note(AccountEvent event) {
        said.addLast(clock.format(event.head().time()) + " "
                + TextWidth.fit(event.account().value(), 6) + " " + EventText.of(event));
        while (said.size() > KEPT) {
            said.pollFirst();
        }
    }

    private void draw() {
        List<AccountStatus> all = accounts.get();
        Duration age = Duration.ofNanos(System.nanoTime() - startedAt);
        List<String> lines = new ArrayList<>();
        lines.add(styled(BOLD, "wxflux demo")
                + String.format("  3 simulated accounts, one engine  %02d:%02d  ", age.toMinutes(), age.toSecondsPart())
                + styled(DIM, "Ctrl-C ends it"));
        lines.addAll(AccountTable.lines(all, "archive", colors));
        lines.add("");
        String waiting = waiting(all);
        String url = waiting == null ? null : codes.get(waiting);
        if (waiting != null && url != null) {
            code(lines, waiting, url);
        } else {
            talk(lines);
        }
        StringBuilder page = new StringBuilder(HOME);
        Iterator<String> each = lines.stream().limit(rows - 1L).iterator();
        while (each.hasNext()) {
            page.append(each.next()).append(CLEAR_LINE);
        }
        out.print(page.append(CLEAR_BELOW));
        out.flush();
    }

    /** The first account in the order of the codes that still waits for a scan. */
    private @Nullable String waiting(List<AccountStatus> all) {
        for (String account : order) {
            for (AccountStatus status : all) {
                boolean before = status.state() == AccountState.SCANNING || status.state() == AccountState.CONFIRMING;
                if (status.account().value().equals(account) && before) {
                    return account;
                }
            }
        }
        return null;
    }

    private void code(List<String> lines, String account, String url) {
        List<String> code = QrText.lines(url, colors);
        String[] beside = {
            "",
            "",
            styled(BOLD, account) + " signs in / 登录",
            "",
            "Scan with WeChat / 请用微信扫码:",
            url,
            "",
            styled(DIM, "Here a simulated phone scans it,"),
            styled(DIM, "in a moment, by itself.")
        };
        for (int i = 0; i < code.size(); i++) {
            lines.add(code.get(i) + "   " + (i < beside.length ? beside[i] : ""));
        }
    }

    private void talk(List<String> lines) {
        List<String> newest = new ArrayList<>(said);
        int room = rows - 1 - lines.size();
        newest.stream()
                .skip(Math.max(0, newest.size() - room))
                .forEach(line -> lines.add(TextWidth.cut(line, columns)));
    }

    private String styled(String style, String text) {
        return colors ? style + text + RESET : text;
    }
}
