package io.wxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.Engine;
import io.wxflux.event.MessageReceived;
import io.wxflux.journal.FileJournal;
import io.wxflux.model.Message;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** An application that names a state directory and nothing else: what its handler rejects outlives it. */
@Tag("scenario")
class EmbeddedDeadLettersTests {
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    @TempDir
    Path directory;

    @Test
    void whatAHandlerRejectsIsListedAfterTheStopAndReplayedByTheNextRun() throws IOException {
        Path state = directory.resolve("state");
        SimAccount shop = weChat.simulator().addAccount(SimAccountSpec.of("shop", 1_000_201L));
        Queue<String> taken = new ConcurrentLinkedQueue<>();
        Engine first = engine(state, "crm", taken, true);
        Mono<Void> run = first.run().cache();
        run.subscribe();
        Await.until(SOON, shop::isLoggedIn, () -> first.accounts().toString());
        shop.queue(SimMessage.text(SimPeer.friend(1), "refuse me"));
        shop.queue(SimMessage.text(SimPeer.friend(1), "take me"));
        Await.until(SOON, () -> taken.contains("take me"), taken::toString);
        first.stop().block(SOON);
        run.block(SOON);

        assertThat(state.resolve(FileJournal.DEAD_LETTERS)).content().contains("refuse me");
        CommandLineRun listing = CommandLineRun.plain();
        assertThat(listing.execute("dead-letters", "-c", config())).isZero();
        assertThat(listing.out()).contains("crm").contains("wx.message.text").doesNotContain("rejected anything");

        Engine second = engine(state, "crm", taken, false);
        Mono<Void> again = second.run().cache();
        again.subscribe();
        Await.until(
                SOON,
                () -> second.accounts().stream()
                        .anyMatch(account -> account.account().value().equals("shop")),
                () -> second.accounts().toString());
        second.deadLetters().concatMap(second::replay).blockLast(SOON);
        assertThat(taken).contains("refuse me");
        assertThat(second.deadLetters().collectList().block(SOON)).isEmpty();
        second.stop().block(SOON);
        again.block(SOON);
    }

    private Engine engine(Path state, String handler, Queue<String> taken, boolean strict) {
        Engine engine = Engine.create(weChat.options()
                .coordinator(FileJournal.open(state))
                .delivery(offeredOnce())
                .account(AccountSpec.of("shop"))
                .build());
        return engine.handle(handler, event -> {
            if (!(event instanceof MessageReceived received) || !(received.message() instanceof Message.Text text)) {
                return Mono.empty();
            }
            if (strict && text.text().equals("refuse me")) {
                return Mono.error(new IllegalStateException("not this one"));
            }
            return Mono.fromRunnable(() -> taken.add(text.text()));
        });
    }

    private static DeliveryOptions offeredOnce() {
        DeliveryOptions usual = DeliveryOptions.defaults();
        return new DeliveryOptions(
                usual.tailBytes(),
                usual.totalTailBytes(),
                usual.maxBatch(),
                1,
                Duration.ZERO,
                usual.maxBackoff(),
                usual.cursorDelay(),
                usual.drainTimeout(),
                usual.writeTimeout());
    }

    private String config() throws IOException {
        Path file = directory.resolve("accounts.yaml");
        return Files.writeString(file, "state: ./state\naccounts:\n  - id: shop\n")
                .toString();
    }
}
