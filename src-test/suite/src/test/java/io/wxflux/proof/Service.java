package io.wxflux.proof;

import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.Simulator;
import io.wxflux.simulator.SimulatorBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The simulator as the proofs use it: whoever shows a code is scanned at once. */
final class Service implements AutoCloseable {
    private final Simulator simulator;
    private final Path authority;

    Service(Path directory, int accounts) throws IOException {
        this(directory, accounts, builder -> builder);
    }

    /** @param more what else is set up */
    Service(Path directory, int accounts, UnaryOperator<SimulatorBuilder> more) throws IOException {
        simulator = more.apply(Simulator.builder().autoScan(Duration.ofMillis(50), Duration.ofMillis(50)))
                .start();
        simulator.addAccounts(accounts);
        authority = directory.resolve("ca.pem");
        simulator.writeCaPem(authority);
    }

    Simulator simulator() {
        return simulator;
    }

    Path authority() {
        return authority;
    }

    int port() {
        return simulator.port();
    }

    List<SimAccount> accounts() {
        return simulator.accounts();
    }

    long queued() {
        return accounts().stream().mapToLong(SimAccount::lastSeq).sum();
    }

    long logins() {
        return accounts().stream().mapToLong(SimAccount::logins).sum();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
