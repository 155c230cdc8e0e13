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
 * @param accounts how many, a run for each number
 * @param rate messages a second and account; 0 = none, only what idle accounts cost
 * @param batch messages an account gets at once, more rarely in proportion
 * @param kinds what share of the messages each kind has; texts when it is empty
 * @param duration of the measurement of each client
 * @param warmUp under the same load before it
 * @param settle of idleness after the sign-in, before memory is measured
 * @param clients who is measured, one after the other, each against a simulator of its own
 * @param sinks of wxflux; the first is the one whose delays are compared
 * @param faults what goes wrong, during the measurement
 * @param logins accounts that sign in at the same time
 * @param friends contacts of each account beside the rooms
 * @param jvm options of the client's Java
 * @param pinned whether client and simulator get cores of their own
 * @param target a simulator that runs already; null = one of our own
 * @param directory where the results go
 */
public record LoadPlan(
        List<Integer> accounts,
        double rate,
        int batch,
        Map<String, Integer> kinds,
        Duration duration,
        Duration warmUp,
        Duration settle,
        List<ClientKind> clients,
        List<SinkKind> sinks,
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
        if (accounts.isEmpty() || clients.isEmpty() || sinks.isEmpty()) {
            throw new IllegalArgumentException("a test has accounts, clients and sinks");
        }
        if (target != null && clients.size() * accounts.size() > 1) {
            throw new IllegalArgumentException(
                    "a simulator that runs already has the accounts of the client before: measure one client at a time");
        }
    }
}
