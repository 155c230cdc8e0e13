package io.wxflux;

import static io.wxflux.WireText.ok;

import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.model.AccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The service in memory and in virtual time, with the meaning of its keys: webwxsync answers what follows the key shown
 * and takes a key shown as the receipt for all before it. It holds a long poll for 25 s. What a client must never do is
 * written down in {@link #offences()}.
 */
final class ModelServer {
    static final Duration HOLD = Duration.ofSeconds(25);

    /** One request as it came in. */
    record Request(String account, long millis, HttpCall call) {
        String operation() {
            return call.operation();
        }
    }

    final Scheduler time;
    final ModelHosts hosts;
    private final Map<String, ModelAccount> accounts = new TreeMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<String> offences = new ArrayList<>();

    ModelServer(Scheduler time) {
        this.time = time;
        this.hosts = new ModelHosts(this);
    }

    ModelAccount account(String id) {
        return accounts.computeIfAbsent(id, name -> new ModelAccount(this, name, 1_000 + accounts.size()));
    }

    List<String> offences() {
        return offences;
    }

    void offence(String what) {
        offences.add(what);
    }

    /** A network as a process has it: it dies with the process. */
    ModelNetwork network() {
        return new ModelNetwork(this);
    }

    List<Request> requests(String account, String operation) {
        return requests.stream()
                .filter(request -> request.account().equals(account))
                .filter(request -> request.operation().equals(operation))
                .toList();
    }

    List<Request> requests(String account) {
        return requests.stream()
                .filter(request -> request.account().equals(account))
                .toList();
    }

    /** Requests of an account in the last so many. */
    long countWithin(String account, Duration last) {
        long since = now() - last.toMillis();
        return requests.stream()
                .filter(request -> request.account().equals(account) && request.millis() > since)
                .count();
    }

    void forgetRequests() {
        requests.clear();
    }

    long now() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    void log(AccountId account, HttpCall call) {
        requests.add(new Request(account.value(), now(), call));
    }

    static @Nullable HttpAnswer fixed(HttpCall call) {
        return switch (call.operation()) {
            case "webwxstatusnotify", "webwxlogout" -> ok(WireText.ret(0));
            case "webwxgetcontact" -> ok(WireText.contacts("@friend"));
            case "webwxbatchgetcontact" -> ok(WireText.batchContacts());
            default -> null;
        };
    }
}
