package io.wxflux;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Keeps what it accepts; a rule says how long that takes or whether it happens at all. */
final class RecordingSink implements EventSink {
    private final List<AccountEvent> accepted = new ArrayList<>();
    private final List<AccountEvent> observed = new ArrayList<>();
    private final List<EventBatch> offered = new ArrayList<>();

    private final List<String> missed = new ArrayList<>();
    private final List<AccountEvent> replayed = new ArrayList<>();
    int opened;
    int closed;

    /** Completes = open. */
    Mono<Void> opens = Mono.empty();

    /** Completes = accepted. */
    Function<EventBatch, Mono<Void>> rule = batch -> Mono.empty();

    /** Throws instead of answering. */
    boolean thrown;

    @Override
    public Mono<Void> write(EventBatch batch) {
        if (thrown) {
            throw new IllegalStateException("thrown");
        }
        return Mono.defer(() -> {
            offered.add(batch);
            return rule.apply(batch).then(Mono.fromRunnable(() -> accepted.addAll(batch.events())));
        });
    }

    @Override
    public Mono<Void> open() {
        return opens.then(Mono.fromRunnable(() -> opened++));
    }

    @Override
    public Mono<Void> close() {
        return Mono.fromRunnable(() -> closed++);
    }

    @Override
    public Mono<Void> missed(AccountId account, long from, long to) {
        return Mono.fromRunnable(() -> missed.add(account + " " + from + " to " + to));
    }

    @Override
    public Mono<Void> replay(AccountEvent event) {
        return EventSink.super.replay(event).then(Mono.fromRunnable(() -> replayed.add(event)));
    }

    List<String> missed() {
        return missed;
    }

    List<AccountEvent> replayed() {
        return replayed;
    }

    @Override
    public Mono<Void> observe(AccountEvent event) {
        return Mono.fromRunnable(() -> observed.add(event));
    }

    /** Every batch that was offered, accepted or not. */
    List<EventBatch> offered() {
        return offered;
    }

    List<AccountEvent> observed() {
        return observed;
    }

    List<AccountEvent> accepted(String account) {
        return accepted.stream()
                .filter(event -> event.account().value().equals(account))
                .toList();
    }

    List<String> types(String account) {
        return accepted(account).stream().map(AccountEvent::type).toList();
    }

    List<String> texts(String account) {
        return accepted(account).stream().flatMap(event -> text(event).stream()).toList();
    }

    static List<String> text(AccountEvent event) {
        return event instanceof MessageReceived received && received.message() instanceof Message.Text text
                ? List.of(text.text())
                : List.of();
    }

    static boolean holds(EventBatch batch, String text) {
        return batch.events().stream().anyMatch(event -> text(event).contains(text));
    }
}
