package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.MessageReceived;
import io.wxflux.model.Message;
import io.wxflux.model.Reply;
import io.wxflux.options.ReplyOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A bot that answers: whom, how often, and how often again after a crash. */
class ReplyStoryTests {
    private static final Pattern CLIENT_MSG_ID = Pattern.compile("\"ClientMsgId\":\"(\\d+)\"");

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");
    private final List<String> asked = new ArrayList<>();
    private ReplyOptions options = ReplyOptions.defaults();
    private Function<MessageReceived, Mono<Reply>> bot = received -> Mono.just(Reply.text("pong"));
    private int messages;

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void begin() {
        story.prepare = engine -> engine.reply("bot", options, received -> {
            asked.add(((Message.Text) received.message()).text());
            return bot.apply(received);
        });
        story.account("alice").start().seconds(5);
    }

    private void says(String from, String to, String text, Duration ago) {
        String id = Long.toString(8_000_000L + messages++);
        alice.receivesRaw("{\"MsgId\":\"" + id + "\",\"FromUserName\":\"" + from + "\",\"ToUserName\":\"" + to
                + "\",\"MsgType\":1,\"Content\":\"" + text + "\",\"CreateTime\":"
                + (story.server.now() - ago.toMillis()) / 1000 + "}");
    }

    private void friendSays(String text) {
        says("@friend", alice.self(), text, Duration.ZERO);
    }

    @Test
    void whoAsksGetsAnAnswer() {
        begin();
        friendSays("ping");
        story.seconds(5);
        assertThat(alice.sentTexts()).hasSize(1);
        assertThat(alice.sentTexts().get(0)).contains("\"Content\":\"pong\"").contains("\"ToUserName\":\"@friend\"");
    }

    @Test
    void aBotMayKeepSilent() {
        bot = received -> Mono.empty();
        begin();
        friendSays("ping");
        story.seconds(5);
        assertThat(asked).containsExactly("ping");
        assertThat(alice.sentTexts()).isEmpty();
    }

    @Test
    void inARoomWhoAskedIsMentioned() {
        bot = received -> Mono.just(Reply.text("pong").withMention());
        alice.always(
                "webwxbatchgetcontact",
                call -> Mono.just(
                        WireText.ok("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Count\":1,\"ContactList\":[{"
                                + "\"UserName\":\"@@room\",\"NickName\":\"all\",\"MemberCount\":1,\"MemberList\":["
                                + "{\"UserName\":\"@member\",\"NickName\":\"小李\",\"DisplayName\":\"\"}]}]}")));
        begin();
        says("@@room", alice.self(), "@member:<br/>ping", Duration.ZERO);
        story.seconds(5);
        assertThat(alice.sentTexts()).hasSize(1);
        assertThat(alice.sentTexts().get(0))
                .contains("<atusername>@member</atusername>")
                .contains("<atchatroomname>@@room</atchatroomname>");
    }

    @Test
    void itAnswersNeitherItselfNorTheServiceNorThePast() {
        begin();
        says(alice.self(), "@friend", "I wrote this on my phone", Duration.ZERO);
        says("@friend", alice.self(), "yesterday", Duration.ofHours(24));
        alice.receivesRaw("{\"MsgId\":\"8100000\",\"FromUserName\":\"@friend\",\"ToUserName\":\"" + alice.self()
                + "\",\"MsgType\":10000,\"Content\":\"a notice\",\"CreateTime\":" + story.server.now() / 1000 + "}");
        story.seconds(5);
        assertThat(asked).isEmpty();
        assertThat(alice.sentTexts()).isEmpty();
    }

    @Test
    void twoBotsDoNotTalkForEver() {
        options = options.withMost(100, Duration.ofMinutes(1))
                .withBotWatch(Duration.ofSeconds(2), 3, Duration.ofMinutes(10));
        begin();
        for (int i = 0; i < 20; i++) {
            int before = alice.sentTexts().size();
            friendSays("I am a bot, too");
            for (int wait = 0; wait < 5 && alice.sentTexts().size() == before; wait++) {
                story.seconds(1);
            }
        }
        assertThat(alice.sentTexts()).as("one to begin with, three to find out").hasSize(3);
        says("@other", alice.self(), "ping", Duration.ZERO);
        story.seconds(5);
        assertThat(alice.sentTexts()).as("others still get theirs").hasSize(4);
        story.pass(Duration.ofMinutes(11));
        friendSays("sorry");
        story.seconds(5);
        assertThat(alice.sentTexts()).as("and so does it, later").hasSize(5);
    }

    @Test
    void whoWritesALotIsAnsweredNowAndThen() {
        options = options.withMost(2, Duration.ofMinutes(1)).withBotWatch(Duration.ZERO, 5, Duration.ofMinutes(10));
        begin();
        for (int i = 0; i < 5; i++) {
            friendSays("me again");
            story.seconds(5);
        }
        assertThat(alice.sentTexts()).hasSize(2);
        story.pass(Duration.ofMinutes(1));
        friendSays("me again");
        story.seconds(5);
        assertThat(alice.sentTexts()).hasSize(3);
    }

    @Test
    void whoWritesALotAtOnceIsAnsweredNowAndThen() {
        options = options.withMost(4, Duration.ofMinutes(1)).withBotWatch(Duration.ZERO, 5, Duration.ofMinutes(10));
        begin();
        for (int i = 0; i < 20; i++) {
            friendSays("me again");
        }
        story.seconds(50);
        assertThat(alice.sentTexts()).hasSize(4);
    }

    @Test
    void afterACrashNobodyIsAnsweredTwice() {
        story.store().commitTakes = Duration.ofMillis(50);
        begin();
        friendSays("ping");
        for (int i = 0; i < 1_000 && !isPutIn(); i++) {
            story.pass(Duration.ofMillis(1));
        }
        assertThat(isPutIn()).isTrue();
        story.kill().start().seconds(10);
        assertThat(asked).as("its message came again").containsExactly("ping", "ping");
        Set<String> ids = new HashSet<>();
        alice.sentTexts().forEach(body -> CLIENT_MSG_ID.matcher(body).results().forEach(id -> ids.add(id.group(1))));
        assertThat(ids).hasSize(1);
    }

    /** The reply is durable; the cursor of the bot follows up to 100 ms later. */
    private boolean isPutIn() {
        return story.store().commits().stream()
                .flatMap(group -> group.accounts().stream())
                .flatMap(commit -> commit.documents().stream())
                .anyMatch(document -> document.key().startsWith("outbox/"));
    }
}
