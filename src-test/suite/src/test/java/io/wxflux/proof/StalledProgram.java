package io.wxflux.proof;

import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.MessageReceived;
import io.wxflux.journal.FileJournal;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.LoginOptions;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import io.wxflux.sink.SinkSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * An application with two sinks, of which one can be stalled for the first so many accounts. It measures how late
 * messages are, from when they were due at the service, and does what is typed:
 *
 * <ul>
 *   <li>{@code begin}: forgets what was measured
 *   <li>{@code collect}: garbage, so that the next report tells what of the heap is in use
 *   <li>{@code report}: prints one line of figures
 *   <li>{@code stall} and {@code release}
 *   <li>{@code quit}
 * </ul>
 */
final class StalledProgram {
    private static final Pattern STAMP = Pattern.compile("\"LoadStamp\":(\\d+)");
    private static final Pattern NUMBER = Pattern.compile("^#(\\d+) ");

    private final int stalledAccounts;
    private final Group others = new Group();
    private final Group othersOfTheSink = new Group();
    private final Group elsewhere = new Group();
    private final AtomicLong ready = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final Lane quick = new Lane();
    private final Lane slow = new Lane();
    private volatile Sinks.Empty<Void> gate = released();

    private StalledProgram(int stalledAccounts) {
        this.stalledAccounts = stalledAccounts;
    }

    /** @param args state directory, port, CA file, number of accounts, how many of them can be stalled */
    public static void main(String[] args) throws IOException {
        new StalledProgram(Integer.parseInt(args[4])).run(args);
    }

    private void run(String[] args) throws IOException {
        var options = EngineOptions.builder()
                .coordinator(FileJournal.open(Path.of(args[0])))
                .http(HttpOptions.defaults()
                        .withConnectTo(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])))
                        .withTrust(Path.of(args[2])))
                .login(LoginOptions.defaults().withConcurrentLogins(50))
                .sink(SinkSpec.of("quick", new Quick()).from(SinkSpec.From.EARLIEST))
                .sink(SinkSpec.of("slow", new Slow()).from(SinkSpec.From.EARLIEST));
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            options.account(AccountSpec.of("account-" + i));
        }
        Engine engine = Engine.create(options.build());
        var running = engine.run()
                .doOnError(error -> System.out.println("failed: " + error))
                .toFuture();
        var typed = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = typed.readLine(); line != null; line = typed.readLine()) {
            switch (line) {
                case "begin" -> {
                    others.clear();
                    othersOfTheSink.clear();
                    elsewhere.clear();
                }
                case "stall" -> gate = Sinks.empty();
                case "release" -> gate.tryEmitEmpty();
                case "collect" -> System.gc();
                case "report" -> System.out.println(report());
                default -> {
                    engine.stop().block(Duration.ofSeconds(30));
                    running.join();
                    System.out.println("stopped");
                    return;
                }
            }
        }
    }

    private static Sinks.Empty<Void> released() {
        Sinks.Empty<Void> open = Sinks.empty();
        open.tryEmitEmpty();
        return open;
    }

    private String report() {
        return "report ready=" + ready + " ended=" + ended + " quick=" + quick.messages + " slow=" + slow.messages
                + " wrong=" + (quick.wrong.get() + slow.wrong.get())
                + " others=" + others + " othersOfTheSink=" + othersOfTheSink + " elsewhere=" + elsewhere
                + " heap="
                + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private boolean canStall(AccountId account) {
        return Integer.parseInt(account.value().substring("account-".length())) < stalledAccounts;
    }

    /** Messages of one sink: that each account's numbers follow each other. */
    private static final class Lane {
        private final Map<AccountId, Long> last = new ConcurrentHashMap<>();
        private final AtomicLong messages = new AtomicLong();
        private final AtomicLong wrong = new AtomicLong();

        /** @return whether it is a message of the load */
        boolean takes(AccountEvent event) {
            if (!(event instanceof MessageReceived received) || !(received.message() instanceof Message.Text text)) {
                return false;
            }
            Matcher number = NUMBER.matcher(text.text());
            if (!number.find()) {
                return false;
            }
            messages.incrementAndGet();
            long now = Long.parseLong(number.group(1));
            Long before = last.put(event.account(), now);
            if (now != (before == null ? 1 : before + 1)) {
                wrong.incrementAndGet();
            }
            return true;
        }
    }

    /** Delays of some accounts at a sink, in milliseconds. */
    private static final class Group {
        private final AtomicLongArray delays = new AtomicLongArray(120_000);

        void add(AccountEvent event) {
            Matcher stamp = STAMP.matcher(
                    new String(((MessageReceived) event).message().raw().toByteArray(), StandardCharsets.UTF_8));
            if (stamp.find()) {
                long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - Long.parseLong(stamp.group(1));
                delays.incrementAndGet((int) Math.max(0, Math.min(delays.length() - 1, micros / 1000)));
            }
        }

        void clear() {
            for (int i = 0; i < delays.length(); i++) {
                delays.set(i, 0);
            }
        }

        /** How many, and the delay that 99 of 100 do not exceed. */
        @Override
        public String toString() {
            long all = 0;
            for (int i = 0; i < delays.length(); i++) {
                all += delays.get(i);
            }
            long seen = 0;
            int at = 0;
            while (at < delays.length() - 1 && (seen += delays.get(at)) < all * 0.99) {
                at++;
            }
            return all + ":" + at;
        }
    }

    /** The sink that nothing happens to. */
    private final class Quick implements EventSink {
        @Override
        public Mono<Void> write(EventBatch batch) {
            return Mono.fromRunnable(() -> batch.events().forEach(event -> {
                if (event instanceof Lifecycle.Ready) {
                    ready.incrementAndGet();
                } else if (event instanceof Lifecycle.LoggedOut || event instanceof Lifecycle.Refused) {
                    ended.incrementAndGet();
                } else if (quick.takes(event)) {
                    (canStall(event.account()) ? elsewhere : others).add(event);
                }
            }));
        }
    }

    /** The sink that hangs for some accounts, as a web server does whose disk is gone. */
    private final class Slow implements EventSink {
        @Override
        public Mono<Void> write(EventBatch batch) {
            Mono<Void> taken = Mono.fromRunnable(() -> batch.events().forEach(event -> {
                if (slow.takes(event) && !canStall(event.account())) {
                    othersOfTheSink.add(event);
                }
            }));
            return canStall(batch.account()) ? Mono.defer(() -> gate.asMono()).then(taken) : taken;
        }
    }
}
