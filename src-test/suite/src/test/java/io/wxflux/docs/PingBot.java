package io.wxflux.docs;

// begin
import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.error.OutcomeUnknownException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.MessageReceived;
import io.wxflux.file.ConsoleSink;
import io.wxflux.journal.FileJournal;
import io.wxflux.model.Message;
import io.wxflux.options.AccountSpec;
import io.wxflux.sink.SinkSpec;
import java.nio.file.Path;
import java.time.ZoneId;
import reactor.core.publisher.Mono;

public final class PingBot {
    public static void main(String[] args) {
        var screen = new ConsoleSink(System.out, true, ZoneId.systemDefault());
        Engine engine = Engine.create(EngineOptions.builder()
                .coordinator(FileJournal.open(Path.of("state"))) // sessions, messages and cursors, durable
                .sink(SinkSpec.of("screen", screen).qr(true)) // shows the codes to scan
                .account(AccountSpec.of("shop"))
                .build());
        engine.handle("ping", event -> answer(engine, event)); // completion acknowledges the event
        Runtime.getRuntime().addShutdownHook(new Thread(() -> engine.stop().block()));
        engine.run().block(); // the main thread may block, a handler may not
    }

    static Mono<Void> answer(Engine engine, AccountEvent event) {
        if (event instanceof MessageReceived received
                && received.message() instanceof Message.Text text
                && text.text().equals("ping")) {
            return engine.account(received.account())
                    .sendText(received.subject(), "pong")
                    .onErrorComplete(OutcomeUnknownException.class) // it may have arrived: not twice
                    .then();
        }
        return Mono.empty();
    }
}
// end
