package io.wxflux.control;

import io.wxflux.Account;
import io.wxflux.Engine;
import io.wxflux.event.AccountEvent;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Everything this endpoint can be asked for. */
final class Routes {
    static final String ACCOUNT = "/v1/accounts/{account}";

    private static final int MOST_NAMED = 20;

    private final List<Route> all;

    Routes(Engine engine, RecentMessages recent, Uploads uploads, Function<AccountEvent, String> summary) {
        this.all = Stream.of(
                        new AccountCalls(engine, summary).routes(),
                        new DeliveryCalls(engine).routes(),
                        new SendCalls(engine, uploads, recent).routes(),
                        new ContactCalls(engine).routes(),
                        new RoomCalls(engine).routes(),
                        new FriendCalls(engine, recent).routes(),
                        new MediaCalls(engine, recent).routes())
                .flatMap(List::stream)
                .toList();
    }

    List<Route> all() {
        return all;
    }

    /** The account of the path. */
    static Account account(Engine engine, Call call) {
        String id = call.variable("account");
        try {
            return engine.account(id);
        } catch (IllegalArgumentException unknown) {
            throw unknown(engine, id);
        }
    }

    static Problem unknown(Engine engine, String id) {
        List<String> known = engine.accounts().stream()
                .map(status -> status.account().value())
                .limit(MOST_NAMED)
                .toList();
        return Problem.of(
                404,
                "no-such-account",
                "there is no account \"" + id + "\"",
                known.isEmpty() ? "the engine has none" : "the engine has " + String.join(", ", known));
    }

    static Mono<Answer> done(Mono<Void> work) {
        return work.then(Mono.fromSupplier(Answer::done));
    }
}
