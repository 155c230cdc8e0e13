package io.wxflux;

import io.wxflux.event.AccountEvent;
import io.wxflux.model.AccountId;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.TransactionalSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A sink that keeps its place together with its events. */
final class KnowingSink implements TransactionalSink {
    final Map<String, Long> next = new HashMap<>();
    final List<String> missed = new ArrayList<>();

    /** The text it does not take. */
    String rejected = "none";

    private final List<AccountEvent> events = new ArrayList<>();

    @Override
    public Mono<Long> position(AccountId account) {
        return Mono.justOrEmpty(next.get(account.value()));
    }

    @Override
    public Mono<Void> write(EventBatch batch) {
        return Mono.fromRunnable(() -> {
            if (batch.events().stream()
                    .anyMatch(event -> RecordingSink.text(event).contains(rejected))) {
                throw new IllegalStateException("no");
            }
            events.addAll(batch.events());
            next.put(batch.account().value(), batch.next());
        });
    }

    @Override
    public Mono<Void> replay(AccountEvent event) {
        return Mono.fromRunnable(() -> events.add(event));
    }

    @Override
    public Mono<Void> missed(AccountId account, long from, long to) {
        return Mono.fromRunnable(() -> missed.add(account + " " + from + " to " + to));
    }

    List<String> texts() {
        return events.stream()
                .flatMap(event -> RecordingSink.text(event).stream())
                .toList();
    }

    List<Long> sequences() {
        return events.stream()
                .map(event -> event.head().sequence().orElseThrow())
                .toList();
    }
}
