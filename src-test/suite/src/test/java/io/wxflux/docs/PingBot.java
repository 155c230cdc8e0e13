package io.wxflux.docs;

// begin
import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.event.MessageReceived;
import io.wxflux.file.ConsoleSink;
import io.wxflux.journal.FileJournal;
import io.wxflux.model.Message;
import io.wxflux.model.Reply;
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
        engine.reply(PingBot::answer); // each message is answered at most once, whatever crashes
        Runtime.getRuntime().addShutdownHook(new Thread(() -> engine.stop().block()));
        engine.run().block(); // the main thread may block, a bot may not
    }

    static Mono<Reply> answer(MessageReceived received) {
        return received.message() instanceof Message.Text text && text.text().equals("ping")
                ? Mono.just(Reply.text("pong"))
                : Mono.empty(); // no reply
    }
}
// end
