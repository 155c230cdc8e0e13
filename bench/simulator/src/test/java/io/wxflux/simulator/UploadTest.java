package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Uploads are taken in the browser's form, and in no other. */
class UploadTest {

    private static final String LONG_NAME = "关于周末爬山活动的路线安排与注意事项以及集合时间地点的详细说明第三次修订稿最终版.pdf";

    private Simulator simulator;
    private SimAccount account;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .tls(false)
                .autoScan(Duration.ZERO, Duration.ZERO)
                .start();
        account = simulator.addAccount(SimAccountSpec.of("uma", 777_001L).withHome("wx2.qq.com"));
        client = new WebClient(simulator, false).logIn();
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private FileClient file(String name, long size) {
        return new FileClient(client, account, SimMedia.file(name, size, size));
    }

    private String firstExample(JsonNode answer) {
        assertThat(answer.path("MediaId").asString()).isEmpty();
        return onlyViolation();
    }

    private String onlyViolation() {
        List<Violation> found = simulator.violations();
        assertThat(found).hasSize(1);
        simulator.clearViolations();
        return found.get(0).firstExample();
    }

    JsonNode send(String call, Map<String, Object> message) {
        Map<String, Object> body = client.body();
        Map<String, Object> all = Json.object(
                "FromUserName", client.user.path("UserName").asString(),
                "ToUserName", account.userName(SimPeer.friend(1)),
                "LocalID", "1",
                "ClientMsgId", Long.toString(WebClient.stamp()));
        all.putAll(message);
        body.put("Msg", all);
        body.put("Scene", 0);
        return client.post(client.api(call), body).json();
    }

    static String fileXml(String name, long size, String mediaId) {
        return "<appmsg appid='wxeb7ec651dd0aefa9' sdkver=''><title>" + WireText.inXml(name)
                + "</title><des></des><action></action><type>6</type><content></content><url></url><lowurl></lowurl>"
                + "<appattach><totallen>" + size + "</totallen><attachid>" + mediaId
                + "</attachid><fileext>pdf</fileext></appattach><extinfo></extinfo></appmsg>";
    }

    @Test
    void aFileOfSeveralChunksWithALongChineseNameGoesUpAndDown() {
        FileClient up = file(LONG_NAME, 1_300_000);
        assertThat(up.chunk(0).json().path("MediaId").asString()).isEmpty();
        assertThat(up.chunk(1).json().path("StartPos").asInt()).isEqualTo(2 * 524_288);
        assertThat(up.chunk(1).json().path("StartPos").asInt()).isEqualTo(2 * 524_288);
        String mediaId = up.chunk(2).json().path("MediaId").asString();
        assertThat(mediaId).startsWith("@crypt_");
        assertThat(up.chunk(2).json().path("MediaId").asString()).isEqualTo(mediaId);
        JsonNode answer = send(
                "webwxsendappmsg?fun=async&f=json",
                Map.of("Type", 6, "Content", fileXml(LONG_NAME, 1_300_000, mediaId)));
        assertThat(answer.path("BaseResponse").path("Ret").asInt(-1)).isZero();
        SimMedia same = SimMedia.file(LONG_NAME, 1_300_000, 1_300_000);
        assertThat(account.sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.file())
                        .isEqualTo(new SentMessage.File(LONG_NAME, "doc", 1_300_000, same.md5())));
        WebClient.Raw back = client.raw(
                "GET",
                "https://file.wx2.qq.com/cgi-bin/mmwebwx-bin/webwxgetmedia?sender=filehelper&mediaid="
                        + WebClient.encode(mediaId) + "&encryfilename=x&fromuser=" + client.uin
                        + "&pass_ticket=p&webwx_data_ticket="
                        + WebClient.encode(up.fields.getOrDefault("webwx_data_ticket", "")),
                Map.of(),
                new byte[0]);
        byte[] expected = new byte[1_300_000];
        same.fill(expected, 0);
        assertThat(back.bytes()).isEqualTo(expected);
        simulator.assertNoViolations();
    }

    @Test
    void chunksComeInOrderUnderOneClientMediaId() {
        FileClient up = file("a.bin", 1_100_000);
        assertThat(firstExample(up.chunk(1).json())).contains("ClientMediaId must be one");
        up.chunk(0);
        assertThat(firstExample(up.chunk(2).json())).contains("chunk 2 came when 1 was due");
        Object id = up.request.put("ClientMediaId", 4_711);
        assertThat(firstExample(up.chunk(1).json())).contains("never began");
        up.request.put("ClientMediaId", id);
        up.request.put("Other", 1);
        assertThat(firstExample(up.chunk(1).json())).contains("not the same for all chunks");
    }

    @Test
    void everyChunkHasItsLength() {
        FileClient up = file("a.bin", 1_100_000);
        assertThat(firstExample(up.post(0, new byte[1_000]).json()))
                .contains("another length")
                .contains("1000 bytes");
        FileClient whole = file("b.bin", 600_000);
        byte[] tooMuch = new byte[1_200_000];
        assertThat(whole.post(0, tooMuch).status()).isEqualTo(402);
        assertThat(onlyViolation()).contains("more than a chunk of 524,288 bytes at once");
    }

    @Test
    void theContentIsWhatItsMd5Says() {
        FileClient up = file("a.bin", 5_000);
        assertThat(firstExample(up.post(0, new byte[5_000]).json())).contains("FileMd5 is not the MD5");
        assertThat(file("a.bin", 5_000).uploadAll().path("MediaId").asString()).isNotEmpty();
    }

    @Test
    void aFileNameComesAsRawUtf8() {
        FileClient up = file("年度总结.pdf", 100);
        up.disposition = "form-data; name=\"filename\"; filename*=utf-8''%E5%B9%B4.pdf";
        JsonNode answer = up.uploadAll();
        assertThat(answer.path("BaseResponse").path("Ret").asInt()).isEqualTo(1);
        assertThat(firstExample(answer)).contains("filename*");
        up.disposition = "form-data; name=\"filename\"; filename=\"" + WebClient.encode("年度总结.pdf") + "\"";
        assertThat(up.uploadAll().path("MediaId").asString()).isNotEmpty();
        assertThat(onlyViolation()).contains("percent-encoded");
        FileClient longer = file(LONG_NAME, 101);
        longer.disposition = "form-data; name=\"filename\"; filename=\"" + WebClient.encode(LONG_NAME) + "\"";
        assertThat(firstExample(longer.uploadAll())).contains("longer than is taken");
    }

    @Test
    void theFormIsComplete() {
        FileClient picture = file("a.JPG", 100);
        picture.fields.put("mediatype", "doc");
        picture.uploadAll();
        assertThat(onlyViolation()).contains("mediatype of this name is pic");
        assertThat(List.of("pic", "video", "doc", "doc"))
                .isEqualTo(List.of(
                        UploadRules.mediaType("x.png"),
                        UploadRules.mediaType("x.MP4"),
                        UploadRules.mediaType("x.gif"),
                        UploadRules.mediaType("x")));
        FileClient ticket = file("a.txt", 101);
        ticket.fields.put("webwx_data_ticket", "wrong");
        assertThat(firstExample(ticket.uploadAll())).contains("webwx_data_ticket");
        FileClient pass = file("a.txt", 102);
        pass.fields.remove("pass_ticket");
        pass.uploadAll();
        assertThat(onlyViolation()).contains("pass_ticket");
        FileClient noForm = file("a.txt", 103);
        noForm.fields.put("size", "104");
        noForm.uploadAll();
        assertThat(onlyViolation()).contains("size and TotalLen differ");
    }

    @Test
    void aLargeFileIsAskedAboutFirst() {
        long size = UploadRules.CHECKED_FROM + 1;
        FileClient up = file("large.bin", size);
        assertThat(firstExample(up.chunk(0).json())).contains("without the Signature");
        JsonNode checked = up.check();
        assertThat(checked.path("MediaId").asString()).isEmpty();
        String mediaId = up.uploadAll().path("MediaId").asString();
        String xml = fileXml("large.bin", size, mediaId);
        JsonNode refused = send("webwxsendappmsg?fun=async&f=json", Map.of("Type", 6, "Content", xml));
        assertThat(refused.path("BaseResponse").path("Ret").asInt()).isEqualTo(1);
        assertThat(onlyViolation()).contains("without its Signature");
        String signature = checked.path("Signature").asString();
        JsonNode taken =
                send("webwxsendappmsg?fun=async&f=json", Map.of("Type", 6, "Content", xml, "Signature", signature));
        assertThat(taken.path("MsgID").asString()).isNotEmpty();
        FileClient again = new FileClient(client, account, SimMedia.file("large.bin", size, size));
        assertThat(again.check().path("MediaId").asString()).isNotEmpty().isNotEqualTo(mediaId);
        simulator.assertNoViolations();
    }

    @Test
    void sendsHaveTheFormOfTheirCall() {
        String picture = file("p.png", 900).uploadAll().path("MediaId").asString();
        assertThat(send("webwxsendmsgimg?fun=async&f=json", Map.of("Type", 3, "MediaId", picture, "Content", ""))
                        .path("MsgID")
                        .asString())
                .isNotEmpty();
        send("webwxsendmsgimg?fun=async&f=json", Map.of("Type", 3, "Content", "<msg><img length=\"1\"/></msg>"));
        send("webwxsendvideomsg?fun=async&f=json", Map.of("Type", 43, "MediaId", picture));
        send("webwxsendemoticon?fun=sys", Map.of("Type", 47, "EmojiFlag", 2, "MediaId", picture));
        send("webwxsendmsg", Map.of("Type", 48, "Content", "<msg><location x=\"1\" y=\"2\"/></msg>"));
        simulator.assertNoViolations();
        assertThat(account.sent()).hasSize(5);
        wrong("webwxsendmsgimg?fun=async", Map.of("Type", 3, "MediaId", "@crypt_x"), "nothing that was uploaded");
        wrong("webwxsendmsgimg?fun=async", Map.of("Type", 3, "Content", ""), "neither a MediaId nor XML");
        wrong("webwxsendmsgimg?fun=async", Map.of("Type", 43, "MediaId", picture), "Type 43 does not belong");
        wrong("webwxsendemoticon?fun=sys", Map.of("Type", 47, "MediaId", picture), "EmojiFlag");
        wrong("webwxsendmsg", Map.of("Type", 1, "Content", ""), "without Content");
        String broken = fileXml("a & b", 900, picture).replace("&amp;", "&");
        wrong("webwxsendappmsg?fun=async", Map.of("Type", 6, "Content", broken), "not well-formed");
        String other = fileXml("q.png", 900, picture);
        wrong("webwxsendappmsg?fun=async", Map.of("Type", 6, "Content", other), "title is not the name");
        send("webwxsendappmsg", Map.of("Type", 6, "Content", fileXml("p.png", 900, picture)));
        assertThat(onlyViolation()).contains("fun is not async");
    }

    private void wrong(String call, Map<String, Object> message, String example) {
        assertThat(send(call, message).path("BaseResponse").path("Ret").asInt()).isEqualTo(1);
        assertThat(onlyViolation()).contains(example);
    }

    @Test
    void mentionsNameMembersOfTheRoom() {
        String room = account.userName(SimPeer.room(1));
        String member = account.userName(SimPeer.member(1, 3));
        String source = "<msgsource><atusername>" + member + "</atusername><atchatroomname>" + room
                + "</atchatroomname></msgsource>";
        Map<String, Object> message =
                Json.object("Type", 1, "ToUserName", room, "Content", "@x\u2005hi", "MsgSource", source);
        send("webwxsendmsg", message);
        simulator.assertNoViolations();
        assertThat(account.sent().get(0).mentions()).isEqualTo(source);
        message.put("MsgSource", source.replace(member, account.userName(SimPeer.stranger(1))));
        wrong("webwxsendmsg", message, "not in the room");
        message.put("MsgSource", source);
        message.put("Content", "@x hi");
        wrong("webwxsendmsg", message, "U+2005");
    }
}
