package io.wxflux.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wxflux.EngineOptions;
import io.wxflux.error.ConfigurationException;
import io.wxflux.model.Uin;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.JournalBounds;
import io.wxflux.options.LoginMode;
import io.wxflux.options.LoginOptions;
import io.wxflux.options.Operation;
import io.wxflux.options.Pace;
import io.wxflux.options.Secret;
import io.wxflux.options.SendOptions;
import io.wxflux.options.SinkRetry;
import io.wxflux.options.TlsProvider;
import io.wxflux.options.Transport;
import io.wxflux.options.WhenThrottled;
import io.wxflux.sink.SinkSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

class RunnerConfigTests {
    private static final String ONE = "accounts: [{ id: alice }]\n";

    @TempDir
    Path directory;

    @Test
    void theContractsExampleIsRead() {
        RunnerConfig config = load("""
                state: ./state
                http:
                  connect-to: 127.0.0.1:9443
                sinks:
                  archive: { type: file, path: ./events.ndjson }
                  screen:  { type: console }
                accounts:
                  - id: alice
                    uin: 1234567890
                    mode: web
                    sinks: [archive, screen]
                  - id: no
                    mode: desktop
                    desktop: { extspam: Z2hvc3Q=, client-version: 2.0.0 }
                """);
        assertThat(config.state()).isEqualTo(directory.resolve("state"));
        assertThat(config.http().connectTo()).isEqualTo(InetSocketAddress.createUnresolved("127.0.0.1", 9443));
        assertThat(config.sinks())
                .containsExactly(
                        new SinkConfig.File(
                                "archive", SinkConfig.Delivery.USUAL, false, directory.resolve("events.ndjson")),
                        new SinkConfig.Console("screen", SinkConfig.Delivery.USUAL, true, SinkConfig.Color.AUTO));
        AccountSpec alice = config.accounts().get(0);
        assertThat(alice.uin()).isEqualTo(new Uin(1234567890));
        assertThat(alice.sinks()).containsExactlyInAnyOrder("archive", "screen");
        AccountSpec no = config.accounts().get(1);
        assertThat(no.id().value()).as("no truth value of YAML 1.1").isEqualTo("no");
        assertThat(no.mode()).isInstanceOfSatisfying(LoginMode.Desktop.class, desktop -> {
            assertThat(desktop.extspam().reveal()).isEqualTo("Z2hvc3Q=");
            assertThat(desktop.clientVersion()).isEqualTo("2.0.0");
        });
        assertThat(no.sinks()).as("all").isEmpty();
    }

    @Test
    void theControlEndpointIsOffUnlessAskedFor() {
        assertThat(load(ONE).control()).isEqualTo(new ControlConfig(false, 0));
        assertThat(load("control: { enabled: true }\n" + ONE).control()).isEqualTo(new ControlConfig(true, 0));
        assertThat(load("control: { port: 7000 }\n" + ONE).control()).isEqualTo(new ControlConfig(false, 7000));
    }

    @Test
    void theStateIsFoundWhateverElseIsWrong() throws IOException {
        Path file = Files.writeString(
                directory.resolve("accounts.yaml"),
                "state: ./here\nhttp: { trust: gone.pem }\naccounts: [{ uin: '${NO}' }]\n");
        assertThat(RunnerConfig.stateOf(file)).isEqualTo(directory.resolve("here"));
        Files.writeString(file, "sinks: 5\n");
        assertThat(RunnerConfig.stateOf(file)).isEqualTo(directory.resolve("state"));
        Files.writeString(file, "state: [a]\n");
        assertThatThrownBy(() -> RunnerConfig.stateOf(file)).hasMessageContaining(":1:8: state: must be");
    }

    @Test
    void leftOutKeysTakeTheOptionsDefaultsAndAConsoleSink() {
        RunnerConfig config = load(ONE);
        assertThat(config.http()).isEqualTo(HttpOptions.defaults());
        assertThat(config.login()).isEqualTo(LoginOptions.defaults());
        assertThat(config.delivery()).isEqualTo(DeliveryOptions.defaults());
        assertThat(config.state()).isEqualTo(directory.resolve("state"));
        assertThat(config.sinks())
                .containsExactly(
                        new SinkConfig.Console("console", SinkConfig.Delivery.USUAL, true, SinkConfig.Color.AUTO));
    }

    @Test
    void sendsAndContactsAreBoundedAsTheFileSays() {
        RunnerConfig config = load(ONE + """

                sending: { burst: 5, every: 10s, when-throttled: wait, outbox-messages: 7, outbox-bytes: 64KiB }
                contacts: { cache-bytes: 1MiB }
                """);
        Pace messages = config.sending().paces().of(Operation.SEND);
        assertThat(messages.burst()).isEqualTo(5);
        assertThat(messages.every()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.sending().whenThrottled()).isEqualTo(WhenThrottled.WAIT);
        assertThat(config.sending().outboxMessages()).isEqualTo(7);
        assertThat(config.sending().outboxBytes()).isEqualTo(64 * 1024);
        assertThat(config.contacts().cacheBytes()).isEqualTo(1 << 20);
        assertThat(config.sending().paces().of(Operation.ROOM_CREATE))
                .isEqualTo(SendOptions.defaults().paces().of(Operation.ROOM_CREATE));
        EngineOptions options =
                config.toEngineOptions(sink -> batch -> Mono.empty()).build();
        assertThat(options.sending()).isEqualTo(config.sending());
        assertThat(options.contacts()).isEqualTo(config.contacts());
        assertThat(problems(ONE + "\nsending: { burst: 0, when-throttled: never }\n"))
                .hasSize(2);
    }

    @Test
    void sevenMistakesAreAllNamedWithLineAndColumn() {
        assertThat(problems("""
                sate: ./x
                http:
                  poll-timout: 35s
                  connect-to: localhost
                sinks:
                  archive: { type: file, path: a.ndjson }
                  again: { type: file, path: ./a.ndjson }
                accounts:
                  - id: alice
                    mode: dekstop
                  - id: alice
                    sinks: [archiv]
                """))
                .containsExactly(
                        ":1:1: sate: unknown key; did you mean state?",
                        ":3:3: http.poll-timout: unknown key; did you mean poll-timeout?",
                        ":4:15: http.connect-to: must be host:port such as 127.0.0.1:9443 or [::1]:9443, with a port"
                                + " from 1 to 65535, not \"localhost\"",
                        ":7:30: sinks.again.path: the same file as sinks.archive; a file has one writer",
                        ":10:11: accounts[0].mode: must be web or desktop, not \"dekstop\"; did you mean desktop?",
                        ":11:9: accounts[1].id: the same id as accounts[0]",
                        ":12:13: accounts[1].sinks[0]: there is no sink \"archiv\"; did you mean archive?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    state: 5: 6                       | 1:9: not YAML: mapping values are not allowed here
                    http: { connect-timeout: 5 }      | 1:26: http.connect-timeout: must be a duration such as 250ms, 5s, 2m or 1h, not "5"
                    http: { connect-timeout: 1h }     | 1:26: http.connect-timeout: must be from 10ms to 5m, not "1h"
                    http: { trust: no.pem }           | does not exist
                    http: { user-agent: "" }          | 1:21: http.user-agent: must be one printable line, not ""
                    http: 5                           | 1:7: http: must be keys and values, not one value
                    http:                             | 1:6: http: has no value; leave the key out for its default
                    login: { max-qr-codes: 51 }       | 1:24: login.max-qr-codes: must be a whole number from 1 to 50, not "51"
                    login: { push-login: yes }        | 1:22: login.push-login: must be true or false, not "yes"
                    login: { language: en }           | must be zh_CN or en_US
                    delivery: { tail-bytes: 2GiB }    | must be at most 1GiB, not "2GiB"
                    delivery: { attempts: 3, attempts: 4 } | 1:26: delivery.attempts: this key stands twice; the first is in line 1
                    state: ~/x                        | 1:8: state: ~ is not expanded here
                    sinks: { a: { type: file } }      | 1:10: sinks.a.path: is missing
                    sinks: { a: { path: x } }         | 1:10: sinks.a.type: is missing
                    sinks: { a: { type: kafka } }     | must be file or console, not "kafka"
                    sinks: { a: { type: console, path: x } } | 1:30: sinks.a.path: has no meaning for a console sink, only for file
                    sinks: { a b: { type: console } } | 1:10: sinks.a b: a sink's name is
                    sinks: [a]                        | 1:8: sinks: must be keys and values, not a list
                    state: ${NOT_SET}                 | 1:8: state: the environment variable NOT_SET is not set
                    state: ${NOT SET}                 | 1:8: state: ${ must be followed by the name
                    """)
    void aMistakeIsNamedWithItsPlaceAndRule(String line, String expected) {
        assertThat(problems(line + "\n" + ONE)).singleElement().asString().contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    accounts: []                              | 1:11: accounts: must hold at least one account
                    state: x                                  | 1:1: accounts: is missing
                    accounts: [{ uin: 5 }]                    | 1:12: accounts[0].id: is missing
                    accounts: [{ id: a b }]                   | accounts[0].id: must be 1 to 64 of
                    accounts: [{ id: a, uin: -1 }]            | accounts[0].uin: must be a positive whole number, not "-1"
                    accounts: [{ id: a, uin: 1 }, { id: b, uin: 1 }] | 1:45: accounts[1].uin: the same uin as accounts[0]
                    accounts: [{ id: a, sinks: [] }]          | must name at least one sink
                    accounts: [{ id: a, sinks: [console, console] }] | accounts[0].sinks[1]: named twice
                    accounts: [{ id: a, mode: desktop }]      | 1:27: accounts[0].mode: desktop needs a block
                    accounts: [{ id: a, desktop: { extspam: eA==, client-version: 2 } }] | accounts[0].desktop: has no meaning in web mode
                    accounts: [{ id: a, mode: desktop, desktop: { extspam: eA== } }] | accounts[0].desktop.client-version: is missing
                    accounts: [{ id: a, mode: desktop, desktop: { extspam: "c4nary!", client-version: 2 } }] | 1:56: accounts[0].desktop.extspam: must be base64, on one line
                    accounts: [alice]                         | 1:12: accounts[0]: must be keys and values, not one value
                    """)
    void aMistakeInAnAccountIsNamed(String line, String expected) {
        assertThat(problems(line + "\n")).singleElement().asString().contains(expected);
    }

    @Test
    void aTabIsNamedWithItsPlace() {
        assertThat(problems("http:\n\tconnect-timeout: 5s\n" + ONE))
                .singleElement()
                .asString()
                .startsWith(":2:1: not YAML:")
                .endsWith("indent with spaces, not tabs")
                .doesNotContain("Do not use", "...");
    }

    @Test
    void variablesFillValuesAndAreNeverEchoed() {
        RunnerConfig config = load(
                "state: ${ROOT}/state\naccounts: [{ id: \"a-${N}\" }, { id: b, mode: desktop,"
                        + " desktop: { extspam: \"${SPAM}\", client-version: \"$${x\" } }]\n",
                Map.of("ROOT", "/srv", "N", "1", "SPAM", "s3cret"));
        assertThat(config.state()).isEqualTo(Path.of("/srv/state"));
        assertThat(config.accounts().get(0).id().value()).isEqualTo("a-1");
        assertThat(config.accounts().get(1).mode()).isInstanceOfSatisfying(LoginMode.Desktop.class, desktop -> {
            assertThat(desktop.extspam().reveal()).isEqualTo("s3cret");
            assertThat(desktop.clientVersion()).isEqualTo("${x");
        });
        assertThat(config.toString()).doesNotContain("s3cret");

        assertThat(problems("http: { connect-timeout: \"${T}\" }\n" + ONE, Map.of("T", "canary\u001b[2J")))
                .singleElement()
                .asString()
                .contains("must be a duration")
                .doesNotContain("canary");
    }

    @Test
    void aSecretIsNotEchoedHoweverWrong() {
        String canary = "c4nary";
        for (String value :
                new String[] {"\"  \"", "[" + canary + "]", "{ a: " + canary + " }", "\"${" + "NONE}" + canary + "\""
                }) {
            assertThat(problems("accounts: [{ id: a, mode: desktop, desktop: { client-version: 2, extspam: " + value
                            + " } }]\n"))
                    .hasSize(1)
                    .noneMatch(problem -> problem.contains(canary));
        }
    }

    @Test
    void controlCharactersOfTheFileDoNotReachTheTerminal() {
        assertThat(problems("\"\\e[2J\\u202e\": 1\n" + ONE))
                .singleElement()
                .asString()
                .contains("\\u001b[2J\\u202e")
                .doesNotContain("\u001b");
    }

    @Test
    void hugeNestedAndAliasedFilesAreRefused() {
        assertThat(problems("#".repeat(1024 * 1024 + 1))).containsExactly(":1:1: larger than 1 MiB");
        assertThat(problems("")).containsExactly(":1:1: the file is empty; it needs at least accounts");
        assertThat(problems("[".repeat(50_000))).singleElement().asString().startsWith(":1:");
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]\n");
        }
        assertThat(problems(bomb + ONE)).singleElement().asString().contains("aliases");
    }

    @Test
    void filesThatAreNoTextOrNotThereAreNamed() throws IOException {
        Path file = directory.resolve("latin.yaml");
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xe9});
        assertThat(thrown(file, Map.of())).isEqualTo(file + ":1:1: not UTF-8 text");
        assertThat(thrown(directory.resolve("none.yaml"), Map.of())).endsWith(":1:1: there is no such file");
        assertThat(thrown(directory, Map.of())).endsWith(":1:1: is a directory, not a configuration file");
    }

    @Test
    void trustIsRelativeToTheFileAndMustHoldCertificates() throws IOException {
        Files.writeString(directory.resolve("ca.pem"), "no certificate");
        assertThat(problems("http: { trust: ca.pem }\n" + ONE))
                .singleElement()
                .asString()
                .contains("ca.pem\" ")
                .contains("certificate");
    }

    @Test
    void everyKeyCanBeSet() {
        RunnerConfig config = load("""
                http: { connect-timeout: 1s, request-timeout: 2s, poll-timeout: 3.5s, user-agent: x,
                        push-hosts: [webpush2.wx.qq.com], connections-per-second: 7,
                        transport: native, tls: openssl }
                login: { max-qr-codes: 1, max-qr-codes-per-hour: 2, concurrent-logins: 3, language: en_US,
                         push-login: false, push-wait: 4m, min-login-interval: 0s,
                         max-logins-per-hour: 4, starts-per-second: 5 }
                delivery: { tail-bytes: 1KiB, total-tail-bytes: 2MiB, max-batch: 3, attempts: 4, attempts-within: 5s,
                            max-backoff: 9s, cursor-delay: 6ms, drain-timeout: 7s, write-timeout: 8s }
                journal: { account-bytes: 9KiB, total-bytes: 10KiB }
                sinks: { c: { type: console, color: never, from: earliest, qr: false, required: false, attempts: 5,
                              attempts-within: 11s, max-backoff: 12s, write-timeout: 13s } }
                accounts: [{ id: alice }]
                """);
        assertThat(config.journal()).isEqualTo(new JournalBounds(9 * 1024, 10 * 1024));
        assertThat(config.http())
                .isEqualTo(new HttpOptions(
                        null,
                        null,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(3500),
                        "x",
                        List.of("webpush2.wx.qq.com"),
                        7,
                        Transport.NATIVE,
                        TlsProvider.OPENSSL));
        assertThat(config.login())
                .isEqualTo(new LoginOptions(1, 2, 3, "en_US", false, Duration.ofMinutes(4), Duration.ZERO, 4, 5));
        assertThat(config.delivery())
                .isEqualTo(new DeliveryOptions(
                        1024,
                        2 * 1024 * 1024,
                        3,
                        4,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(9),
                        Duration.ofMillis(6),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8)));
        assertThat(config.sinks())
                .containsExactly(new SinkConfig.Console(
                        "c",
                        new SinkConfig.Delivery(
                                SinkSpec.From.EARLIEST,
                                false,
                                SinkRetry.usual()
                                        .withAttempts(5, Duration.ofSeconds(11))
                                        .withMaxBackoff(Duration.ofSeconds(12))
                                        .withWriteTimeout(Duration.ofSeconds(13))),
                        false,
                        SinkConfig.Color.NEVER));
    }

    private static final String KEY = "Q6x1Lx0T3qz0z0D1wz1Zz5QvJm4n0d2Hk7yB8c9e1fA=";

    @Test
    void theKeyOfTheStateDirectoryIsInTheTextOrInAFileThatNobodyElseCanRead() throws IOException {
        assertThat(load("accounts: [{ id: alice }]").encryption()).isEqualTo(new EncryptionConfig(null, null));
        assertThat(load("encryption: { key: \"" + KEY + "\" }\naccounts: [{ id: alice }]")
                        .encryption()
                        .key())
                .isEqualTo(Secret.of(KEY));

        Path file = Files.writeString(directory.resolve("key"), KEY + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String both = "encryption: { key-file: key, old-key-file: key }\naccounts: [{ id: alice }]";
        assertThat(load(both).encryption()).isEqualTo(new EncryptionConfig(Secret.of(KEY), Secret.of(KEY)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> load(both)).hasMessageContaining("rw-r-----").hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "c2hvcnQ-canary");
        assertThatThrownBy(() -> load(both))
                .hasMessageContaining("32 bytes in base64")
                .hasMessageNotContaining("canary");
        Files.delete(file);
        assertThatThrownBy(() -> load(both))
                .hasMessageContaining("does not exist")
                .hasMessageContaining("openssl");
        assertThatThrownBy(() -> load("encryption: { key: canary }\naccounts: [{ id: alice }]"))
                .hasMessageContaining("encryption.key")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> load("accounts: [{ id: alice }]\nencryption: {}"))
                .hasMessageContaining("2:13: encryption: names no key")
                .hasMessageContaining("`key-file`");
        assertThatThrownBy(() -> load("accounts: [{ id: alice }]\nencryption:")).hasMessageContaining("encryption: ");
        assertThatThrownBy(() -> load("encryption: { old-key-file: key }\naccounts: [{ id: alice }]"))
                .hasMessageContaining("needs the new key");
        assertThatThrownBy(() -> load("encryption: { key: \"" + KEY + "\", key-file: key }\naccounts: [{ id: alice }]"))
                .hasMessageContaining("leave one of them out");
    }

    @Test
    void theTableNamesEveryKey() {
        assertThat(KeyTable.markdown().lines().skip(2)).hasSize(Keys.ALL.size());
        assertThat(KeyTable.markdown())
                .contains("| `http.poll-timeout` | duration | 35s |")
                .contains("| `delivery.tail-bytes` | size | 256KiB |")
                .contains("| `accounts[].desktop.extspam` | secret | required |");
    }

    private RunnerConfig load(String yaml) {
        return load(yaml, Map.of());
    }

    private RunnerConfig load(String yaml, Map<String, String> environment) {
        return ConfigFile.load(write(yaml), environment::get);
    }

    private String[] problems(String yaml) {
        return problems(yaml, Map.of());
    }

    private String[] problems(String yaml, Map<String, String> environment) {
        Path file = write(yaml);
        return thrown(file, environment)
                .lines()
                .map(line -> line.replace(file.toString(), ""))
                .toArray(String[]::new);
    }

    private static String thrown(Path file, Map<String, String> environment) {
        ConfigurationException error =
                catchThrowableOfType(ConfigurationException.class, () -> ConfigFile.load(file, environment::get));
        assertThat(error).as("accepted").isNotNull();
        return String.valueOf(error.getMessage());
    }

    private Path write(String yaml) {
        try {
            return Files.write(directory.resolve("accounts.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
