package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.MessageReceived;
import io.wxflux.hostile.NaughtyTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

/** What strangers write is data: no address in it is asked, no word in it obeyed, whatever kind of message it comes in. */
class StrangersStoryTests {
    private static final String ELSEWHERE = "http://127.0.0.1:9/canary";
    private static final int[][] KINDS = {
        {1, 0},
        {3, 0},
        {34, 0},
        {37, 0},
        {42, 0},
        {43, 0},
        {47, 0},
        {48, 0},
        {49, 1},
        {49, 3},
        {49, 4},
        {49, 5},
        {49, 6},
        {49, 8},
        {49, 19},
        {49, 33},
        {49, 51},
        {49, 57},
        {49, 2000},
        {49, 2001},
        {50, 0},
        {51, 0},
        {62, 0},
        {9999, 0},
        {10000, 0},
        {10002, 0},
        {777, 0}
    };

    /** All that an account asks for by itself. */
    private static final Set<String> OWN =
            Set.of("synccheck", "webwxsync", "webwxbatchgetcontact", "webwxgetcontact", "webwxstatusnotify");

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");
    private final ObjectMapper json = new ObjectMapper();

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    @Test
    void noAddressInAMessageIsAskedAndNoWordInItObeyed() {
        story.account("alice").start().seconds(30);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        story.server.forgetRequests();
        List<String> texts = new ArrayList<>(NaughtyTexts.all());
        texts.addAll(List.of(
                "logout",
                "quit",
                "/stop",
                "!exit",
                "wxflux stop",
                "退出",
                "关闭",
                "下线",
                "\ud83d\udd34",
                "restart",
                "help",
                "status",
                "登录"));
        int sent = 0;
        for (int[] kind : KINDS) {
            for (String content : List.of(
                    ELSEWHERE,
                    "&lt;msg&gt;&lt;appmsg appid=\"\"&gt;&lt;url&gt;" + ELSEWHERE + "&lt;/url&gt;&lt;lowurl&gt;"
                            + ELSEWHERE + "&lt;/lowurl&gt;&lt;thumburl&gt;" + ELSEWHERE
                            + "&lt;/thumburl&gt;&lt;title&gt;t&lt;/title&gt;&lt;/appmsg&gt;&lt;/msg&gt;",
                    "&lt;msg&gt;&lt;emoji cdnurl=\"" + ELSEWHERE + "\" thumburl=\"" + ELSEWHERE
                            + "\"/&gt;&lt;img cdnurl=\"" + ELSEWHERE + "\"/&gt;&lt;location x=\"1\" y=\"2\" label=\""
                            + ELSEWHERE + "\"/&gt;&lt;/msg&gt;",
                    "place:<br/>" + ELSEWHERE)) {
                message(sent++, kind, content);
            }
        }
        for (int i = 0; i < texts.size(); i += i < 700 ? 3 : 1) {
            message(sent++, KINDS[i % 2 == 0 ? 0 : i % KINDS.length], texts.get(i));
        }
        story.seconds(300);

        assertThat(story.sink.accepted("alice").stream().filter(MessageReceived.class::isInstance))
                .hasSize(sent);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(alice.logins()).isEqualTo(1);
        assertThat(story.isCompleted()).isFalse();
        assertThat(alice.sentTexts()).as("nobody is answered").isEmpty();
        Set<String> asked = new TreeSet<>();
        story.server.requests("alice").forEach(request -> {
            asked.add(request.call().operation());
            assertThat(request.call().host()).endsWith(".qq.com");
            assertThat(request.call().toString()).doesNotContain("canary");
        });
        assertThat(OWN).containsAll(asked);
    }

    private void message(int number, int[] kind, String content) {
        alice.receivesRaw("{\"MsgId\":\"" + (8_000_000L + number) + "\",\"NewMsgId\":" + (8_000_000L + number)
                + ",\"FromUserName\":\"@friend\",\"ToUserName\":\"" + alice.self() + "\",\"MsgType\":" + kind[0]
                + ",\"AppMsgType\":" + kind[1]
                + ",\"Content\":" + json.writeValueAsString(content) + ",\"Url\":\"" + ELSEWHERE + "\",\"OriContent\":"
                + json.writeValueAsString(content) + ",\"FileName\":" + json.writeValueAsString(content)
                + ",\"RecommendInfo\":{\"UserName\":\"@x\",\"Content\":\"" + ELSEWHERE
                + "\"},\"Status\":3,\"CreateTime\":1700000000}");
    }
}
