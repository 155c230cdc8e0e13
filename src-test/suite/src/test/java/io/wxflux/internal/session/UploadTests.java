package io.wxflux.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.MediaRefusedException;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.WxfluxException;
import io.wxflux.internal.protocol.Download;
import io.wxflux.internal.protocol.UploadKind;
import io.wxflux.internal.protocol.UploadedMedia;
import io.wxflux.model.MediaContent;
import io.wxflux.model.MediaSource;
import io.wxflux.model.UploadProgress;
import io.wxflux.model.UserName;
import io.wxflux.simulator.Fault;
import io.wxflux.simulator.FaultRule;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMedia;
import io.wxflux.simulator.SimPeer;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Files on their way up, against the simulator, which takes them in the browser's form only. */
class UploadTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CHUNK = 524_288;

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    @TempDir
    Path directory;

    private final List<UploadProgress> progress = new CopyOnWriteArrayList<>();
    private SimAccount account;
    private OpenSession session;

    @BeforeEach
    void signIn() {
        account = weChat.simulator()
                .addAccount(SimAccountSpec.of("uma", 777_001L)
                        .withHome("wx2.qq.com")
                        .withContacts(3, 1, 3));
        session = new OpenSession(weChat.http());
    }

    @AfterEach
    void close() {
        session.close();
    }

    private UserName friend(int number) {
        return UserName.of(account.userName(SimPeer.friend(number)));
    }

    private UploadedMedia upload(MediaSource source, UploadKind kind) {
        return Objects.requireNonNull(
                session.transfers.upload(friend(1), source, kind, progress::add).block(PATIENCE));
    }

    private static byte[] bytes(int size, int seed) {
        byte[] bytes = new byte[size];
        SimMedia.of(SimMedia.Form.BYTES, size, seed).fill(bytes, 0);
        return bytes;
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As its receiver would have it. */
    private byte[] atTheService(UploadedMedia media) {
        MediaContent content = Objects.requireNonNull(session.downloads
                .fetch(new Downloads.Wanted(
                        List.of(Download.file(
                                session.signedIn.self(), media.mediaId(), "encryfilename", media.encryFileName())),
                        media.fileName(),
                        true))
                .block(PATIENCE));
        return Objects.requireNonNull(content.bytes()
                        .collect(ByteArrayOutputStream::new, (all, piece) -> {
                            byte[] some = new byte[piece.remaining()];
                            piece.get(some);
                            all.writeBytes(some);
                        })
                        .block(PATIENCE))
                .toByteArray();
    }

    @Test
    void aFileOfOneChunkGoesUpAndDown() {
        byte[] content = bytes(1_000, 1);
        UploadedMedia media = upload(MediaSource.of("notes.txt", content), UploadKind.FILE);
        assertThat(media.mediaId()).startsWith("@crypt_");
        assertThat(media.md5()).isEqualTo(md5(content));
        assertThat(media.size()).isEqualTo(1_000);
        assertThat(atTheService(media)).isEqualTo(content);
        assertThat(progress).containsExactly(new UploadProgress(1_000, 1_000));
    }

    @Test
    void manyNamesAndSizesArrive() {
        List<String> names = List.of(
                "关于周末爬山活动的路线安排与注意事项以及集合时间地点的详细说明第三次修订稿最终版.pdf",
                "a \"quoted\" name.doc",
                "100% & more; a=b.txt",
                "😀 🇨🇳.bin",
                "no extension",
                "photo.JPG",
                "clip.mp4",
                "anim.gif");
        int size = 1;
        for (String name : names) {
            byte[] content = bytes(size, size);
            assertThat(atTheService(upload(MediaSource.of(name, content), UploadKind.FILE)))
                    .as(name)
                    .isEqualTo(content);
            size = size == 1 ? CHUNK - 1 : size == CHUNK - 1 ? CHUNK : size == CHUNK ? CHUNK + 1 : size + 3;
        }
    }

    @Test
    void aFileIsReadInWhateverPiecesItComes() throws IOException {
        byte[] content = bytes(3 * CHUNK + 17, 5);
        Path file = Files.write(directory.resolve("中文.zip"), content);
        assertThat(atTheService(upload(MediaSource.of(file), UploadKind.FILE))).isEqualTo(content);
        assertThat(progress)
                .extracting(UploadProgress::sent)
                .containsExactly((long) CHUNK, 2L * CHUNK, 3L * CHUNK, 3L * CHUNK + 17);
        byte[] other = bytes(CHUNK + 100, 6);
        MediaSource odd = MediaSource.of(
                "odd.bin",
                other.length,
                () -> Flux.range(0, (other.length + 999) / 1_000)
                        .map(i -> ByteBuffer.wrap(other, i * 1_000, Math.min(1_000, other.length - i * 1_000))));
        assertThat(atTheService(upload(odd, UploadKind.FILE))).isEqualTo(other);
    }

    @Test
    void oneChunkIsRepeatedWhenItsAnswerIsLostOrItsConnectionReset() {
        for (Fault fault : List.of(new Fault.LostAnswer(), new Fault.Reset(), new Fault.Page(502))) {
            byte[] content = bytes(2 * CHUNK + 5, fault.hashCode());
            AtomicInteger told = new AtomicInteger();
            UploadedMedia media = Objects.requireNonNull(session.transfers
                    .upload(friend(1), MediaSource.of("broken.zip", content), UploadKind.FILE, now -> {
                        if (told.incrementAndGet() == 1) {
                            weChat.simulator()
                                    .addFault(FaultRule.on("*", fault)
                                            .withCall("webwxuploadmedia")
                                            .withTimes(1));
                        }
                    })
                    .block(PATIENCE));
            assertThat(atTheService(media)).as(fault.toString()).isEqualTo(content);
        }
    }

    @Test
    void aServiceThatStaysBrokenIsAnErrorAfterThreeAttempts() {
        weChat.simulator().addFault(FaultRule.on("*", new Fault.Page(503)).withCall("webwxuploadmedia"));
        assertThatThrownBy(() -> upload(MediaSource.of("a.zip", bytes(10, 1)), UploadKind.FILE))
                .isInstanceOf(WxfluxException.class)
                .hasMessageContaining("503");
        weChat.simulator().clearFaults();
        weChat.simulator()
                .addFault(FaultRule.on("*", new Fault.Retcode(1, 0))
                        .withCall("webwxuploadmedia")
                        .withTimes(1));
        assertThatThrownBy(() -> upload(MediaSource.of("a.zip", bytes(10, 1)), UploadKind.FILE))
                .isInstanceOf(RequestRefusedException.class);
        upload(MediaSource.of("a.zip", bytes(10, 1)), UploadKind.FILE);
    }

    @Test
    void theSamePictureToTwoPeopleIsUploadedOnce() {
        byte[] content = bytes(5_000, 9);
        MediaSource picture = MediaSource.of("a.png", content);
        List<UploadedMedia> both = Objects.requireNonNull(Flux.merge(
                        session.transfers.upload(friend(1), picture, UploadKind.PICTURE, progress::add),
                        session.transfers.upload(friend(2), picture.named("b.png"), UploadKind.PICTURE, progress::add))
                .collectList()
                .block(PATIENCE));
        assertThat(both)
                .extracting(UploadedMedia::mediaId)
                .containsOnly(both.get(0).mediaId());
        assertThat(both).extracting(UploadedMedia::fileName).containsExactlyInAnyOrder("a.png", "b.png");
        session.transfers.forget(both.get(0));
        assertThat(upload(picture, UploadKind.PICTURE).mediaId())
                .isNotEqualTo(both.get(0).mediaId());
    }

    @Test
    void aLargeFileIsCheckedFirstAndNotSentWhenTheServiceHasIt() throws IOException {
        SimMedia large = SimMedia.file("large.bin", 26L * 1024 * 1024, 3);
        Path file = directory.resolve("large.bin");
        large.writeTo(file);
        UploadedMedia first = upload(MediaSource.of(file), UploadKind.FILE);
        assertThat(first.signature()).isNotEmpty();
        assertThat(first.aesKey()).isNotEmpty();
        assertThat(first.md5()).isEqualTo(large.md5());
        session.transfers.forget(first);
        progress.clear();
        UploadedMedia second = upload(MediaSource.of(file).named("again.bin"), UploadKind.FILE);
        assertThat(second.mediaId()).isNotEmpty().isNotEqualTo(first.mediaId());
        assertThat(second.signature()).isNotEmpty();
        assertThat(progress).hasSize(1);
    }

    @Test
    void whatCannotBeSentIsRefusedBeforeAnythingIsSent() {
        weChat.simulator().addFault(FaultRule.on("*", new Fault.Hang()).withCall("webwxuploadmedia"));
        weChat.simulator().addFault(FaultRule.on("*", new Fault.Hang()).withCall("webwxcheckupload"));
        refused(MediaSource.of("a.txt", new byte[0]), UploadKind.FILE, "single byte");
        refused(MediaSource.of("a.gif", bytes(5, 1)), UploadKind.PICTURE, "sticker");
        refused(MediaSource.of("a.mov", bytes(5, 1)), UploadKind.VIDEO, ".mp4");
        refused(MediaSource.of("a.png", bytes(5, 1)), UploadKind.EMOTICON, ".gif");
        refused(sized("a.png", 20L * 1024 * 1024 + 1), UploadKind.PICTURE, "20 MB");
        refused(sized("a.mp4", 20L * 1024 * 1024 + 1), UploadKind.VIDEO, "20 MB");
        refused(sized("a.iso", 100L * 1024 * 1024 + 1), UploadKind.FILE, "100 MB");
        refused(MediaSource.of("a.txt", 6, () -> Flux.just(ByteBuffer.wrap(bytes(5, 1)))), UploadKind.FILE, "has 5");
        refused(MediaSource.of(directory.resolve("missing.txt")), UploadKind.FILE, "NoSuchFile");
        refused(
                MediaSource.of("a.txt", 6, () -> Flux.error(new NoSuchFileException("x"))),
                UploadKind.FILE,
                "cannot be read");
    }

    /** Too large by what it says, and it is not even read. */
    private static MediaSource sized(String name, long size) {
        return MediaSource.of(name, size, Flux::never);
    }

    private void refused(MediaSource source, UploadKind kind, String words) {
        assertThatThrownBy(() -> upload(source, kind))
                .isInstanceOf(MediaRefusedException.class)
                .hasMessageContaining(words);
    }

    @Test
    void whatChangesBetweenTheReadingsIsNotSent() {
        List<byte[]> readings = new ArrayList<>(List.of(bytes(CHUNK + 9, 1), bytes(CHUNK + 9, 2), bytes(9, 1)));
        MediaSource changing = MediaSource.of(
                "a.bin",
                CHUNK + 9,
                () -> Flux.just(ByteBuffer.wrap(readings.size() > 1 ? readings.remove(0) : readings.get(0))));
        refused(changing, UploadKind.FILE, "changed");
        List<byte[]> shrinking = new ArrayList<>(List.of(bytes(CHUNK + 9, 1), bytes(CHUNK, 1)));
        MediaSource shorter = MediaSource.of("a.bin", CHUNK + 9, () -> Flux.just(ByteBuffer.wrap(shrinking.remove(0))));
        refused(shorter, UploadKind.FILE, "changed");
    }

    @Test
    void aCancelledUploadLetsTheNextGoOn() {
        weChat.simulator()
                .addFault(FaultRule.on("*", new Fault.Hang())
                        .withCall("webwxuploadmedia")
                        .withTimes(1));
        var hanging = session.transfers
                .upload(friend(1), MediaSource.of("a.zip", bytes(10, 1)), UploadKind.FILE, progress::add)
                .subscribe();
        Await.until(() -> weChat.simulator().faults().isEmpty());
        Mono<UploadedMedia> next = session.transfers
                .upload(friend(1), MediaSource.of("b.zip", bytes(11, 1)), UploadKind.FILE, progress::add)
                .cache();
        next.subscribe();
        hanging.dispose();
        assertThat(next.block(PATIENCE)).isNotNull();
    }

    @Test
    void aLookAtWhatWasUploaded() {
        byte[] content = bytes(3_000, 4);
        UploadedMedia media = upload(MediaSource.of("a.jpg", content), UploadKind.PICTURE);
        MediaContent look =
                Objects.requireNonNull(session.downloads.preview(media).block(PATIENCE));
        assertThat(look.length()).hasValue(3_000);
        assertThat(look.fileName()).isEqualTo("a.jpg");
        Path saved = Objects.requireNonNull(look.saveTo(directory).block(PATIENCE));
        assertThat(saved).hasBinaryContent(content);
    }
}
