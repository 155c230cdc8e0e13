package io.wxflux.config;

import io.wxflux.NativeLibraries;
import io.wxflux.options.ContactOptions;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.JournalBounds;
import io.wxflux.options.LoginOptions;
import io.wxflux.options.MissingLibrary;
import io.wxflux.options.Operation;
import io.wxflux.options.Pace;
import io.wxflux.options.SendOptions;
import io.wxflux.options.TlsProvider;
import io.wxflux.options.Transport;
import io.wxflux.options.WhenThrottled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** One file on its way to a {@link RunnerConfig}: bytes, tree, values, judgement. */
final class ConfigFile {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_ALIASES = 50;

    private final Path directory;
    private final Document document;
    private final boolean looksAround;

    private ConfigFile(Path directory, Document document, boolean looksAround) {
        this.directory = directory;
        this.document = document;
        this.looksAround = looksAround;
    }

    static RunnerConfig load(Path file, UnaryOperator<@Nullable String> environment) {
        return load(file, environment, false);
    }

    /** @param looksAround whether it also counts as a problem when a run could not write where the file says */
    static RunnerConfig load(Path file, UnaryOperator<@Nullable String> environment, boolean looksAround) {
        Problems problems = new Problems(file.toString());
        Node root = compose(file, problems);
        Path parent = file.toAbsolutePath().normalize().getParent();
        Path directory = parent == null ? file.toAbsolutePath() : parent;
        ConfigFile reader = new ConfigFile(directory, new Document(new Variables(environment), problems), looksAround);
        RunnerConfig config = reader.read(root, file.toAbsolutePath().normalize());
        problems.throwIfAny();
        return config;
    }

    /** The state directory alone: whatever else the file says may be wrong. */
    static Path state(Path file, UnaryOperator<@Nullable String> environment) {
        Problems problems = new Problems(file.toString());
        Node root = compose(file, problems);
        Path absolute = file.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        Variables variables = new Variables(environment);
        // What is wrong elsewhere is noted on a sheet that nobody reads.
        Document whole = new Document(variables, new Problems(file.toString()));
        List<Document.Entry> entries = whole.entries(root, "").stream()
                .filter(entry -> entry.name().equals(Keys.STATE.name()))
                .toList();
        Document document = new Document(variables, problems);
        Section top = document.read(entries, Place.START, "", List.of(Keys.STATE), "");
        Path state = new ConfigFile(parent == null ? absolute : parent, document, false)
                .resolve(top.or(Keys.STATE, "./state"), top, Keys.STATE);
        problems.throwIfAny();
        return state;
    }

    private RunnerConfig read(Node root, Path file) {
        Section top = document.section(root, "", Keys.of(""));
        HttpOptions http = http(top);
        LoginOptions login = login(top);
        DeliveryOptions delivery = delivery(top);
        SinkReader sinks = new SinkReader(this, document, file);
        List<SinkConfig> configured = sinks.read(top.node(Keys.SINKS));
        Path state = resolve(top.or(Keys.STATE, "./state"), top, Keys.STATE);
        lookAround(Surroundings::ofState, state, top, Keys.STATE);
        AccountReader accounts = new AccountReader(document, sinks.names());
        return new RunnerConfig(
                state,
                http,
                login,
                delivery,
                journal(top),
                new EncryptionReader(this, document)
                        .read(section(top, Keys.ENCRYPTION_SECTION), top.node(Keys.ENCRYPTION_SECTION) != null),
                sending(top),
                contacts(top),
                control(top),
                configured,
                accounts.read(top.node(Keys.ACCOUNTS)));
    }

    private HttpOptions http(Section top) {
        HttpOptions options = HttpOptions.defaults();
        Section section = section(top, Keys.HTTP_SECTION);
        String trust = section.get(Keys.TRUST);
        Path pem = trust == null ? null : resolve(trust, section, Keys.TRUST);
        if (pem != null) {
            checkCertificates(pem, section);
        }
        HttpOptions http = new HttpOptions(
                pem,
                section.get(Keys.CONNECT_TO),
                section.or(Keys.CONNECT_TIMEOUT, options.connectTimeout()),
                section.or(Keys.REQUEST_TIMEOUT, options.requestTimeout()),
                section.or(Keys.POLL_TIMEOUT, options.pollTimeout()),
                section.or(Keys.USER_AGENT, options.userAgent()),
                pushHosts(section),
                section.or(Keys.CONNECTIONS_PER_SECOND, options.connectionsPerSecond()),
                section.or(Keys.TRANSPORT, "nio").equals("native") ? Transport.NATIVE : Transport.NIO,
                section.or(Keys.TLS, "jdk").equals("openssl") ? TlsProvider.OPENSSL : TlsProvider.JDK);
        if (looksAround) {
            for (MissingLibrary missing : NativeLibraries.missing(http)) {
                Key<String> key = missing.key().endsWith(Keys.TLS.name()) ? Keys.TLS : Keys.TRANSPORT;
                document.problems.add(
                        section.placeOf(key), section.pathOf(key), missing.problem() + ": " + missing.remedy());
            }
        }
        return http;
    }

    private List<String> pushHosts(Section section) {
        Node list = section.node(Keys.PUSH_HOSTS);
        String path = section.pathOf(Keys.PUSH_HOSTS);
        List<Node> elements = list == null ? List.of() : document.elements(list, path);
        if (elements.size() > HttpOptions.MOST_PUSH_HOSTS) {
            document.problems.add(
                    section.placeOf(Keys.PUSH_HOSTS),
                    path,
                    "must be at most " + HttpOptions.MOST_PUSH_HOSTS + " hosts");
            return List.of();
        }
        var hosts = new ArrayList<String>();
        for (int i = 0; i < elements.size(); i++) {
            String host = document.scalar(Types.PUSH_HOST, elements.get(i), path + "[" + i + "]");
            if (host != null) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    private LoginOptions login(Section top) {
        LoginOptions options = LoginOptions.defaults();
        Section section = section(top, Keys.LOGIN_SECTION);
        return new LoginOptions(
                section.or(Keys.MAX_QR_CODES, options.maxQrCodes()),
                section.or(Keys.MAX_QR_CODES_PER_HOUR, options.maxQrCodesPerHour()),
                section.or(Keys.CONCURRENT_LOGINS, options.concurrentLogins()),
                section.or(Keys.LANGUAGE, options.language()),
                section.or(Keys.PUSH_LOGIN, options.pushLogin()),
                section.or(Keys.PUSH_WAIT, options.pushWait()),
                section.or(Keys.MIN_LOGIN_INTERVAL, options.minLoginInterval()),
                section.or(Keys.MAX_LOGINS_PER_HOUR, options.maxLoginsPerHour()),
                section.or(Keys.STARTS_PER_SECOND, options.startsPerSecond()));
    }

    private DeliveryOptions delivery(Section top) {
        DeliveryOptions options = DeliveryOptions.defaults();
        Section section = section(top, Keys.DELIVERY_SECTION);
        return new DeliveryOptions(
                section.or(Keys.TAIL_BYTES, (long) options.tailBytes()).intValue(),
                section.or(Keys.TOTAL_TAIL_BYTES, options.totalTailBytes()),
                section.or(Keys.MAX_BATCH, options.maxBatch()),
                section.or(Keys.ATTEMPTS, options.attempts()),
                section.or(Keys.ATTEMPTS_WITHIN, options.attemptsWithin()),
                section.or(Keys.MAX_BACKOFF, options.maxBackoff()),
                section.or(Keys.CURSOR_DELAY, options.cursorDelay()),
                section.or(Keys.DRAIN_TIMEOUT, options.drainTimeout()),
                section.or(Keys.WRITE_TIMEOUT, options.writeTimeout()));
    }

    private JournalBounds journal(Section top) {
        JournalBounds bounds = JournalBounds.defaults();
        Section section = section(top, Keys.JOURNAL_SECTION);
        return new JournalBounds(
                Math.max(1, section.or(Keys.JOURNAL_ACCOUNT_BYTES, bounds.accountBytes())),
                Math.max(1, section.or(Keys.JOURNAL_TOTAL_BYTES, bounds.totalBytes())));
    }

    private SendOptions sending(Section top) {
        SendOptions options = SendOptions.defaults();
        Section section = section(top, Keys.SENDING_SECTION);
        Pace messages = options.paces().of(Operation.SEND);
        return options.withPace(
                        Operation.SEND,
                        messages.withBurst(section.or(Keys.BURST, messages.burst()))
                                .withEvery(section.or(Keys.EVERY, messages.every())))
                .whenThrottled(
                        section.or(Keys.WHEN_THROTTLED, "fail").equals("wait")
                                ? WhenThrottled.WAIT
                                : WhenThrottled.FAIL)
                .withOutbox(
                        section.or(Keys.OUTBOX_MESSAGES, options.outboxMessages()),
                        Math.max(1, section.or(Keys.OUTBOX_BYTES, options.outboxBytes())));
    }

    private ContactOptions contacts(Section top) {
        Section section = section(top, Keys.CONTACTS_SECTION);
        return new ContactOptions(
                section.or(Keys.CACHE_BYTES, ContactOptions.defaults().cacheBytes()));
    }

    private ControlConfig control(Section top) {
        Section section = section(top, Keys.CONTROL_SECTION);
        return new ControlConfig(
                section.or(Keys.CONTROL_ENABLED, ControlConfig.DEFAULT.enabled()),
                section.or(Keys.CONTROL_PORT, ControlConfig.DEFAULT.port()));
    }

    private Section section(Section top, Key<String> key) {
        Node node = top.node(key);
        return node == null
                ? new Section(key.name(), top.place(), Map.of(), List.of())
                : document.section(node, key.name(), Keys.of(key.name()));
    }

    /** Absolute, relative to the file's own directory and not to wherever somebody stands. */
    Path resolve(String text, Section section, Key<?> key) {
        try {
            return directory.resolve(text).normalize();
        } catch (InvalidPathException e) {
            document.problems.add(section.placeOf(key), section.pathOf(key), "must be a path: " + e.getReason());
            return directory;
        }
    }

    /** Only where it was asked for. */
    void lookAround(Function<Path, @Nullable String> look, Path path, Section section, Key<?> key) {
        String problem = looksAround ? look.apply(path) : null;
        if (problem != null) {
            document.problems.add(section.placeOf(key), section.pathOf(key), problem);
        }
    }

    private void checkCertificates(Path pem, Section section) {
        String problem;
        try (InputStream in = Files.newInputStream(pem)) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty()) {
                return;
            }
            problem = "holds no certificate";
        } catch (CertificateException e) {
            problem = "is no file of PEM certificates";
        } catch (IOException e) {
            problem = Files.exists(pem) ? "cannot be read" : "does not exist";
        }
        document.problems.add(
                section.placeOf(Keys.TRUST), section.pathOf(Keys.TRUST), Quote.of(pem.toString()) + " " + problem);
    }

    private static Node compose(Path file, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setCodePointLimit(MAX_BYTES)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setAllowDuplicateKeys(true) // found by our own walk, all of them
                .build();
        try {
            return new Compose(settings)
                    .composeString(text(file, problems))
                    .orElseThrow(() -> failed(problems, Place.START, "the file is empty; it needs at least accounts"));
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(Place::of).orElse(Place.START);
            String hint = e.getProblem().contains("\\t") ? "; indent with spaces, not tabs" : "";
            // What it adds in brackets is the hint once more.
            String said = hint.isEmpty() ? e.getProblem() : e.getProblem().replaceFirst("[ .]*\\(Do not use.*", "");
            throw failed(problems, place, "not YAML: " + Quote.plain(said) + hint);
        } catch (YamlEngineException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw failed(problems, Place.START, "not YAML: " + Quote.plain(reason));
        } catch (StackOverflowError e) {
            throw failed(problems, Place.START, "not a configuration: nested too deep");
        }
    }

    private static String text(Path file, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                throw failed(problems, Place.START, "is a directory, not a configuration file");
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
            if (bytes.length > MAX_BYTES) {
                throw failed(problems, Place.START, "larger than 1 MiB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw failed(problems, Place.START, "not UTF-8 text");
        } catch (IOException e) {
            String reason = Files.exists(file) ? "cannot be read" : "there is no such file";
            throw failed(problems, Place.START, reason);
        }
    }

    private static RuntimeException failed(Problems problems, Place place, String text) {
        problems.add(place, "", text);
        return problems.exception();
    }
}
