package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.AppMessage;
import io.wxflux.model.FoundPerson;
import io.wxflux.model.MediaContent;
import io.wxflux.model.PeopleMessage;
import io.wxflux.options.AccountSpec;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.shard.ShardEvent;
import io.wxflux.simulator.Fault;
import io.wxflux.simulator.FaultRule;
import io.wxflux.simulator.MediaMessages;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimPeer;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A whole login, sync, failure, end of session and resume with the root logger at TRACE, Reactor Netty's included: no
 * secret is in the log, in an exception or in a {@code toString}.
 */
@Tag("scenario")
class SecretsTests {
    @RegisterExtension
    final WeChatService weChat = WeChatService.create().tolerant();

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final List<Appender<ILoggingEvent>> detached = new ArrayList<>();
    private AppenderBase<ILoggingEvent> recorder;

    @BeforeEach
    void record() {
        recorder = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (ofTheService(event)) {
                    return;
                }
                String thrown = event.getThrowableProxy() == null
                        ? ""
                        : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
                lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + thrown);
            }
        };
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        recorder.setContext(context);
        recorder.start();
        Logger root = root();
        for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
            detached.add(all.next());
        }
        detached.forEach(root::detachAppender);
        root.addAppender(recorder);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void restore() {
        root().setLevel(Level.ERROR);
        root().detachAppender(recorder);
        detached.forEach(root()::addAppender);
    }

    @Test
    void nothingSecretIsEverPrinted() {
        SimAccount alice = weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_010).withContacts(5, 2, 4));
        var store = new InMemoryCoordinator();
        Set<String> uuids = new LinkedHashSet<>();
        Set<String> mediaIds = new LinkedHashSet<>();
        Set<String> tickets = new LinkedHashSet<>();
        var printed = new StringWriter();
        try (var running =
                RunningEngine.start(weChat.options().coordinator(store).account(AccountSpec.of("alice")))) {
            running.awaitState("alice", AccountState.SYNCING);
            for (Fault fault : List.of(new Fault.Page(502), new Fault.Reset(), new Fault.CutAnswer())) {
                weChat.simulator()
                        .addFault(FaultRule.on("", fault).withCall("webwxsync").withTimes(1));
                weChat.simulator()
                        .addFault(FaultRule.on("", fault).withCall("synccheck").withTimes(1));
            }
            alice.queueBurst(20);
            running.awaitTexts("alice", 20);
            running.engine()
                    .account("alice")
                    .sendText(
                            running.engine()
                                    .account("alice")
                                    .contacts()
                                    .all()
                                    .blockFirst()
                                    .userName(),
                            "x")
                    .block();
            alice.queue(MediaMessages.file(SimPeer.friend(1), "secret.bin", 100_000));
            Await.until(() -> file(running) != null);
            AppMessage.File file = file(running);
            mediaIds.add(file.details().mediaId().reveal());
            print(printed, file.details());
            running.engine()
                    .account("alice")
                    .media()
                    .file(file)
                    .doOnNext(content -> print(printed, content))
                    .flatMapMany(MediaContent::bytes)
                    .then()
                    .block();
            tickets.addAll(people(alice, running, printed));
            alice.end(1101);
            Await.until(() -> alice.logins() == 2);
            running.awaitState("alice", AccountState.SYNCING);
            for (AccountEvent event : running.live("alice")) {
                print(printed, event);
                if (event instanceof Lifecycle.QrIssued qr && qr.loginUrl() != null) {
                    String url = qr.loginUrl().reveal();
                    uuids.add(url.substring(url.lastIndexOf('/') + 1));
                }
            }
            running.delivered("alice").forEach(event -> print(printed, event));
            print(printed, running.engine().account("alice").status());
        }
        Set<String> secrets = secrets(store);
        secrets.addAll(uuids);
        secrets.addAll(mediaIds);
        secrets.addAll(tickets);
        assertThat(secrets).as("the secrets of the session, as it was stored").hasSizeGreaterThanOrEqualTo(6);
        assertThat(lines).as("TRACE was on").anyMatch(line -> line.startsWith("reactor.netty"));
        String everything = String.join("\n", lines) + printed;
        for (String secret : secrets) {
            for (String form : forms(secret)) {
                assertThat(everything.contains(form))
                        .as("a secret of %d characters, in some form, in the log: %s", form.length(), context(form))
                        .isFalse();
            }
        }
    }

    private static AppMessage.File file(RunningEngine running) {
        return running.delivered("alice").stream()
                .filter(event ->
                        event instanceof MessageReceived received && received.message() instanceof AppMessage.File)
                .map(event -> (AppMessage.File) ((MessageReceived) event).message())
                .findFirst()
                .orElse(null);
    }

    /** A friend request taken up, and once more, which is refused. Gives its ticket and the handles of people. */
    private static Set<String> people(SimAccount alice, RunningEngine running, StringWriter printed) {
        alice.friends().request(SimPeer.stranger(3), "hello");
        Await.until(() -> running.deliveredTypes("alice").contains("wx.message.friend-request"));
        PeopleMessage.FriendRequest request = running.delivered("alice").stream()
                .filter(MessageReceived.class::isInstance)
                .map(event -> ((MessageReceived) event).message())
                .filter(PeopleMessage.FriendRequest.class::isInstance)
                .map(PeopleMessage.FriendRequest.class::cast)
                .findFirst()
                .orElseThrow();
        var friends = running.engine().account("alice").friends();
        friends.accept(request).block();
        friends.accept(request)
                .onErrorResume(error -> {
                    print(printed, error);
                    return Mono.empty();
                })
                .block();
        FoundPerson found = friends.search("stranger:4").blockFirst();
        print(printed, found);
        print(printed, request);
        return Set.of(request.details().ticket().reveal(), found.handle().reveal());
    }

    /** Where it stands, without itself. */
    private String context(String secret) {
        return lines.stream()
                .filter(line -> line.contains(secret))
                .findFirst()
                .map(line -> line.replace(secret, "<SECRET>"))
                .map(line -> line.substring(0, Math.min(line.length(), 400)))
                .orElse("in a toString");
    }

    private static void print(StringWriter to, Object value) {
        new PrintWriter(to, true).println(value);
    }

    private static List<String> forms(String secret) {
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        return List.of(secret, encoded, encoded.replace("+", "%20"), base64);
    }

    /** Every credential and cookie of the stored session. */
    private static Set<String> secrets(InMemoryCoordinator store) {
        var shard = ((ShardEvent.Acquired) store.reopen().shards().blockFirst()).shard();
        byte[] session = shard.restore().blockFirst().session();
        String json = new String(session, StandardCharsets.UTF_8);
        Set<String> found = new LinkedHashSet<>();
        Matcher tokens = Pattern.compile("\"(?:sid|skey|passTicket|value)\":\"([^\"]+)\"")
                .matcher(json);
        while (tokens.find()) {
            String value = tokens.group(1);
            // wxuin, mm_lang and the load time are no secrets; short numbers would be found anywhere.
            if (value.length() >= 12 && !value.matches("\\d+(_expired)?")) {
                found.add(value);
            }
        }
        return found;
    }

    /** The simulator runs in this process, too; what it logs is not the client's. */
    private static boolean ofTheService(ILoggingEvent event) {
        return event.getThreadName().startsWith("wxsim")
                || event.getLoggerName().startsWith("io.wxflux.simulator")
                || event.getLoggerName().startsWith("reactor.netty.http.server");
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
