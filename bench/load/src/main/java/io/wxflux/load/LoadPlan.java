package io.wxflux.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a test does.
 *
 * @param mode what it asks
 * @param accounts how many, a run for each number
 * @param rate messages a second and account; 0 = none, only what idle accounts cost
 * @param batch messages an account gets at once, more rarely in proportion; in a backlog, those of a page
 * @param hold for {@link Mode#ROUND_TRIPS}: how long a synccheck is held; 0 = it is answered at once, with a message
 * @param kinds what share of the messages each kind has; texts when it is empty
 * @param duration of the measurement of each client
 * @param warmUp under the same load before it
 * @param settle of idleness after the sign-in, before memory is measured
 * @param clients who is measured, one after the other, each against a simulator of its own
 * @param sinks of wxflux; the first is the one whose delays are compared. When empty, one that forgets; in a backlog, a
 *     file for the durable client
 * @param cold for {@link Mode#RESTART}: what is measured after it
 * @param faults what goes wrong, during the measurement
 * @param logins accounts that sign in at the same time
 * @param friends contacts of each account beside the rooms
 * @param jvm options of the client's Java
 * @param pinned whether client and simulator get cores of their own
 * @param target a simulator that runs already; null = one of our own
 * @param directory where the results go
 */
public record LoadPlan(
        Mode mode,
        List<Integer> accounts,
        double rate,
        Batch batch,
        Duration hold,
        Map<String, Integer> kinds,
        Duration duration,
        Duration warmUp,
        Duration settle,
        List<ClientKind> clients,
        List<SinkKind> sinks,
        Cold cold,
        List<PlannedFault> faults,
        int logins,
        int friends,
        List<String> jvm,
        boolean pinned,
        @Nullable Target target,
        Path directory) {

    /** @param control of its control API, on this machine */
    public record Target(String host, int port, Path trust, int control) {}

    public LoadPlan {
        accounts = List.copyOf(accounts);
        kinds = new LinkedHashMap<>(kinds);
        clients = List.copyOf(clients);
        sinks = List.copyOf(sinks);
        faults = List.copyOf(faults);
        jvm = List.copyOf(jvm);
        if (accounts.isEmpty() || clients.isEmpty()) {
            throw new IllegalArgumentException("a test has accounts and clients");
        }
        if (batch.isRange() && mode != Mode.BACKLOG) {
            throw new IllegalArgumentException("--batch takes a range with --mode backlog only");
        }
        if (mode == Mode.RESTART && !clients.equals(List.of(ClientKind.WXFLUX))) {
            throw new IllegalArgumentException(
                    "--mode restart is for --clients wxflux: the others keep nothing to go on with");
        }
        if (mode == Mode.RESTART && rate <= 0) {
            throw new IllegalArgumentException("--mode restart needs messages to measure: --rate must be more than 0");
        }
        if (mode != Mode.LOAD && !faults.isEmpty()) {
            throw new IllegalArgumentException("--fault is for --mode load");
        }
        if (target != null && clients.size() * accounts.size() > 1) {
            throw new IllegalArgumentException(
                    "a simulator that runs already has the accounts of the client before: measure one client at a time");
        }
    }

    /** The sinks of a client; none has an effect on a bare one. */
    List<SinkKind> sinksOf(ClientKind kind) {
        if (!sinks.isEmpty()) {
            return sinks;
        }
        return List.of(mode == Mode.BACKLOG && kind == ClientKind.WXFLUX ? SinkKind.FILE : SinkKind.DISCARD);
    }
}
