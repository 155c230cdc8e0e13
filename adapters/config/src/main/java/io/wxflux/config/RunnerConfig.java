package io.wxflux.config;

import io.wxflux.EngineOptions;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.ContactOptions;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.JournalBounds;
import io.wxflux.options.LoginOptions;
import io.wxflux.options.SendOptions;
import io.wxflux.sink.EventSink;
import io.wxflux.sink.SinkSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A configuration file, checked. Immutable.
 *
 * @param state absolute
 * @param sinks at least one: a file without any gets a console sink named {@code console}
 * @param accounts at least one, each id once
 */
public record RunnerConfig(
        Path state,
        HttpOptions http,
        LoginOptions login,
        DeliveryOptions delivery,
        JournalBounds journal,
        EncryptionConfig encryption,
        SendOptions sending,
        ContactOptions contacts,
        ControlConfig control,
        List<SinkConfig> sinks,
        List<AccountSpec> accounts) {
    public RunnerConfig {
        sinks = List.copyOf(sinks);
        accounts = List.copyOf(accounts);
    }

    /**
     * Reads a file; relative paths in it are relative to its directory. Opens no connection and creates nothing.
     *
     * @throws io.wxflux.error.ConfigurationException naming every problem, one a line, with file, line and column
     */
    public static RunnerConfig load(Path file) {
        return ConfigFile.load(file, System::getenv);
    }

    /**
     * As {@link #load}, and looks whether a run could do what the file says: an unusable state directory, a sink whose
     * folder is missing and a native library that is missing are problems, too. Creates nothing either.
     *
     * @throws io.wxflux.error.ConfigurationException as {@link #load}
     */
    public static RunnerConfig check(Path file) {
        return ConfigFile.load(file, System::getenv, true);
    }

    /**
     * Where the engine of a file keeps its state: for programs that only want to find it, and need none of the variables
     * and files which the rest of the configuration names.
     *
     * @throws io.wxflux.error.ConfigurationException when the file cannot be read or says it wrongly
     */
    public static Path stateOf(Path file) {
        return ConfigFile.state(file, System::getenv);
    }

    /** The engine's options so far; the caller adds what only it knows, such as the coordinator. */
    public EngineOptions.Builder toEngineOptions(Function<SinkConfig, EventSink> factory) {
        EngineOptions.Builder options = EngineOptions.builder()
                .http(http)
                .login(login)
                .delivery(delivery)
                .journal(journal)
                .sending(sending)
                .contacts(contacts);
        accounts.forEach(options::account);
        for (SinkConfig sink : sinks) {
            SinkConfig.Delivery delivered = sink.delivery();
            options.sink(new SinkSpec(
                    sink.name(),
                    factory.apply(sink),
                    delivered.from(),
                    sink.qr(),
                    delivered.required(),
                    delivered.retry()));
        }
        return options;
    }
}
