package io.wxflux.cli;

import io.wxflux.config.RunnerConfig;
import io.wxflux.control.ControlFile;
import io.wxflux.file.TerminalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which engine a command speaks to, and for which account: the same options everywhere. */
final class EngineTarget {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "accounts.yaml",
            description = "The configuration file the engine runs with. (${DEFAULT-VALUE})")
    private Path file = Path.of("accounts.yaml");

    @Option(
            names = {"-a", "--account"},
            paramLabel = "ID",
            description = "The account. Needed when there are several and the command is about one.")
    private @Nullable String account;

    private @Nullable EngineClient engine;

    void account(@Nullable String chosen) {
        if (chosen != null) {
            account = chosen;
        }
    }

    /** Whether somebody chose an account. */
    boolean isNamed() {
        return account != null;
    }

    /** The path of the account at the endpoint; known once connected. */
    String path() {
        return "/v1/accounts/" + EngineClient.segment(accountId());
    }

    /** As the engine knows it: it may have been given more accounts than its file had. */
    String accountId() {
        String chosen = account;
        if (chosen != null) {
            return chosen;
        }
        List<String> ids = new ArrayList<>();
        Objects.requireNonNull(engine, "not connected yet")
                .get("/v1/accounts", Map.of())
                .path("accounts")
                .forEach(each -> ids.add(each.path("id").asString("")));
        if (ids.size() != 1) {
            throw CommandFailed.wrongInput(
                    ids.isEmpty() ? "the engine has no accounts" : "which account? Name it with -a: " + listed(ids));
        }
        account = ids.get(0);
        return ids.get(0);
    }

    EngineClient connect(Surroundings surroundings) {
        return running(surroundings).orElseThrow(() -> CommandFailed.failed(notRunning()));
    }

    /**
     * Empty when no engine runs: then the state directory is free.
     *
     * @throws CommandFailed when one runs that cannot be spoken to
     */
    Optional<EngineClient> running(Surroundings surroundings) {
        Path state = state();
        Optional<ControlFile> endpoint = ControlFile.read(state);
        // A dead engine's port may be somebody else's by now.
        if (endpoint.isEmpty() || !isAlive(endpoint.get().pid(), surroundings)) {
            holder(state).ifPresent(pid -> {
                throw CommandFailed.failed("the engine of " + shown() + " (process " + pid
                        + ") runs without its control endpoint. If it is a `wxflux run`, stop it and start it with "
                        + start() + "; if it is an application of your own, ask that: engine.deadLetters(),"
                        + " engine.trace() and the like, or let it open the endpoint (ControlServer)");
            });
            return Optional.empty();
        }
        EngineClient connected = new EngineClient(endpoint.get(), surroundings.stop(), notRunning());
        engine = connected;
        return Optional.of(connected);
    }

    /** The state directory of the configuration. */
    Path state() {
        return RunnerConfig.stateOf(existing());
    }

    /** All of the configuration. */
    RunnerConfig config() {
        return RunnerConfig.load(existing());
    }

    private Path existing() {
        if (!Files.exists(file)) {
            throw CommandFailed.wrongInput(
                    "there is no " + shown() + "; name the configuration the engine runs with: -c FILE");
        }
        return file;
    }

    /** Of an account, if somebody chose one. */
    Optional<String> chosen() {
        return Optional.ofNullable(account);
    }

    private String notRunning() {
        return "no engine is running for " + shown() + ": start it with " + start();
    }

    private String start() {
        return "`" + System.getProperty("wxflux.command", "./wxflux") + " run " + shown() + " --control`";
    }

    private String shown() {
        return TerminalText.line(file.toString(), 500);
    }

    private static String listed(List<String> ids) {
        return TerminalText.line(ids.stream().limit(20).collect(Collectors.joining(", ")), 2_000)
                + (ids.size() > 20 ? ", ..." : "");
    }

    /** In containers all engines and all commands are process 1: our own number was that of an engine that was killed. */
    private static boolean isAlive(long pid, Surroundings surroundings) {
        boolean own =
                surroundings.ownsProcess() && pid == ProcessHandle.current().pid();
        return !own && ProcessHandle.of(pid).isPresent();
    }

    /** The process that holds the state directory, as far as can be told from outside. */
    static Optional<Long> holder(Path state) {
        try {
            String pid = Files.readString(state.resolve("lock"), StandardCharsets.US_ASCII)
                    .strip();
            return pid.matches("\\d{1,18}")
                    ? ProcessHandle.of(Long.parseLong(pid))
                            .filter(process ->
                                    process.pid() != ProcessHandle.current().pid())
                            .filter(process -> process.info()
                                    .command()
                                    .map(command -> command.contains("java"))
                                    .orElse(true))
                            .map(ProcessHandle::pid)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
