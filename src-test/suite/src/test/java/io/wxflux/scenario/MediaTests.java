package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.Media;
import io.wxflux.error.MediaUnavailableException;
import io.wxflux.error.Remedy;
import io.wxflux.error.WxfluxException;
import io.wxflux.event.AccountState;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.AccountId;
import io.wxflux.model.AppMessage;
import io.wxflux.model.MediaContent;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.Message;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.PlaceMessage;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import io.wxflux.simulator.Fault;
import io.wxflux.simulator.FaultRule;
import io.wxflux.simulator.MediaMessages;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What an application fetches of the messages it gets, over TLS. */
@Tag("scenario")
class MediaTests {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SimPeer FRIEND = SimPeer.friend(1);
    private static final String LONG_NAME = "关于周末爬山活动的路线安排与注意事项以及集合时间地点的详细说明第三次修订稿最终版.pdf";

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    @TempDir
    Path directory;

    private SimAccount account;
    private RunningEngine running;
    private Media media;

    @BeforeEach
    void start() {
        account = weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_020)
                        .withHome("wx2.qq.com")
                        .withContacts(3, 1, 3));
        running = RunningEngine.start(weChat.options().account(AccountSpec.of("alice")));
        running.awaitState("alice", AccountState.SYNCING);
        media = running.engine().account(AccountId.of("alice")).media();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private <T extends Message> T received(SimMessage message, Class<T> type) {
        String id = account.msgId(account.queue(message));
        Await.until(() -> message(id) != null);
        return type.cast(message(id));
    }

    private Message message(String id) {
        return running.delivered("alice").stream()
                .filter(MessageReceived.class::isInstance)
                .map(event -> ((MessageReceived) event).message())
                .filter(message -> message.header().id().value().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static MediaContent get(Mono<MediaContent> content) {
        return Objects.requireNonNull(content.block(PATIENCE));
    }

    private static String md5(Flux<ByteBuffer> bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of()
                    .formatHex(Objects.requireNonNull(bytes.doOnNext(digest::update)
                                    .then(Mono.fromSupplier(() -> digest))
                                    .block(PATIENCE))
                            .digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String md5(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WxfluxException failure(Mono<?> what) {
        Throwable error = what.<Throwable>handle((value, sink) -> sink.complete())
                .onErrorResume(Mono::just)
                .block(PATIENCE);
        assertThat(error).isInstanceOf(WxfluxException.class);
        return (WxfluxException) Objects.requireNonNull(error);
    }

    @Test
    void picturesComeAsTheyWereSentAndSmall() {
        SimMessage sent = MediaMessages.image(FRIEND, 300_000);
        MediaMessage.Image image = received(sent, MediaMessage.Image.class);
        MediaContent whole = get(media.image(image));
        assertThat(whole.contentType()).isEqualTo("image/jpeg");
        assertThat(whole.length()).hasValue(300_000);
        assertThat(whole.fileName()).isEqualTo("image-" + image.header().id().value() + ".jpg");
        assertThat(md5(whole.bytes())).isEqualTo(image.details().md5());
        assertThat(md5(whole.bytes()))
                .as("asked for anew")
                .isEqualTo(image.details().md5());
        MediaContent small = get(media.thumbnail(image));
        assertThat(small.length().orElseThrow()).isLessThan(10_000);
        assertThat(small.contentType()).isEqualTo("image/jpeg");
    }

    @Test
    void voicesVideosAndStickersCome() {
        SimMessage voice = MediaMessages.voice(FRIEND, 4_000);
        MediaContent heard = get(media.voice(received(voice, MediaMessage.Voice.class)));
        assertThat(heard.fileName()).endsWith(".mp3");
        assertThat(heard.length()).hasValue(8_400);
        assertThat(md5(heard.bytes())).isNotEmpty();
        SimMessage video = MediaMessages.video(SimPeer.member(1, 2), 9, 3_000_000);
        MediaMessage.Video film = received(video, MediaMessage.Video.class);
        MediaContent seen = get(media.video(film));
        assertThat(seen.contentType()).isEqualTo("video/mp4");
        assertThat(seen.length()).hasValue(3_000_000);
        assertThat(md5(seen.bytes())).isEqualTo(film.details().md5());
        assertThat(get(media.thumbnail(film)).contentType()).isEqualTo("image/jpeg");
        SimMessage sticker = MediaMessages.emoticon(FRIEND, 20_000);
        MediaMessage.Emoticon own = received(sticker, MediaMessage.Emoticon.class);
        MediaContent moving = get(media.emoticon(own));
        assertThat(moving.fileName()).endsWith(".gif");
        assertThat(md5(moving.bytes())).isEqualTo(own.details().md5());
        WxfluxException store =
                failure(media.emoticon(received(MediaMessages.storeSticker(FRIEND), MediaMessage.Emoticon.class)));
        assertThat(store).isInstanceOf(MediaUnavailableException.class).hasMessageContaining("store");
        assertThat(store.remedy()).isEqualTo(Remedy.STOP);
    }

    @Test
    void filesAreSavedUnderTheirNamesAndOverwriteNothing() throws IOException {
        SimMessage sent = MediaMessages.file(SimPeer.member(1, 2), LONG_NAME, 700_000);
        AppMessage.File file = received(sent, AppMessage.File.class);
        Path into = directory.resolve("new");
        Path first = Objects.requireNonNull(get(media.file(file)).saveTo(into).block(PATIENCE));
        Path second = Objects.requireNonNull(get(media.file(file)).saveTo(into).block(PATIENCE));
        assertThat(first.getFileName().toString()).isEqualTo(LONG_NAME);
        assertThat(second.getFileName().toString()).isEqualTo(LONG_NAME.replace(".pdf", " (2).pdf"));
        assertThat(md5(first)).isEqualTo(md5(second)).isEqualTo(file.details().md5());
        AppMessage.File evil = received(MediaMessages.file(FRIEND, "../../\u202efdp.exe. ", 10), AppMessage.File.class);
        Path safe = Objects.requireNonNull(get(media.file(evil)).saveTo(into).block(PATIENCE));
        assertThat(safe.getParent()).isEqualTo(into);
        assertThat(safe.getFileName().toString()).isEqualTo("_.._fdp.exe");
        try (var all = Files.list(into)) {
            assertThat(all).hasSize(3);
        }
    }

    @Test
    void aDownloadThatBreaksInTheMiddleGoesOnAndLeavesNothingWhenItFails() throws IOException {
        SimMessage video = MediaMessages.video(FRIEND, 9, 2_000_000);
        MediaMessage.Video film = received(video, MediaMessage.Video.class);
        weChat.simulator()
                .addFault(FaultRule.on("*", new Fault.CutAnswer())
                        .withCall("webwxgetvideo")
                        .withTimes(2));
        assertThat(md5(get(media.video(film)).bytes())).isEqualTo(film.details().md5());
        assertThat(weChat.simulator().faults()).isEmpty();
        // A picture is given whole each time, and what is known of it is read past.
        SimMessage picture = MediaMessages.image(FRIEND, 900_000);
        MediaMessage.Image image = received(picture, MediaMessage.Image.class);
        weChat.simulator()
                .addFault(FaultRule.on("*", new Fault.CutAnswer())
                        .withCall("webwxgetmsgimg")
                        .withTimes(1));
        assertThat(md5(get(media.image(image)).bytes()))
                .isEqualTo(image.details().md5());
        weChat.simulator().addFault(FaultRule.on("*", new Fault.CutAnswer()).withCall("webwxgetmsgimg"));
        Path into = Files.createDirectory(directory.resolve("broken"));
        assertThatThrownBy(() -> get(media.image(image)).saveTo(into).block(PATIENCE))
                .isInstanceOf(WxfluxException.class);
        weChat.simulator().clearFaults();
        try (var all = Files.list(into)) {
            assertThat(all).isEmpty();
        }
    }

    @Test
    void nothingIsAskedForThriceAndThenAnErrorThatSaysWhatToDo() {
        SimMessage video = MediaMessages.video(FRIEND, 9, 200_000).withLostMedia();
        MediaMessage.Video film = received(video, MediaMessage.Video.class);
        WxfluxException error = failure(media.video(film));
        assertThat(error).isInstanceOf(MediaUnavailableException.class).hasMessageContaining("phone");
        assertThat(error.remedy()).isEqualTo(Remedy.RETRY);
        SimMessage image = MediaMessages.image(FRIEND, 10_000);
        MediaMessage.Image picture = received(image, MediaMessage.Image.class);
        weChat.simulator()
                .addFault(FaultRule.on("*", new Fault.EmptyBody())
                        .withCall("webwxgetmsgimg")
                        .withTimes(1));
        weChat.simulator()
                .addFault(FaultRule.on("*", new Fault.Page(200))
                        .withCall("webwxgetmsgimg")
                        .withTimes(1));
        assertThat(md5(get(media.image(picture)).bytes()))
                .isEqualTo(picture.details().md5());
    }

    @Test
    void headImagesAndMapsCome() {
        assertThat(get(media.headImage(UserName.of(account.userName(FRIEND)))).contentType())
                .isEqualTo("image/jpeg");
        long large = get(media.largeHeadImage(UserName.of(account.userName(FRIEND))))
                .length()
                .orElseThrow();
        assertThat(large).isGreaterThan(3_000);
        UserName room = UserName.of(account.userName(SimPeer.room(1)));
        assertThat(get(media.headImage(room)).fileName()).isEqualTo("head-image.jpg");
        UserName member = UserName.of(account.userName(SimPeer.member(1, 2)));
        assertThat(md5(get(media.headImage(room, member)).bytes())).isNotEmpty();
        Message card = received(account.made("card", FRIEND), Message.class);
        assertThat(get(media.headImage((PeopleMessage<?>) card)).contentType()).isEqualTo("image/jpeg");
        Message place = received(account.made("location", FRIEND), Message.class);
        assertThat(get(media.map((PlaceMessage.Location) place)).contentType()).startsWith("image/");
        assertThat(failure(media.thumbnail(card))).isInstanceOf(MediaUnavailableException.class);
    }

    @Test
    void whatIsCancelledLeavesNothing() throws IOException {
        AppMessage.File file = received(MediaMessages.file(FRIEND, "large.bin", 30_000_000), AppMessage.File.class);
        Path into = Files.createDirectory(directory.resolve("cancelled"));
        var saving = get(media.file(file)).saveTo(into).subscribe();
        Await.until(() -> sizeOf(into) > 100_000);
        saving.dispose();
        Await.until(() -> sizeOf(into) < 0);
    }

    /** Of the only file; -1 when there is none. */
    private static long sizeOf(Path into) {
        try (var all = Files.list(into)) {
            Path first = all.findFirst().orElse(null);
            return first == null ? -1 : Files.size(first);
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void manyAtOnceWaitForEachOtherAndMessagesGoOnComing() {
        SimMessage sent = MediaMessages.image(FRIEND, 400_000);
        MediaMessage.Image image = received(sent, MediaMessage.Image.class);
        Flux<String> all = Flux.range(0, 20)
                .flatMap(i -> media.image(image)
                        .flatMapMany(MediaContent::bytes)
                        .map(ByteBuffer::remaining)
                        .reduce(0, Integer::sum))
                .map(String::valueOf);
        account.queueBurst(3);
        assertThat(all.collectList().block(PATIENCE)).hasSize(20).containsOnly("400000");
        running.awaitTexts("alice", 3);
    }
}
