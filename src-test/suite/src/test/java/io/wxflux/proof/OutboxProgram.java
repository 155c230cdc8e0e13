package io.wxflux.proof;

import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.SendEvent;
import io.wxflux.journal.FileJournal;
import io.wxflux.model.AccountId;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.SendOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An application that puts a number of texts into its outbox, in its first life only, and notes what becomes of them. */
final class OutboxProgram {
    private static final AccountId ACCOUNT = AccountId.of("account-0");
    private static final UserName TO = UserName.of("filehelper");

    private OutboxProgram() {}

    /** @param args state directory, port, CA file, file to note into, number of texts */
    public static void main(String[] args) {
        Path notes = Path.of(args[3]);
        int count = Integer.parseInt(args[4]);
        Engine engine = Engine.create(EngineOptions.builder()
                .coordinator(FileJournal.open(Path.of(args[0])))
                .http(HttpOptions.defaults()
                        .withConnectTo(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])))
                        .withTrust(Path.of(args[2])))
                .sending(SendOptions.defaults().withBurst(1).withEvery(Duration.ofMillis(50)))
                .account(AccountSpec.of(ACCOUNT.value()))
                .build());
        engine.handle("notes", event -> noted(engine, event, notes, count));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> engine.stop().block(Duration.ofSeconds(15))));
        engine.run().block();
    }

    private static Mono<Void> noted(Engine engine, AccountEvent event, Path notes, int count) {
        if (event instanceof Lifecycle.LoggedIn && Files.notExists(notes)) {
            return Flux.range(0, count)
                    .concatMap(i -> engine.account(ACCOUNT)
                            .outbox()
                            .put(TO, Outgoing.text("text " + i), Duration.ofMinutes(10)))
                    .then(Mono.fromRunnable(() -> note(notes, "all put")));
        }
        return event instanceof SendEvent sent
                        && sent.entry().state() != OutboxEntry.State.QUEUED
                        && sent.entry().state() != OutboxEntry.State.SENT
                ? Mono.fromRunnable(() ->
                        note(notes, sent.entry().state() + " " + sent.entry().id()))
                : Mono.empty();
    }

    private static void note(Path notes, String line) {
        try {
            Files.writeString(notes, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
