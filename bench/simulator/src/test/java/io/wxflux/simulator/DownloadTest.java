package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadTest {

    private Simulator simulator;
    private SimAccount account;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .tls(false)
                .autoScan(Duration.ZERO, Duration.ZERO)
                .start();
        account = simulator.addAccount(SimAccountSpec.of("dora", 777_002L));
        client = new WebClient(simulator, false).logIn();
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private WebClient.Raw get(String call, String... headers) {
        Map<String, String> all = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
        return client.raw("GET", client.api(call) + "&skey=" + WebClient.encode(client.skey), all, new byte[0]);
    }

    private String queued(SimMessage message) {
        return account.msgId(account.queue(message));
    }

    private static byte[] bytes(SimMessage message) {
        SimMedia media = Objects.requireNonNull(message.media());
        byte[] all = new byte[(int) media.size()];
        media.fill(all, 0);
        return all;
    }

    @Test
    void picturesComeSmallAndWhole() {
        SimMessage image = MediaMessages.image(SimPeer.friend(1), 60_000);
        String id = queued(image);
        WebClient.Raw whole = get("webwxgetmsgimg?&MsgID=" + id);
        assertThat(whole.bytes()).isEqualTo(bytes(image));
        assertThat(whole.headers().get("Content-Type")).isEqualTo("image/jpeg");
        assertThat(get("webwxgetmsgimg?&MsgID=" + id + "&type=slave").bytes()).hasSizeBetween(3_000, 8_000);
        String lost = queued(MediaMessages.image(SimPeer.friend(1), 60_001).withLostMedia());
        assertThat(get("webwxgetmsgimg?&MsgID=" + lost).bytes()).isEmpty();
        simulator.assertNoViolations();
        assertThat(get("webwxgetmsgimg?&MsgID=1").bytes()).isEmpty();
        assertThat(simulator.violations().toString()).contains("nothing to download");
    }

    @Test
    void aVideoNeedsARange() {
        SimMessage video = MediaMessages.video(SimPeer.member(1, 3), 9, 300_000);
        String id = queued(video);
        assertThat(get("webwxgetvideo?msgid=" + id).bytes()).isEmpty();
        WebClient.Raw whole = get("webwxgetvideo?msgid=" + id, "Range", "bytes=0-");
        assertThat(whole.status()).isEqualTo(206);
        assertThat(whole.headers().get("Content-Range")).isEqualTo("bytes 0-299999/300000");
        assertThat(whole.bytes()).isEqualTo(bytes(video));
        assertThat(get("webwxgetvideo?msgid=" + id, "Range", "bytes=100-199").bytes())
                .isEqualTo(Arrays.copyOfRange(bytes(video), 100, 200));
        assertThat(get("webwxgetvideo?msgid=" + id, "Range", "bytes=-5").bytes())
                .isEqualTo(Arrays.copyOfRange(bytes(video), 299_995, 300_000));
        assertThat(get("webwxgetvideo?msgid=" + id, "Range", "bytes=300000-").status())
                .isEqualTo(416);
        assertThat(get("webwxgetmsgimg?type=slave&MsgID=" + id).headers().get("Content-Type"))
                .isEqualTo("image/jpeg");
        SimMessage voice = MediaMessages.voice(SimPeer.friend(1), 1_000);
        assertThat(get("webwxgetvoice?msgid=" + queued(voice), "Range", "bytes=0-")
                        .bytes())
                .isEqualTo(bytes(voice));
        simulator.assertNoViolations();
    }

    @Test
    void aFileIsFetchedWithEverythingItsMessageSays() {
        SimMessage message = MediaMessages.file(SimPeer.member(1, 3), "旅行 & 计划.docx", 30_000);
        queued(message);
        var served = client.sync().path("AddMsgList").get(0);
        Session session = Objects.requireNonNull(account.session());
        String url = "https://file.wx.qq.com/cgi-bin/mmwebwx-bin/webwxgetmedia?sender="
                + served.path("FromUserName").asString() + "&mediaid="
                + WebClient.encode(served.path("MediaId").asString()) + "&encryfilename="
                + WebClient.encode(served.path("EncryFileName").asString()) + "&fromuser=" + client.uin
                + "&pass_ticket="
                + WebClient.encode(client.passTicket) + "&webwx_data_ticket=" + WebClient.encode(session.dataTicket());
        WebClient.Raw file = client.raw("GET", url, Map.of("Range", "bytes=10-"), new byte[0]);
        assertThat(file.status()).isEqualTo(206);
        assertThat(file.bytes()).isEqualTo(Arrays.copyOfRange(bytes(message), 10, 30_000));
        assertThat(new String(
                        file.headers()
                                .get("Content-Disposition")
                                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                        java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("attachment; filename=\"旅行 & 计划.docx\"");
        simulator.assertNoViolations();
        String wrong = url.replaceFirst("webwx_data_ticket=.*", "webwx_data_ticket=x");
        assertThat(client.raw("GET", wrong, Map.of(), new byte[0]).bytes()).isEmpty();
        assertThat(simulator.violations().toString()).contains("webwx_data_ticket is missing or not the one");
        simulator.clearViolations();
        client.raw("GET", url, Map.of("Referer", "https://elsewhere/"), new byte[0]);
        assertThat(simulator.violations().toString()).contains("no Referer");
    }

    @Test
    void aDownloadIsCutOff() {
        String id = queued(MediaMessages.video(SimPeer.friend(1), 9, 50_000));
        simulator.addFault(FaultRule.on("*", new Fault.CutAnswer()).withTimes(1));
        assertThat(reactor.core.publisher.Mono.fromCallable(() -> get("webwxgetvideo?msgid=" + id, "Range", "bytes=0-"))
                        .map(whole -> "whole")
                        .onErrorReturn("cut")
                        .block())
                .isEqualTo("cut");
        simulator.addFault(FaultRule.on("*", new Fault.Drip(false, 10_000, Duration.ofMillis(5)))
                .withTimes(1));
        WebClient.Raw slow = get("webwxgetvideo?msgid=" + id, "Range", "bytes=1-");
        assertThat(slow.status()).isEqualTo(206);
        assertThat(slow.bytes()).hasSize(49_999);
        assertThat(slow.headers().get("Content-Range")).isEqualTo("bytes 1-49999/50000");
    }

    @Test
    void facesMapsAndPreviews() {
        String friend = account.userName(SimPeer.friend(2));
        byte[] before = get("webwxgeticon?seq=1&username=" + friend).bytes();
        assertThat(get("webwxgeticon?seq=1&username=" + friend).bytes()).isEqualTo(before);
        account.friends().changePicture(SimPeer.friend(2));
        assertThat(get("webwxgeticon?seq=2&username=" + friend).bytes()).isNotEqualTo(before);
        assertThat(get("webwxgetheadimg?seq=0&username=" + account.userName(SimPeer.room(1)))
                        .bytes())
                .isNotEmpty();
        String place = queued(EventMessages.location(SimPeer.friend(1), "西湖", 30.1, 120.2));
        assertThat(get("webwxgetpubliclinkimg?url=xxx&msgid=" + place + "&pictype=location")
                        .bytes())
                .hasSize(9_000);
        String mediaId = new FileClient(client, account, SimMedia.file("a.png", 200, 1))
                .uploadAll()
                .path("MediaId")
                .asString();
        assertThat(get("webwxpreview?fun=preview&mediaid=" + WebClient.encode(mediaId))
                        .bytes())
                .hasSize(200);
        simulator.assertNoViolations();
        get("webwxgeticon?seq=1&username=" + account.userName(SimPeer.room(1)));
        assertThat(simulator.violations().toString()).contains("of the other call");
    }
}
