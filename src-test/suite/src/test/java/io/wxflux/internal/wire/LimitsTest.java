package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.model.RawMessage;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every list and every object of an answer has an end: one below it is taken whole, one beyond it costs no memory. */
class LimitsTest {
    private static String list(int count, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(",", "[", "]"));
    }

    private static String ok(String members) {
        return "{\"BaseResponse\":{\"Ret\":0}," + members + "}";
    }

    private static String person(int i) {
        return "{\"UserName\":\"@" + i + "\"}";
    }

    private static SyncBody sync(String members) {
        return SyncBody.parse(utf8(ok(members)));
    }

    @Test
    void aKeyHasUpTo64Entries() {
        assertThat(sync("\"SyncKey\":{\"List\":" + list(64, i -> "{\"Key\":" + i + ",\"Val\":1}") + "}")
                        .syncKey()
                        .entries())
                .hasSize(64);
        assertThat(sync("\"SyncKey\":{\"List\":" + list(65, i -> "{\"Key\":" + i + ",\"Val\":1}") + "}")
                        .syncKey()
                        .isEmpty())
                .as("half a key is no key")
                .isTrue();
    }

    /** Cut, the list would lose messages: the key that comes with it acknowledges them all. */
    @Test
    void anAnswerWithTooManyMessagesIsRefusedWhole() {
        assertThat(sync("\"AddMsgList\":" + list(20_000, i -> "{\"MsgId\":\"" + (i + 1) + "\"}"))
                        .messages())
                .hasSize(20_000);
        assertThatThrownBy(() -> sync("\"AddMsgList\":" + list(20_001, i -> "0")))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("more than 20000 messages");
    }

    @Test
    void contactsAreTakenUpTo20000() {
        String page = ok("\"MemberList\":" + list(20_001, LimitsTest::person) + ",\"Seq\":7");
        assertThat(ContactPage.parse(utf8(page)).contacts()).hasSize(20_000);
        assertThat(ContactPage.parse(utf8(page)).seq())
                .as("what follows is read")
                .isEqualTo(7);
        assertThat(sync("\"ModContactList\":" + list(20_001, LimitsTest::person))
                        .modified())
                .hasSize(20_000);
        assertThat(sync("\"DelContactList\":" + list(20_001, LimitsTest::person))
                        .deleted())
                .hasSize(20_000);
    }

    @Test
    void aChatListIsTakenUpTo20000() {
        String body =
                Documents.INIT.replaceFirst("\"ChatSet\": \"[^\"]*\"", "\"ChatSet\": \"" + "a,".repeat(20_001) + "\"");
        assertThat(InitBody.parse(utf8(body)).chatSet()).hasSize(20_000);
    }

    @Test
    void aRoomHasUpTo2000Members() {
        String batch = ok("\"ContactList\":[{\"UserName\":\"@@a\",\"MemberList\":" + list(2_001, LimitsTest::person)
                + "},{\"UserName\":\"@@b\",\"MemberList\":" + list(2_000, LimitsTest::person) + "}]");
        assertThat(BatchContacts.parse(utf8(batch)).contacts())
                .extracting(room -> Objects.requireNonNull(room.members()).size())
                .containsExactly(2_000, 2_000);
        String made = ok("\"ChatRoomName\":\"@@a\",\"MemberList\":" + list(2_001, LimitsTest::person));
        assertThat(RoomBody.parse("webwxcreatechatroom", utf8(made)).members()).hasSize(2_000);
    }

    @Test
    void theRoomsOfOneAnswerHaveUpTo100000MembersTogether() {
        String full = ",\"MemberList\":" + list(2_000, LimitsTest::person) + "}";
        String batch = ok("\"ContactList\":" + list(52, i -> "{\"UserName\":\"@@" + i + "\"" + full));
        var rooms = BatchContacts.parse(utf8(batch)).contacts();
        assertThat(rooms).hasSize(52);
        assertThat(rooms.stream()
                        .mapToInt(room ->
                                room.members() == null ? 0 : room.members().size())
                        .sum())
                .isEqualTo(100_000);
        assertThat(rooms.get(51).members())
                .as("listed, but not taken: asked for again")
                .isNull();
    }

    @Test
    void searchesAndArticlesEnd() {
        assertThat(SearchBody.parse(utf8(ok("\"List\":" + list(1_001, LimitsTest::person))))
                        .people())
                .hasSize(1_000);
        String push = "{\"UserName\":\"gh_1\",\"MPArticleList\":" + list(101, i -> "{\"Title\":\"t\"}") + "}";
        String body = Documents.INIT.replace(
                "\"MPSubscribeMsgList\": []", "\"MPSubscribeMsgList\": " + list(1_001, i -> i == 0 ? push : person(i)));
        var articles = InitBody.parse(utf8(body)).articles();
        assertThat(articles).hasSize(1_000);
        assertThat(articles.get(0).articles()).hasSize(100);
    }

    /** The members whose names are remembered, so that none comes twice. */
    @Test
    void anObjectHasUpTo256Members() {
        String many = IntStream.range(0, 255).mapToObj(i -> "\"m" + i + "\":0").collect(Collectors.joining(","));
        assertThatCode(() -> sync(many)).doesNotThrowAnyException();
        assertThatThrownBy(() -> sync(many + ",\"one\":1"))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("more than 256 members");
    }

    @Test
    void ofAMessageUpTo1000FieldsAreRead() {
        String fields =
                IntStream.range(0, 999).mapToObj(i -> "\"f" + i + "\":\"v\"").collect(Collectors.joining(","));
        MessageObject message =
                MessageObject.read(RawMessage.wrap(utf8("{" + fields + ",\"Last\":\"l\",\"Beyond\":\"b\","
                        + "\"RecommendInfo\":{\"UserName\":\"u\"},\"AppInfo\":{\"Type\":1}}")));
        assertThat(message.raw("f998")).isEqualTo("v");
        assertThat(message.raw("Last")).isEqualTo("l");
        assertThat(message.raw("Beyond")).isEmpty();
        assertThat(message.raw("RecommendInfo.UserName")).isEmpty();
    }

    /** The names that were met stay in the parser's table: thousands of them, so that none may be long. */
    @Test
    void longNamesAreNotKept() {
        String longest = "n".repeat(1 << 19);
        sync("\"" + longest + "\":0");
        long before = live();
        for (int i = 0; i < 150; i++) {
            String name = "\"" + i + longest + "\"";
            assertThat(sync(name + ":0,\"AddMsgList\":[{\"MsgId\":\"7\"," + name + ":1}]")
                            .messages())
                    .hasSize(1);
        }
        assertThat(live() - before).as("of 75 MiB of names").isLessThan(40 << 20);
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Appending one letter after the other would take time by the square of the length. */
    @Test
    void aNameInAScriptIsShort() {
        String longest = "window" + ".a".repeat(125);
        assertThat(ScriptReader.read("test", utf8(longest + "=1;"))).containsEntry(longest, "1");
        assertThatThrownBy(() -> ScriptReader.read("test", utf8("window" + ".a".repeat(30_000) + "=1;")))
                .isInstanceOf(ProtocolViolationException.class);
    }
}
