package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.EngineStateException;
import io.wxflux.event.AccountState;
import io.wxflux.model.Outgoing;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** An account that is asked for before the engine has begun with it. */
class EarlyAccountStoryTests {
    private static final UserName FRIEND = UserName.of("@friend");

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    @Test
    void itIsThereAsSoonAsItIsConfiguredAndTheSameObjectWorksOnceItRuns() {
        List<Account> early = new ArrayList<>();
        story.prepare = engine -> {
            early.add(engine.account("alice"));
            assertThat(early.get(0).status().state()).isEqualTo(AccountState.NEW);
            assertThat(early.get(0).recentChats()).isEmpty();
            refused(early.get(0), "account alice does not run yet, nobody has subscribed to run(); wait for");
        };
        story.sink.opens = Mono.delay(Duration.ofSeconds(6), story.time).then();
        story.account("alice").start().seconds(1);
        assertThat(story.engine().account("alice").status().state()).isEqualTo(AccountState.NEW);
        refused(story.engine().account("alice"), "account alice does not run yet; wait for");

        story.seconds(10);
        Account account = early.get(0);
        assertThat(account.status().state()).isEqualTo(AccountState.SYNCING);
        CompletableFuture<?> sent = account.sendText(FRIEND, "hello").toFuture();
        CompletableFuture<?> kept = account.outbox()
                .put(FRIEND, Outgoing.text("later"), Duration.ofHours(1))
                .toFuture();
        CompletableFuture<List<UserName>> known = account.contacts()
                .all()
                .map(contact -> contact.userName())
                .collectList()
                .toFuture();
        story.seconds(10);
        assertThat(sent).isCompleted();
        assertThat(kept).isCompleted();
        assertThat(alice.sentTexts()).hasSize(2);
        assertThat(known.join()).isNotEmpty();

        story.stop();
        assertThat(account.status().state()).isEqualTo(AccountState.STOPPED);
        refused(account, "account alice does not run any more");
    }

    @Test
    void oneThatWasTakenOutSaysSoAndWorksAgainWhenItIsAddedAgain() {
        List<Account> early = new ArrayList<>();
        story.prepare = engine -> early.add(engine.account("alice"));
        story.account("alice").start().seconds(5);
        story.engine().remove(early.get(0).id()).subscribe();
        story.seconds(5);
        refused(early.get(0), "account alice was taken out");
        story.engine().add(AccountSpec.of("alice")).subscribe();
        story.seconds(5);
        assertThat(early.get(0).status().state()).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void anIdThatNobodyConfiguredIsRefusedWithThoseThereAre() {
        story.prepare = engine -> assertThatThrownBy(() -> engine.account("eve"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no account eve: the engine has alice, bob");
        story.account("alice").account("bob").start().seconds(5);
        assertThatThrownBy(() -> story.engine().account("eve"))
                .hasMessage("there is no account eve: the engine has alice, bob");
    }

    @Test
    void ofManyAccountsTheErrorNamesTheFirstTen() {
        var options = EngineOptions.builder();
        assertThatThrownBy(() -> Engine.create(options.build()).account("eve"))
                .hasMessage("there is no account eve: the engine has none");
        IntStream.range(10, 22).forEach(i -> options.account(AccountSpec.of("a" + i)));
        assertThatThrownBy(() -> Engine.create(options.build()).account("eve"))
                .hasMessage("there is no account eve: the engine has a10, a11, a12, a13, a14, a15, a16, a17, a18, a19"
                        + " and 2 more");
    }

    private static void refused(Account account, String message) {
        List<Mono<?>> calls = List.of(
                account.sendText(FRIEND, "x"),
                account.outbox().put(FRIEND, Outgoing.text("x"), Duration.ofHours(1)),
                account.outbox().pending(),
                account.contacts().all().collectList(),
                account.contacts().find(FRIEND),
                account.rooms().quit(FRIEND),
                account.markRead(FRIEND),
                account.logout());
        List<Throwable> errors = new ArrayList<>();
        calls.forEach(call -> call.subscribe(value -> {}, errors::add));
        assertThat(errors)
                .hasSameSizeAs(calls)
                .allSatisfy(error -> assertThat(error)
                        .isInstanceOf(EngineStateException.class)
                        .hasMessageStartingWith(message));
    }
}
