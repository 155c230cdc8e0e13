package io.wxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.MediaMessages;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.simulator.Simulator;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that use a running engine, against one that runs. */
@Tag("scenario")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineCommandsTests {
    private static final long SOON = 30;

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final CommandLineRun running = CommandLineRun.plain();

    @SuppressWarnings("NullAway.Init")
    private Simulator simulator;

    @SuppressWarnings("NullAway.Init")
    private SimAccount shop;

    @SuppressWarnings("NullAway.Init")
    private CompletableFuture<Integer> code;

    private record Result(int code, String out, String err) {}

    @BeforeAll
    void run(@TempDir Path shared) throws Exception {
        directory = shared;
        simulator = Simulator.builder()
                .autoScan(Duration.ofMillis(10), Duration.ofMillis(10))
                .start();
        shop = simulator.addAccounts(1).get(0);
        simulator.writeCaPem(directory.resolve("ca.pem"));
        Files.writeString(directory.resolve("accounts.yaml"), """
                http: { trust: ca.pem, connect-to: 127.0.0.1:%d }
                sinks: { screen: { type: console } }
                accounts: [{ id: shop }]
                """.formatted(simulator.port()));
        code = running.start("run", file(), "--control");
        RunCommandTests.await(() -> shop.openPolls() == 1 && running.out().contains("ready:"));
    }

    @AfterAll
    void stop() throws Exception {
        running.stop();
        assertThat(code.get(SOON, TimeUnit.SECONDS)).isZero();
        assertThat(directory.resolve("state/control.json")).doesNotExist();
        Result gone = wx("status");
        assertThat(gone.code).isEqualTo(1);
        assertThat(gone.err).contains("no engine is running for " + file(), "--control");
        simulator.assertNoViolations();
        simulator.close();
    }

    @Test
    void sinksAndMessagesAreShownAsTheyAre() throws Exception {
        shop.queue(SimMessage.text(SimPeer.friend(3), "trace me"));
        RunCommandTests.await(() -> running.out().contains("trace me"));
        assertThat(wx("sinks").out).contains("SINK", "screen");
        assertThat(wx("sinks", "--json").out).contains("\"configured\" : true");
        Result forgotten = wx("sinks", "forget", "screen");
        assertThat(forgotten.code).isEqualTo(2);
        assertThat(forgotten.err).contains("at work").doesNotContain("mend the request");
        assertThat(wx("trace", "1").out).contains("nothing is known of message 1");
        assertThat(wx("dead-letters").out).contains("no sink has rejected anything");
        assertThat(wx("dead-letters", "replay", "--sink", "screen").out).contains("nothing to replay");
    }

    @Test
    void statusShowsTheAccounts() {
        assertThat(wx("status").out).contains("ACCOUNT", "shop", "online", "POLLS AT", "wx.qq.com");
        assertThat(wx("status", "--json").out).contains("\"state\" : \"SYNCING\"");
        assertThat(wx("status", "-a", "shop").out.lines()).hasSize(2);
        assertThat(wx("status", "-a", "shop", "--json").out).contains("\"id\" : \"shop\"");
    }

    @Test
    void aTextIsSentAndTakenBack() {
        Result sent = wx("send", "--to", "filehelper", "你好 hello");
        assertThat(sent.code).isZero();
        assertThat(shop.sent()).anyMatch(message -> message.content().contains("你好 hello"));
        String id = sent.out.strip().replaceFirst("sent ", "");
        assertThat(id).matches("\\d+");
        assertThat(wx("send", "--to", "filehelper", "--recall", id).out).contains("recalled " + id);
        assertThat(wx("send", "--to", "filehelper", "--read").code).isZero();
    }

    @Test
    void aTextCanBePipedIn() {
        CommandLineRun run = CommandLineRun.plain().typing(in("line one\nline two\n"));
        assertThat(run.execute("send", "-c", file(), "--to", "filehelper", "-")).isZero();
        assertThat(shop.sent()).anyMatch(message -> message.content().contains("line one\nline two"));
    }

    @Test
    void aFileIsSent() throws Exception {
        Path report = Files.write(directory.resolve("报告.bin"), new byte[700_000]);
        Result sent = wx("send", "--to", "filehelper", "--file", report.toString());
        assertThat(sent.err).isEmpty();
        assertThat(sent.out).startsWith("sent ");
        assertThat(shop.sent())
                .anyMatch(message ->
                        message.file() != null && message.file().name().equals("报告.bin"));
        RunCommandTests.await(() -> uploadsLeft() == 0);
    }

    @Test
    void anEmptyTextIsNoText() {
        for (String text : new String[] {"", "   "}) {
            Result empty = wx("send", "--to", "filehelper", text);
            assertThat(empty.code).isEqualTo(2);
            assertThat(empty.err).contains("the text is empty").doesNotContain("JSON");
        }
    }

    @Test
    void theOutboxIsListed() {
        assertThat(wx("outbox", "--json").out).contains("\"pending\"");
        assertThat(wx("outbox").code).isZero();
    }

    @Test
    void aDurableMessageIsQueued() {
        Result queued = wx("send", "--to", "filehelper", "--durable", "--expires", "30m", "later");
        assertThat(queued.out).startsWith("queued ").contains("expires at");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    send --to Nobody-At-All hi                   | 2 | nobody is called "Nobody-At-All"
                    send --to filehelper                         | 2 | there is nothing to send
                    send --to filehelper a --text b              | 2 | the account is named with -a
                    send --to filehelper --file ../none.bin      | 2 | is no file that can be read
                    send --to filehelper hi --expires 5m         | 2 | --durable
                    send --to filehelper hi -a eve               | 2 | there is no account "eve": the engine has shop
                    status -a eve                                | 2 | there is no account "eve": the engine has shop
                    send hi                                      | 2 | --to
                    contacts --kind friend                       | 2 | there is no kind
                    rooms members filehelper                     | 2 | is no room
                    media get 1                                  | 2 | is not among those received
                    media                                        | 2 | get or head
                    friends accept 1                             | 2 | is not among those received
                    chat --to Nobody-At-All                      | 2 | nobody is called
                    """)
    void whatCannotBeMeantIsSaid(String line, int expected, String message) {
        Result result = wx(line.split(" "));
        assertThat(result.err).contains(message);
        assertThat(result.code).isEqualTo(expected);
    }

    @Test
    void aSignedInAccountThatIsToSignInGoesOnUnchanged() {
        long logins = shop.logins();
        Result result = wx("login", "-a", "shop");
        assertThat(result.code).isZero();
        assertThat(result.out).contains("shop is signed in already; nothing to do");
        assertThat(wx("status").out).contains("online").contains("OUTBOX");
        assertThat(shop.logins()).isEqualTo(logins);
    }

    @Test
    void aMissingOptionIsSaidInTwoLines() {
        assertThat(wx("send", "hi").err.lines().toList()).hasSize(2).last().isEqualTo("see `wxflux send --help`");
    }

    @Test
    void contactsAreListedNamedAndFound() {
        assertThat(wx("contacts").out).contains("NAME", "VISIBLE ID", "p-").doesNotContain("@");
        assertThat(wx("contacts", "--json").out).contains("\"userName\" : \"@");
        assertThat(wx("rooms").out.lines()).allMatch(line -> TextWidth.of(line) <= 80);
        String somebody = shop.nickName(SimPeer.friend(2));
        assertThat(wx("contacts", "remark", somebody, "老板 boss").code).isZero();
        assertThat(wx("contacts", "search", "boss").out).contains("老板 boss", somebody);
        assertThat(wx("contacts", "pin", "老板 boss").code).isZero();
        assertThat(wx("contacts", "search", "nobody has this").out).contains("nobody fits");
    }

    @Test
    void whoSharesANameIsListedWithWhatTellsThemApart() {
        String one = shop.nickName(SimPeer.friend(6));
        String two = shop.nickName(SimPeer.friend(7));
        assertThat(wx("contacts", "remark", one, "同名").code).isZero();
        assertThat(wx("contacts", "remark", two, "同名").code).isZero();
        Result result = wx("send", "--to", "同名", "to whom?");
        assertThat(result.code).isEqualTo(2);
        assertThat(result.err)
                .contains("2 are called", "name one of these by its lasting id")
                .contains("remark \"同名\", nick name \"" + one + "\"", "nick name \"" + two + "\"", "p-", "(person)");
    }

    @Test
    void aRoomWithoutATopicIsCalledByItsMembers() {
        String one = shop.nickName(SimPeer.friend(8));
        String two = shop.nickName(SimPeer.friend(9));
        assertThat(wx("rooms", "create", one, two).code).isZero();
        assertThat(wx("rooms").out.lines()).anyMatch(line -> line.contains(", " + one + ", "));
    }

    @Test
    void whatIsTooLargeIsSaidWithoutARemedyThatIsNone() throws Exception {
        Path large = directory.resolve("large.jpg");
        byte[] bytes = new byte[(20 << 20) + 1];
        bytes[0] = (byte) 0xff;
        bytes[1] = (byte) 0xd8;
        bytes[2] = (byte) 0xff;
        Files.write(large, bytes);
        Result result = wx("send", "--to", "filehelper", "--image", large.toString());
        assertThat(result.code).isEqualTo(1);
        assertThat(result.err).contains("cannot be sent").doesNotContain("log says more");
    }

    @Test
    void roomsAreMadeChangedAndLeft() {
        String one = shop.nickName(SimPeer.friend(1));
        String two = shop.nickName(SimPeer.friend(3));
        assertThat(wx("rooms", "create", "--topic", "爬山", one, two).out).contains("added", one, two);
        assertThat(wx("rooms").out).contains("爬山");
        assertThat(wx("rooms", "members", "爬山").out).contains(one, two);
        assertThat(wx("contacts", "remark", one, "R4").code).isZero();
        assertThat(wx("rooms", "members", "爬山").out).contains("R4", one);
        assertThat(wx("contacts", "remark", one, "").code).isZero();
        assertThat(wx("send", "--to", "爬山", "--mention", "Nobody-At-All", "看").err)
                .contains("with `rooms members`");
        assertThat(wx("rooms", "quit", "Nobody-At-All").err).contains("list the rooms with `rooms`");
        assertThat(wx("rooms", "remove", "爬山", one).out).contains("removed");
        assertThat(wx("rooms", "rename", "爬山", "游泳").out).contains("done");
        assertThat(wx("send", "--to", "游泳", "--mention", two, "看").code).isZero();
        assertThat(shop.sent())
                .anyMatch(message -> message.content().matches("@.+\u2005看")
                        && message.mentions().contains(shop.userName(SimPeer.friend(3))));
        assertThat(wx("rooms", "quit", "游泳").code).isZero();
        assertThat(wx("rooms").out).doesNotContain("游泳");
    }

    @Test
    void whatCannotBeSavedIsToldInWords() throws Exception {
        Path file = Files.writeString(directory.resolve("no-folder"), "");
        Result result = wx("media", "head", "shop-nobody", "--into", file.toString());
        assertThat(result.code).isEqualTo(2);
        String one = shop.nickName(SimPeer.friend(4));
        result = wx("media", "head", one, "--into", file.toString());
        assertThat(result.code).isEqualTo(1);
        assertThat(result.err).contains("cannot be written to", "--into").doesNotContain("Exception");
        Result got =
                wx("media", "head", one, "--into", directory.resolve("heads").toString());
        assertThat(got.err).isEmpty();
        assertThat(Path.of(got.out.strip()).getFileName().toString()).startsWith(one.replaceAll("[<>]", "_") + " ");
    }

    @Test
    void friendRequestsAreListedAndAccepted() throws Exception {
        String id = shop.msgId(shop.friends().request(SimPeer.stranger(1), "我是小林"));
        RunCommandTests.await(() -> wx("friends").out.contains(id));
        assertThat(wx("friends", "requests").out).contains("MSGID", "我是小林");
        assertThat(wx("friends", "accept", id).out).contains("accepted");
        assertThat(shop.friends().verifications()).anyMatch(call -> call.opcode() == 3);
        Result again = wx("friends", "accept", id);
        assertThat(again.code).isEqualTo(1);
        assertThat(again.err).contains("already answered");
        assertThat(wx("friends", "requests").out).doesNotContain(id);
    }

    @Test
    void mediaAreSavedUnderSafeNamesAndOverNothing() throws Exception {
        long seq = shop.queue(MediaMessages.file(SimPeer.friend(1), "../../a/月报.pdf", 300_000));
        String id = shop.msgId(seq);
        RunCommandTests.await(() -> running.out().contains("[file] ../../a/月报.pdf, 300 kB (id " + id + ")"));
        Path into = directory.resolve("downloads");
        for (int i = 0; i < 2; i++) {
            Result got = wx("media", "get", id, "--into", into.toString());
            assertThat(got.err).isEmpty();
            assertThat(Path.of(got.out.strip()).getParent()).isEqualTo(into);
        }
        try (Stream<Path> saved = Files.list(into)) {
            assertThat(saved.toList())
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(file).hasSize(300_000));
        }
        assertThat(directory.resolveSibling("a")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "image,picture",
        "voice,voice",
        "video,video",
        "emoticon,sticker",
        "location,location",
        "card,card",
        "link,link",
        "articles,articles",
        "room-invitation,invitation",
        "music,music",
        "mini-program,mini program",
        "channels,channels",
        "chat-history,chat history",
        "transfer,transfer",
        "red-packet,red packet",
        "group-notice,room notice",
        "live-location,live location",
        "possible-friend,possible friend",
        "voip,call",
        "pat,pat",
        "todo,to-do"
    })
    void theScreenSaysEachKindInWords(String kind, String shown) throws Exception {
        shop.queue(shop.made(kind, SimPeer.friend(5)));
        RunCommandTests.await(() -> running.out().contains("[" + shown + "] "));
        assertThat(running.out()).doesNotContain("${");
    }

    @Test
    void aChatShowsWhatComesAndSendsWhatIsTyped() throws Exception {
        PipedOutputStream keyboard = new PipedOutputStream();
        CommandLineRun chat = CommandLineRun.plain().typing(new PipedInputStream(keyboard));
        CompletableFuture<Integer> ended = chat.start("chat", "shop", "-c", file());
        RunCommandTests.await(() -> chat.out().contains("Chat as shop"));
        // Live only: what comes before the stream is open is not shown.
        RunCommandTests.await(() -> {
            shop.queue(SimMessage.text(SimPeer.friend(4), "来了吗\u001b[2J"));
            return chat.out().contains("来了吗");
        });
        assertThat(chat.out()).contains("\\u001b[2J").doesNotContain("\u001b");
        keyboard.write("/r\n到了 here\n//slash\n/who 来\n/nonsense\n/rooms\n/help\n".getBytes(StandardCharsets.UTF_8));
        keyboard.close();
        assertThat(ended.get(SOON, TimeUnit.SECONDS))
                .as("a script is told that a line failed")
                .isEqualTo(1);
        assertThat(chat.out())
                .contains("now talking to " + shop.nickName(SimPeer.friend(4)))
                .contains("there is no /nonsense", "ROOM", "/recall");
        assertThat(shop.sent())
                .filteredOn(message -> message.to().equals(SimPeer.friend(4)))
                .extracting(message -> message.content())
                .contains("到了 here", "/slash");
    }

    @Test
    void aChatEndsWhenItIsTold() throws Exception {
        CommandLineRun chat = CommandLineRun.plain().typing(new PipedInputStream(new PipedOutputStream()));
        CompletableFuture<Integer> ended = chat.start("chat", "-c", file());
        RunCommandTests.await(() -> chat.out().contains("Chat as shop"));
        chat.stop();
        assertThat(ended.get(SOON, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aScriptEndsAtAConversationThatIsNotFound() {
        CommandLineRun chat = CommandLineRun.plain()
                .typing(in("/to filehelper\nmeant for it\n/to Nobody-At-All\nmeant for nobody\n/quit\n"));
        assertThat(chat.execute("chat", "-c", file())).isEqualTo(1);
        assertThat(chat.out()).contains("nobody is called \"Nobody-At-All\"", "nothing more is sent");
        assertThat(shop.sent())
                .extracting(message -> message.content())
                .contains("meant for it")
                .doesNotContain("meant for nobody");
    }

    @Test
    void nothingTypedGoesToTheFormerConversationWhenTheNextIsNotFound() {
        CommandLineRun chat = new CommandLineRun(true)
                .typing(in("/to filehelper\n/to Nobody-At-All\ntyped to nobody\n/to filehelper\ntyped again\n"));
        assertThat(chat.execute("chat", "-c", file())).isZero();
        assertThat(chat.out()).contains("nobody is chosen: /to NAME does");
        assertThat(shop.sent())
                .extracting(message -> message.content())
                .contains("typed again")
                .doesNotContain("typed to nobody");
    }

    private int uploadsLeft() {
        String[] left = directory.resolve("state/uploads").toFile().list();
        return left == null ? 0 : left.length;
    }

    private Result wx(String... args) {
        CommandLineRun run = CommandLineRun.plain();
        String[] all = Stream.concat(Stream.of(args), Stream.of("-c", file())).toArray(String[]::new);
        int exit = run.execute(all);
        return new Result(exit, run.out(), run.err());
    }

    private String file() {
        return directory.resolve("accounts.yaml").toString();
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
