package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.wxflux.Account;
import io.wxflux.error.WxfluxException;
import io.wxflux.event.AccountState;
import io.wxflux.event.MessageReceived;
import io.wxflux.file.FileSink;
import io.wxflux.hostile.NaughtyTexts;
import io.wxflux.journal.FileJournal;
import io.wxflux.model.AccountId;
import io.wxflux.model.MediaSource;
import io.wxflux.model.Message;
import io.wxflux.model.Outgoing;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import io.wxflux.simulator.SentMessage;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.sink.SinkSpec;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Whatever people type arrives as they typed it: at the service, in the handler, and in the file. */
class NaughtyTextTests {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> TEXTS = NaughtyTexts.all();
    private static final UserName HELPER = UserName.of("filehelper");

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    @TempDir
    Path directory;

    private SimAccount account() {
        return weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_060).withContacts(3, 1, 3));
    }

    @Test
    void whatIsSentArrivesByteForByte() {
        SimAccount service = account();
        try (var running =
                RunningEngine.start(weChat.options().sending(Unpaced.SENDING).account(AccountSpec.of("alice")))) {
            running.awaitState("alice", AccountState.SYNCING);
            Account alice = running.engine().account(AccountId.of("alice"));
            List<String> texts = IntStream.range(0, TEXTS.size())
                    .filter(i -> i % 3 != 2)
                    .mapToObj(TEXTS::get)
                    .toList();
            for (String text : texts) {
                alice.sendText(HELPER, text).block(PATIENCE);
            }

            assertThat(texts).hasSizeGreaterThanOrEqualTo(515);
            assertThat(service.sent()).hasSize(texts.size());
            assertSoftly(softly -> {
                for (int i = 0; i < texts.size(); i++) {
                    softly.assertThat(md5(service.sent().get(i).content()))
                            .as("%d: %s", i, visible(texts.get(i)))
                            .isEqualTo(md5(texts.get(i)));
                }
            });
        }
    }

    /**
     * The service writes emoji as their code points without the selector of their form, which is therefore not compared. What
     * somebody types in the form of a quotation is one.
     */
    @Test
    void whatIsReceivedIsHandedOverAndWrittenAsItIs() throws IOException {
        List<String> texts =
                TEXTS.stream().filter(text -> !text.matches("(?s)「.*」\n- - .*")).toList();
        SimAccount service = account();
        Path events = directory.resolve("events.ndjson");
        try (var running = RunningEngine.start(weChat.options()
                .coordinator(FileJournal.open(directory.resolve("state")))
                .sink(SinkSpec.of("archive", new FileSink("archive", events)))
                .account(AccountSpec.of("alice")))) {
            running.awaitReady("alice");
            for (int i = 0; i < texts.size(); i++) {
                SimPeer writer = i % 2 == 0 ? SimPeer.friend(1) : SimPeer.member(1, 2);
                String text = texts.get(i);
                service.queue(writer.member() == 0 ? SimMessage.text(writer, text) : SimMessage.roomText(writer, text));
            }
            Await.until(
                    PATIENCE,
                    () -> messages(running).size() >= texts.size()
                            && written(events).size() >= texts.size(),
                    () -> messages(running).size() + " handed over, "
                            + written(events).size() + " written");

            List<Message> messages = messages(running);
            List<JsonNode> written = written(events);
            assertThat(messages).hasSize(texts.size());
            assertThat(written).hasSize(texts.size());
            assertSoftly(softly -> {
                for (int i = 0; i < texts.size(); i++) {
                    String expected = withoutForm(texts.get(i));
                    softly.assertThat(withoutForm(text(messages.get(i))))
                            .as("handed over %d: %s", i, visible(texts.get(i)))
                            .isEqualTo(expected);
                    softly.assertThat(withoutForm(
                                    written.get(i).path("data").path("text").asString("")))
                            .as("written %d: %s", i, visible(texts.get(i)))
                            .isEqualTo(expected);
                }
            });
        }
    }

    /** Under whatever name a file goes up: it is taken under that name, or refused by an error that says so. */
    @Test
    void aFileOfAnyNameGoesUpOrIsRefused() {
        SimAccount service = account();
        try (var running =
                RunningEngine.start(weChat.options().sending(Unpaced.SENDING).account(AccountSpec.of("alice")))) {
            running.awaitState("alice", AccountState.SYNCING);
            Account alice = running.engine().account(AccountId.of("alice"));
            List<String> taken = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            for (int i = 0; i < TEXTS.size(); i += 15) {
                String name = TEXTS.get(i) + ".txt";
                try {
                    alice.send(
                                    HELPER,
                                    Outgoing.file(
                                            MediaSource.of(name, ("content " + i).getBytes(StandardCharsets.UTF_8))))
                            .block(PATIENCE);
                    taken.add(name);
                } catch (WxfluxException | IllegalArgumentException typed) {
                    assertThat(typed).hasMessageMatching("(?s).*(name|file).*");
                    refused.add(name);
                }
            }

            assertThat(taken).hasSizeGreaterThan(30);
            assertThat(service.sent())
                    .extracting(SentMessage::file)
                    .extracting(file -> file == null ? "" : file.name())
                    .containsExactlyElementsOf(taken);
            assertThat(service.sent()).hasSize(taken.size());
            assertThat(refused)
                    .as("no more than have to be")
                    .allMatch(name ->
                            name.chars().anyMatch(c -> Character.isISOControl(c) || "/\\\u2028\u2029".indexOf(c) >= 0)
                                    || name.length() > 255);
        }
    }

    private static List<Message> messages(RunningEngine running) {
        return running.delivered("alice").stream()
                .filter(MessageReceived.class::isInstance)
                .map(event -> ((MessageReceived) event).message())
                .filter(message -> message.header().msgType() == 1)
                .toList();
    }

    private static String text(Message message) {
        return message instanceof Message.Text text ? text.text() : message.toString();
    }

    private static List<JsonNode> written(Path events) {
        var mapper = new ObjectMapper();
        try {
            return !Files.exists(events)
                    ? List.of()
                    : Files.readString(events)
                            .lines()
                            .map(mapper::readTree)
                            .filter(event -> event.path("data").path("msgType").asInt(0) == 1)
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutForm(String text) {
        return text.replace("\ufe0f", "");
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars()
                .limit(60)
                .forEach(c ->
                        shown.append(c > ' ' && c < 0x7f ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return shown.toString();
    }
}
