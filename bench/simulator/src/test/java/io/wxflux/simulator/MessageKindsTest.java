package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

/** Every kind of message has the shape the real service gives it. */
class MessageKindsTest {

    private Simulator simulator;
    private SimAccount account;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .syncBatch(500)
                .autoScan(Duration.ZERO, Duration.ZERO)
                .start();
        account = simulator.addAccount(SimAccountSpec.of("kim", 555_111L));
        client = new WebClient(simulator).logIn();
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private JsonNode served(SimMessage message) {
        account.queue(message);
        JsonNode list = client.sync().path("AddMsgList");
        return list.get(list.size() - 1);
    }

    /** What a careful client does: prefix off, spans to characters, breaks away, entities once, {@code &amp;} last. */
    static String decode(String content) {
        return content.replaceFirst("^@[0-9a-f]+:<br/>", "")
                .replaceAll("<span class=\"emoji emoji[0-9a-f]+\"></span>", "*")
                .replace("&lt;br/&gt;", "")
                .replace("<br/>", "\n")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .strip();
    }

    static Document xml(String content) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(decode(content))));
    }

    private static String attribute(Document document, String element, String name) {
        return document.getElementsByTagName(element)
                .item(0)
                .getAttributes()
                .getNamedItem(name)
                .getNodeValue();
    }

    private static String element(Document document, String name) {
        return document.getElementsByTagName(name).item(0).getTextContent();
    }

    @Test
    void everyKindCanBeServedAndItsXmlIsWellFormed() throws Exception {
        List<SimPeer> senders = List.of(SimPeer.friend(2), SimPeer.member(1, 3), SimPeer.member(1, 1), SimPeer.room(2));
        int expected = 0;
        for (String kind : MessageKinds.names()) {
            for (SimPeer from : senders) {
                account.queue(account.made(kind, from));
                expected++;
            }
        }
        JsonNode batch = client.sync();
        assertThat(batch.path("AddMsgList").size()).isEqualTo(expected);
        Set<Integer> types = new HashSet<>();
        for (JsonNode message : batch.path("AddMsgList")) {
            String content = message.path("Content").asString();
            types.add(message.path("MsgType").asInt());
            assertThat(content).doesNotContain("${friend", "${id", "${stranger", "${v1", "${msgid");
            if (decode(content).startsWith("<")) {
                assertThat(xml(content)).as(content).isNotNull();
            }
        }
        assertThat(types).contains(1, 3, 34, 37, 40, 42, 43, 47, 49, 50, 62, 9999, 10000, 10002);
        simulator.assertNoViolations();
    }

    @Test
    void membersHaveAPrefixAndTheAccountItselfHasNone() {
        String room = account.userName(SimPeer.room(1));
        JsonNode other = served(MediaMessages.voice(SimPeer.member(1, 3), 1_500));
        assertThat(other.path("FromUserName").asString()).isEqualTo(room);
        assertThat(other.path("Content").asString())
                .startsWith(account.userName(SimPeer.member(1, 3)) + ":<br/>&lt;msg&gt;");
        assertThat(other.path("VoiceLength").asInt()).isEqualTo(1_500);
        JsonNode own = served(MediaMessages.voice(SimPeer.friend(1), 900).sentTo(SimPeer.room(1)));
        assertThat(own.path("ToUserName").asString()).isEqualTo(room);
        assertThat(own.path("Content").asString()).startsWith("&lt;msg&gt;").contains(idOf(SimPeer.self()));
    }

    private String idOf(SimPeer peer) {
        return account.people().realId(peer);
    }

    @Test
    void picturesAndFilesSayWhatADownloadBrings() throws Exception {
        SimMessage image = MediaMessages.image(SimPeer.friend(1), 70_001);
        Document picture = xml(served(image).path("Content").asString());
        assertThat(attribute(picture, "img", "md5"))
                .isEqualTo(java.util.Objects.requireNonNull(image.media()).md5());
        assertThat(attribute(picture, "img", "length")).isEqualTo("70001");
        JsonNode file = served(MediaMessages.file(SimPeer.member(1, 2), "旅行 & \"计划\".docx", 4_321));
        assertThat(file.path("FileName").asString()).isEqualTo("旅行 &amp; &quot;计划&quot;.docx");
        assertThat(file.path("EncryFileName").asString()).endsWith("%2Edocx").doesNotContain(" ");
        assertThat(file.path("MediaId").asString()).startsWith("@crypt_");
        Document document = xml(file.path("Content").asString());
        assertThat(element(document, "title")).isEqualTo("旅行 & \"计划\".docx");
        assertThat(element(document, "totallen")).isEqualTo("4321");
        assertThat(document.getElementsByTagName("islargefilemsg").getLength()).isZero();
        JsonNode sticker = served(MediaMessages.storeSticker(SimPeer.friend(1)));
        assertThat(sticker.path("HasProductId").asInt()).isNotZero();
        assertThat(sticker.path("Content").asString()).isEmpty();
    }

    @Test
    void requestsAndCardsBringWhatAnAnswerNeeds() throws Exception {
        JsonNode request = served(EventMessages.friendRequest(SimPeer.stranger(4), "我是\"小林\" & co"));
        JsonNode who = request.path("RecommendInfo");
        assertThat(request.path("FromUserName").asString()).isEqualTo("fmessage");
        assertThat(who.path("UserName").asString()).isEqualTo(account.userName(SimPeer.stranger(4)));
        Document document = xml(request.path("Content").asString());
        assertThat(attribute(document, "msg", "ticket"))
                .isEqualTo(who.path("Ticket").asString())
                .startsWith("v2_");
        assertThat(attribute(document, "msg", "content")).isEqualTo("我是\"小林\" & co");
        assertThat(attribute(document, "msg", "fromusername")).isEqualTo(idOf(SimPeer.stranger(4)));
        JsonNode card = served(EventMessages.card(SimPeer.member(1, 3), SimPeer.stranger(5)));
        assertThat(attribute(xml(card.path("Content").asString()), "msg", "username"))
                .matches("v1_[0-9a-f]+@stranger");
        JsonNode place = served(EventMessages.location(SimPeer.member(1, 3), "北京路 <1>", 30.5, 120.25));
        assertThat(place.path("Content").asString())
                .matches("@[0-9a-f]+:<br/>北京路 &lt;1&gt;:<br/>/cgi-bin/.*msgid="
                        + place.path("MsgId").asString() + ".*");
        assertThat(place.path("OriContent").asString()).contains("x=\"30.500000\"");
    }

    @Test
    void quotesNest() throws Exception {
        JsonNode outer = served(account.made("quote-of-quote", SimPeer.member(1, 3)));
        Document one = xml(outer.path("Content").asString());
        String inner = element(one, "refermsg").replaceAll("(?s).*?(<\\?xml.*</msg>).*", "$1");
        Document two = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(inner)));
        assertThat(element(two, "title")).isEqualTo("第二层");
        assertThat(two.getElementsByTagName("content").item(1).getTextContent()).isEqualTo("第一层 <b>");
    }

    @Test
    void systemTextsComeInTwoLanguages() {
        assertThat(served(account.made("joined", SimPeer.room(1)))
                        .path("Content")
                        .asString())
                .isEqualTo("你邀请&quot;林晓明<span class=\"emoji emoji1f338\"></span>&quot;加入了群聊");
        account.speak(SystemTexts.EN);
        JsonNode text = served(account.made("friend-confirmed", SimPeer.friend(2)));
        assertThat(decode(text.path("Content").asString()))
                .startsWith("You have added ")
                .endsWith(" as your WeChat contact. Start chatting!");
        assertThat(text.path("Status").asInt()).isEqualTo(4);
    }

    @Test
    void emojiOfSeveralCodePointsAreOneSpan() {
        assertThat(WireText.encode("🇨🇳1️⃣☀️x"))
                .isEqualTo("<span class=\"emoji emoji1f1e81f1f3\"></span><span class=\"emoji emoji003120e3\"></span>"
                        + "<span class=\"emoji emoji2600\"></span>x");
    }

    @Test
    void textThatLooksLikeAPlaceholderStays() {
        JsonNode text = served(SimMessage.text(SimPeer.friend(1), "${hello} ${friend:99} ${jndi:x} $1"));
        assertThat(text.path("Content").asString()).isEqualTo("${hello} ${friend:99} ${jndi:x} $1");
    }

    @Test
    void anAccountWithoutRoomsGetsTextsInstead() {
        SimAccount alone =
                simulator.addAccount(SimAccountSpec.of("al", 555_112L).withContacts(2, 0, 2));
        alone.queueBurst(5, KindMix.of(Map.of("todo", 1)), 0);
        assertThat(alone.queued()).hasSize(5).allMatch(message -> message.msgType() == 1);
    }

    @Test
    void theLoadMixesKinds() {
        assertThatThrownBy(() -> simulator.startLoad(1, Map.of("no-such-kind", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        account.queueBurst(300, KindMix.of(Map.of("text", 6, "image", 3, "link", 1)), 0);
        Map<Integer, Integer> count = new HashMap<>();
        List<String> texts = new ArrayList<>();
        for (QueuedMessage message : account.queued()) {
            count.merge(message.msgType(), 1, Integer::sum);
            texts.add(message.text());
        }
        assertThat(count.get(1)).isBetween(140, 220);
        assertThat(count.get(3)).isBetween(60, 120);
        assertThat(count.get(49)).isBetween(15, 50);
        assertThat(texts).anyMatch(text -> text.matches("#\\d{6} 山里的<书店>"));
    }
}
