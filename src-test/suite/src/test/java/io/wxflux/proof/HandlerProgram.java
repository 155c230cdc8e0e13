package io.wxflux.proof;

import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.MessageReceived;
import io.wxflux.journal.FileJournal;
import io.wxflux.model.Message;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.HttpOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** An application as users write them: a handler that takes 5 ms a message and notes down what it had. */
final class HandlerProgram {
    private HandlerProgram() {}

    /** @param args state directory, port, CA file, file to note into, number of accounts */
    public static void main(String[] args) throws IOException {
        FileChannel notes = FileChannel.open(Path.of(args[3]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var options = EngineOptions.builder()
                .coordinator(FileJournal.open(Path.of(args[0])))
                .http(HttpOptions.defaults()
                        .withConnectTo(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])))
                        .withTrust(Path.of(args[2])));
        for (int i = 0; i < Integer.parseInt(args[4]); i++) {
            options.account(AccountSpec.of("account-" + i));
        }
        Engine engine = Engine.create(options.build());
        engine.handle(
                "slow",
                event -> Mono.delay(Duration.ofMillis(5))
                        .doOnNext(tick -> note(notes, event))
                        .then());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> engine.stop().block(Duration.ofSeconds(15))));
        engine.run().block();
    }

    private static void note(FileChannel notes, AccountEvent event) {
        String text = event instanceof MessageReceived received && received.message() instanceof Message.Text message
                ? message.text()
                : event.type();
        String line = event.account() + "\t" + event.head().id() + "\t" + text.replace('\n', ' ') + "\n";
        try {
            notes.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
