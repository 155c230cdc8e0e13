package io.wxflux.internal.session;

import static java.util.Objects.requireNonNull;

import io.wxflux.internal.journal.SerialGate;
import io.wxflux.model.UserName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * One lane for each conversation that something goes out to, as long as there is something: what goes to one follows in
 * the order of subscription and holds up nothing that goes to another.
 */
final class Lanes {
    private final Map<UserName, Lane> lanes = new ConcurrentHashMap<>();

    /** @param users operations that wait for their turn or have it */
    private record Lane(SerialGate gate, int users) {
        Lane with(int more) {
            return new Lane(gate, users + more);
        }
    }

    /** As {@link SerialGate#inTurn}. */
    <T> Mono<T> inTurn(UserName to, Supplier<Mono<T>> operation) {
        return Mono.defer(() -> enter(to).inTurn(() -> Mono.defer(operation).doFinally(signal -> leave(to))));
    }

    /** How many there are. */
    int size() {
        return lanes.size();
    }

    private SerialGate enter(UserName to) {
        return requireNonNull(lanes.compute(
                        to, (name, known) -> known == null ? new Lane(new SerialGate(), 1) : known.with(1)))
                .gate();
    }

    private void leave(UserName to) {
        lanes.computeIfPresent(to, (name, lane) -> lane.users() == 1 ? null : lane.with(-1));
    }
}
