package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.ConfigurationException;
import io.wxflux.error.EngineStateException;
import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.model.AccountId;
import io.wxflux.options.AccountSpec;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A function as a sink, and what the front door refuses. */
class HandlerStoryTests {
    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");
    private final List<String> handled = new ArrayList<>();
    private Function<AccountEvent, Mono<Void>> mood = event -> Mono.empty();

    HandlerStoryTests() {
        var handler = new HandlerSink(
                event -> mood.apply(event).then(Mono.fromRunnable(() -> handled.addAll(RecordingSink.text(event)))));
        story.sink(SinkSpec.of("handler", handler)).account("alice").start().seconds(5);
    }

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private static boolean says(AccountEvent event, String text) {
        return RecordingSink.text(event).contains(text);
    }

    @Test
    void aHandlerGetsOneEventAtATimeInOrder() {
        var inside = new int[1];
        mood = event -> {
            assertThat(++inside[0]).isEqualTo(1);
            return Mono.delay(Duration.ofSeconds(1), story.time)
                    .doOnNext(tick -> inside[0]--)
                    .then();
        };
        alice.receives("a", "b", "c");
        story.seconds(4);
        assertThat(handled).containsExactly("a", "b", "c");
        assertThat(story.deadLetters).isEmpty();
    }

    @Test
    void aHandlerThatThrowsRejects() {
        mood = event -> {
            if (says(event, "b")) {
                throw new IllegalStateException("I cannot");
            }
            return Mono.empty();
        };
        alice.receives("a", "b", "c");
        story.seconds(11);
        assertThat(handled).containsExactly("a", "c");
        assertThat(story.deadLetters).hasSize(1);
        assertThat(story.sink.texts("alice")).containsExactly("a", "b", "c");
    }

    @Test
    void aHandlerThatIsDownIsWaitedFor() {
        mood = event -> Mono.error(new SinkUnavailableException("the database is down"));
        alice.receives("a");
        story.pass(Duration.ofHours(1));
        mood = event -> Mono.empty();
        story.seconds(31);
        assertThat(handled).containsExactly("a");
        assertThat(story.deadLetters).isEmpty();
    }

    @Test
    void aHandlerThatNeverEndsHoldsUpItsOwnAccountOnly() {
        story.engine().add(AccountSpec.of("bob")).subscribe();
        story.seconds(5);
        mood = event -> event.account().value().equals("alice") ? Mono.never() : Mono.empty();
        alice.receives("stuck");
        story.server.account("bob").receives("free");
        story.seconds(60);
        assertThat(handled).containsExactly("free");
        assertThat(story.status("alice").received()).isEqualTo(1);
        story.stop(Duration.ofSeconds(11));
    }

    @Test
    void theFrontDoorSaysWhatItDoesNotTake() {
        assertThatThrownBy(() -> story.engine().handle("late", event -> Mono.empty()))
                .isInstanceOf(EngineStateException.class);
        assertThatThrownBy(() -> story.engine()
                        .add(AccountSpec.of("carol").withSinks(Set.of("nowhere")))
                        .block())
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> story.engine().account("carol")).isInstanceOf(IllegalArgumentException.class);
        story.engine().remove(AccountId.of("carol")).block();

        var twice = EngineOptions.builder()
                .account(AccountSpec.of("a"))
                .account(AccountSpec.of("a"))
                .sink(SinkSpec.of("s", story.sink))
                .sink(SinkSpec.of("s", story.sink))
                .build();
        assertThatThrownBy(() -> Engine.create(twice))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("two sinks")
                .hasMessageContaining("two accounts");
    }
}
