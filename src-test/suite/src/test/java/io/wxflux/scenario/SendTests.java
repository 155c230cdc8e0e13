package io.wxflux.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.Account;
import io.wxflux.EngineOptions;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.ThrottledException;
import io.wxflux.event.AccountState;
import io.wxflux.event.MessageReceived;
import io.wxflux.event.SendEvent;
import io.wxflux.model.AccountId;
import io.wxflux.model.MediaSource;
import io.wxflux.model.Message;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UploadProgress;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.Operation;
import io.wxflux.options.Pace;
import io.wxflux.options.SendOptions;
import io.wxflux.options.WhenThrottled;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.simulator.Fault;
import io.wxflux.simulator.FaultRule;
import io.wxflux.simulator.RateLimit;
import io.wxflux.simulator.SentMessage;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Sending, as the simulator saw it: it objects to everything that is not in the form of its call. */
@Tag("scenario")
class SendTests {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ANY_HOST = "*";

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    @TempDir
    Path directory;

    private final SendOptions fast =
            SendOptions.defaults().withPace(Operation.SEND, Pace.of(100, Duration.ofMillis(1)));

    private SimAccount service;

    private EngineOptions.Builder options() {
        service = weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_020).withContacts(3, 1, 4));
        return weChat.options().sending(fast).account(AccountSpec.of("alice"));
    }

    private RunningEngine started(EngineOptions.Builder options) {
        var running = RunningEngine.start(options);
        running.awaitState("alice", AccountState.SYNCING);
        return running;
    }

    private static Account alice(RunningEngine running) {
        return running.engine().account(AccountId.of("alice"));
    }

    private UserName name(SimPeer peer) {
        return UserName.of(service.userName(peer));
    }

    private static <T> T await(Mono<T> call) {
        return call.toFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    void aMentionIsInTheTextAndBesideIt() {
        try (var running = started(options())) {
            UserName member = name(SimPeer.member(1, 2));
            SendReceipt receipt =
                    await(alice(running).send(name(SimPeer.room(1)), Outgoing.text("早 <b> & 😀", List.of(member))));

            SentMessage sent = service.sent().get(0);
            assertThat(sent.msgId()).isEqualTo(receipt.id().value());
            assertThat(sent.clientMsgId()).isEqualTo(receipt.clientMsgId());
            assertThat(sent.content()).startsWith("@").endsWith("\u2005早 <b> & 😀");
            assertThat(sent.mentions()).contains(member.value());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text, webwxsendmsg",
        "image, webwxsendmsgimg",
        "video, webwxsendvideomsg",
        "emoticon, webwxsendemoticon",
        "location, webwxsendmsg",
        "link, webwxsendappmsg",
        "file, webwxsendappmsg",
    })
    void whatWasReceivedIsForwardedWithoutAnUpload(String kind, String call) {
        try (var running = started(options())) {
            service.queue(
                    kind.equals("text")
                            ? SimMessage.text(SimPeer.friend(1), "hello & <b>")
                            : service.made(kind, SimPeer.friend(1)));
            Await.until(() -> !messages(running).isEmpty());

            await(alice(running)
                    .send(
                            UserName.of("filehelper"),
                            Outgoing.forward(messages(running).get(0))));

            assertThat(service.sent())
                    .singleElement()
                    .extracting(SentMessage::call)
                    .isEqualTo(call);
        }
    }

    private static List<Message> messages(RunningEngine running) {
        return running.delivered("alice").stream()
                .filter(MessageReceived.class::isInstance)
                .map(event -> ((MessageReceived) event).message())
                .filter(message -> message.header().msgType() != 51)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "photo.png, IMAGE, webwxsendmsgimg",
        "film.mp4, VIDEO, webwxsendvideomsg",
        "moving.gif, EMOTICON, webwxsendemoticon",
        "合同 & <终稿>.pdf, FILE, webwxsendappmsg"
    })
    void whatIsUploadedIsSent(String fileName, Outgoing.Kind kind, String call) throws IOException {
        Path file = Files.write(directory.resolve("content"), new byte[700_000]);
        try (var running = started(options())) {
            await(alice(running)
                    .send(
                            UserName.of("filehelper"),
                            new Outgoing.Upload(kind, MediaSource.of(file).named(fileName))));

            SentMessage sent = service.sent().get(0);
            assertThat(sent.call()).isEqualTo(call);
            SentMessage.File uploaded = requireNonNull(sent.file());
            assertThat(uploaded.size()).isEqualTo(700_000);
            assertThat(uploaded.name()).isEqualTo(fileName);
        }
    }

    @Test
    void aFileOfTheOutboxMustBeWhatItWas() throws IOException {
        Path file = Files.write(directory.resolve("a.txt"), "one".getBytes(StandardCharsets.UTF_8));
        Path other = Files.write(directory.resolve("b.txt"), "one".getBytes(StandardCharsets.UTF_8));
        EngineOptions.Builder options = options();
        weChat.simulator()
                .addFault(FaultRule.on(ANY_HOST, new Fault.Retcode(1205, 0))
                        .withCall("webwxsendappmsg")
                        .withTimes(1));
        try (var running = started(options.sending(fast.withPace(
                Operation.SEND,
                Pace.of(100, Duration.ofMillis(1)).withRest(Duration.ofSeconds(2), Duration.ofSeconds(2)))))) {
            var outbox = alice(running).outbox();
            UserName helper = UserName.of("filehelper");
            OutboxEntry kept = await(outbox.put(helper, Outgoing.file(MediaSource.of(file)), Duration.ofMinutes(1)));
            OutboxEntry changed =
                    await(outbox.put(helper, Outgoing.file(MediaSource.of(other)), Duration.ofMinutes(1)));
            Files.writeString(other, "two");

            assertThat(await(outbox.await(kept.id())).state()).isEqualTo(OutboxEntry.State.ACCEPTED);
            assertThat(await(outbox.await(changed.id())).state()).isEqualTo(OutboxEntry.State.REFUSED);
            assertThat(await(outbox.await(changed.id())).reason()).contains("changed");
            assertThat(service.sent()).hasSize(1);
        }
    }

    @Test
    void whoSendsAFileSeesHowFarItIsAndCannotBreakIt() {
        try (var running = started(options())) {
            int chunk = 524_288;
            int size = 2 * chunk + 7;
            Outgoing file = Outgoing.file(MediaSource.of("plan.bin", new byte[size]));
            UserName friend = name(SimPeer.friend(1));
            List<UploadProgress> seen = new CopyOnWriteArrayList<>();
            Mono<SendReceipt> send = alice(running).send(friend, file, now -> {
                seen.add(now);
                throw new IllegalStateException("not of the engine's making");
            });
            assertThat(seen).as("before anybody asks").isEmpty();

            await(send);
            assertThat(seen)
                    .containsExactly(
                            new UploadProgress(chunk, size),
                            new UploadProgress(2L * chunk, size),
                            new UploadProgress(size, size));

            seen.clear();
            await(send);
            assertThat(seen).as("it is there already").containsExactly(new UploadProgress(size, size));
            await(alice(running).send(friend, Outgoing.text("a text"), seen::add));
            assertThat(seen).hasSize(1);
            assertThat(service.sent()).hasSize(3);
        }
    }

    @Test
    void aFileThatChangesWhileItWaitsForItsTurnIsNotSent() throws Exception {
        Path file = Files.writeString(directory.resolve("file.txt"), "one");
        EngineOptions.Builder options = options();
        weChat.simulator()
                .addFault(FaultRule.on(ANY_HOST, new Fault.LostAnswer())
                        .withCall("webwxsendmsg")
                        .withTimes(2));
        try (var running = started(options)) {
            UserName helper = UserName.of("filehelper");
            var before = alice(running).sendText(helper, "takes a while").toFuture();
            var outbox = alice(running).outbox();
            OutboxEntry entry = await(outbox.put(helper, Outgoing.file(MediaSource.of(file)), Duration.ofMinutes(1)));
            Thread.sleep(500);
            assertThat(before).as("the file waits behind it").isNotDone();
            Files.writeString(file, "two");

            assertThat(await(outbox.await(entry.id())).reason()).contains("changed");
            assertThat(service.sent()).hasSize(1);
        }
    }

    @Test
    void aLostAnswerDoublesNothing() {
        EngineOptions.Builder options = options();
        weChat.simulator()
                .addFault(FaultRule.on(ANY_HOST, new Fault.LostAnswer())
                        .withCall("webwxsendmsg")
                        .withTimes(2));
        try (var running = started(options)) {
            await(alice(running).sendText(UserName.of("filehelper"), "once"));
            assertThat(service.sent())
                    .singleElement()
                    .extracting(SentMessage::attempts)
                    .isEqualTo(3);
        }
    }

    @Test
    void whatIsInTheOutboxIsSentOnceHoweverManyAnswersAreLost() {
        EngineOptions.Builder options = options();
        weChat.simulator()
                .addFault(FaultRule.on(ANY_HOST, new Fault.LostAnswer())
                        .withCall("webwxsendmsg")
                        .withTimes(5));
        var store = new InMemoryCoordinator();
        try (var running = started(options.coordinator(store))) {
            for (int i = 0; i < 12; i++) {
                await(alice(running)
                        .outbox()
                        .put(UserName.of("filehelper"), Outgoing.text("text " + i), Duration.ofMinutes(5)));
            }
            Await.until(() -> !service.sent().isEmpty());
        }
        try (var running = started(options.coordinator(store.reopen()))) {
            Await.until(
                    Duration.ofMinutes(3),
                    () -> accepted(running) >= 1 && pending(running) == 0,
                    () -> "accepted " + accepted(running) + ", pending " + pending(running));
            assertThat(service.sent())
                    .extracting(SentMessage::content)
                    .isEqualTo(IntStream.range(0, 12).mapToObj(i -> "text " + i).toList());
        }
    }

    private static long accepted(RunningEngine running) {
        return running.delivered("alice").stream()
                .filter(event -> event instanceof SendEvent sent && sent.entry().state() == OutboxEntry.State.ACCEPTED)
                .count();
    }

    private static int pending(RunningEngine running) {
        return await(alice(running).outbox().pending()).size();
    }

    /** The operation cools down, others go on; who sends is told, or waits, as was chosen. */
    @Test
    void a1205OnASendCoolsSendsDownAndNothingElse() {
        EngineOptions.Builder options = options();
        SendOptions resting = SendOptions.defaults()
                .withPace(
                        Operation.SEND,
                        Pace.of(100, Duration.ofMillis(1)).withRest(Duration.ofSeconds(3), Duration.ofSeconds(6)));
        weChat.simulator().limit(RateLimit.of("webwxsend*", 2, Duration.ofSeconds(3)));
        UserName helper = UserName.of("filehelper");
        try (var running = started(options.sending(resting))) {
            Account account = alice(running);
            await(account.sendText(helper, "one"));
            SendReceipt two = await(account.sendText(helper, "two"));
            StepVerifier.create(account.sendText(helper, "three"))
                    .verifyErrorSatisfies(error -> assertThat(((ThrottledException) error).retryAfter())
                            .isEqualTo(Duration.ofSeconds(3)));
            StepVerifier.create(account.sendText(helper, "four")).verifyError(ThrottledException.class);
            await(account.recall(helper, two.id()));
            await(account.markRead(helper).thenReturn(true));
            service.queue(SimMessage.text(SimPeer.friend(1), "hello"));
            Await.until(() -> !messages(running).isEmpty());
            OutboxEntry patient = await(account.outbox().put(helper, Outgoing.text("five"), Duration.ofMinutes(1)));
            assertThat(await(account.outbox().await(patient.id())).state()).isEqualTo(OutboxEntry.State.ACCEPTED);
            assertThat(service.sent()).extracting(SentMessage::content).containsExactly("one", "two", "five");
            assertThat(running.liveTypes("alice")).containsOnlyOnce("wx.account.throttled");
            assertThat(running.status("alice").state()).isEqualTo(AccountState.SYNCING);
        }
    }

    @Test
    void whoChoseToWaitSucceedsLater() {
        EngineOptions.Builder options = options();
        weChat.simulator().limit(RateLimit.of("webwxsend*", 1, Duration.ofSeconds(2)));
        SendOptions waiting = SendOptions.defaults()
                .whenThrottled(WhenThrottled.WAIT)
                .withPace(
                        Operation.SEND,
                        Pace.of(100, Duration.ofMillis(1)).withRest(Duration.ofSeconds(3), Duration.ofSeconds(6)));
        try (var running = started(options.sending(waiting))) {
            UserName helper = UserName.of("filehelper");
            await(alice(running).sendText(helper, "one"));
            await(alice(running).sendText(helper, "two"));
            assertThat(service.sent()).extracting(SentMessage::content).containsExactly("one", "two");
        }
    }

    @Test
    void oneselfIsRefused() {
        try (var running = started(options())) {
            StepVerifier.create(alice(running).sendText(name(SimPeer.self()), "to myself"))
                    .expectError(RequestRefusedException.class)
                    .verify(PATIENCE);
        }
    }
}
