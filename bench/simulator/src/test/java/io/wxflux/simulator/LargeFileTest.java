package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.client.HttpClient;

/** 60 MB pass through without being in memory. */
class LargeFileTest {

    private static final long SIZE = 60_000_000;

    @TempDir
    Path directory;

    @Test
    void aLargeFileIsServedWhileItIsMade() throws Exception {
        try (Simulator simulator = Simulator.builder()
                        .tls(false)
                        .autoScan(Duration.ZERO, Duration.ZERO)
                        .start();
                WebClient client = new WebClient(simulator, false)) {
            SimAccount account = simulator.addAccount(SimAccountSpec.of("lars", 777_008L));
            client.logIn();
            SimMessage message = MediaMessages.video(SimPeer.friend(1), 60, SIZE);
            String id = account.msgId(account.queue(message));
            Session session = Objects.requireNonNull(account.session());
            MessageDigest digest = MessageDigest.getInstance("MD5");
            System.gc();
            long before = used();
            long[] most = new long[1];
            Long received = HttpClient.create()
                    .headers(headers -> headers.set("Host", client.home)
                            .set("Referer", "https://" + client.home + "/")
                            .set("Range", "bytes=0-")
                            .set(
                                    "Cookie",
                                    "wxuin=" + client.uin + "; wxsid=" + client.sid + "; webwx_data_ticket="
                                            + session.dataTicket()))
                    .get()
                    .uri("http://127.0.0.1:" + simulator.port() + "/cgi-bin/mmwebwx-bin/webwxgetvideo?msgid=" + id
                            + "&skey=" + WebClient.encode(client.skey))
                    .responseContent()
                    .asByteArray()
                    .doOnNext(digest::update)
                    .map(piece -> (long) piece.length)
                    .scan(Long::sum)
                    .doOnNext(sum -> {
                        if (sum > SIZE / 2 && most[0] == 0) {
                            System.gc();
                            most[0] = used() - before;
                        }
                    })
                    .blockLast(Duration.ofSeconds(30));
            assertThat(received).isEqualTo(SIZE);
            assertThat(HexFormat.of().formatHex(digest.digest()))
                    .isEqualTo(Objects.requireNonNull(message.media()).md5());
            assertThat(most[0]).isLessThan(8L << 20);
            simulator.assertNoViolations();
        }
    }

    @Test
    void aTestCanWriteTheSameFile() throws Exception {
        SimMedia media = SimMedia.file("b.png", 1_000_003, 5);
        Path file = directory.resolve("b.png");
        media.writeTo(file);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes)))
                .isEqualTo(media.md5());
        byte[] middle = new byte[1_001];
        media.fill(middle, 500_003);
        assertThat(middle).isEqualTo(java.util.Arrays.copyOfRange(bytes, 500_003, 501_004));
        assertThat(bytes).startsWith((byte) 0x89, (byte) 'P', (byte) 'N', (byte) 'G');
        assertThat(media.thumbnail().size()).isLessThan(8_000);
    }

    @Test
    void uploadsStayWithinTheirBound() throws Exception {
        Path first;
        try (Simulator simulator = Simulator.builder()
                        .uploadSpace(1_000)
                        .autoScan(Duration.ZERO, Duration.ZERO)
                        .start();
                WebClient client = new WebClient(simulator)) {
            SimAccount account = simulator.addAccount(SimAccountSpec.of("lea", 777_009L));
            client.logIn();
            String one = upload(client, account, "one.bin", 600);
            UploadedFile kept = Objects.requireNonNull(simulator.uploads().find(one));
            first = kept.path();
            String two = upload(client, account, "two.bin", 700);
            assertThat(simulator.uploads().find(one)).isNull();
            ConductTest.await(() -> !Files.exists(kept.path()));
            first = Objects.requireNonNull(simulator.uploads().find(two)).path();
            assertThat(first).exists();
        }
        assertThat(first).doesNotExist();
        assertThat(first.getParent()).doesNotExist();
    }

    private static String upload(WebClient client, SimAccount account, String name, long size) {
        return new FileClient(client, account, SimMedia.file(name, size, size))
                .uploadAll()
                .path("MediaId")
                .asString();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
