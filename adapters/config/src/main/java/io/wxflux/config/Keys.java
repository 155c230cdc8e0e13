package io.wxflux.config;

import static io.wxflux.config.Key.REQUIRED;

import io.wxflux.model.Uin;
import io.wxflux.options.ContactOptions;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.JournalBounds;
import io.wxflux.options.LoginOptions;
import io.wxflux.options.Operation;
import io.wxflux.options.Pace;
import io.wxflux.options.Secret;
import io.wxflux.options.SendOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Every key there is. Defaults are read from the options themselves. */
final class Keys {
    private static final HttpOptions HTTP = HttpOptions.defaults();
    private static final LoginOptions LOGIN = LoginOptions.defaults();
    private static final DeliveryOptions DELIVERY = DeliveryOptions.defaults();
    private static final JournalBounds JOURNAL = JournalBounds.defaults();
    private static final SendOptions SENDING = SendOptions.defaults();
    private static final Pace MESSAGES = SENDING.paces().of(Operation.SEND);
    private static final Duration ZERO = Duration.ZERO;

    private static final Type<Integer> TIMES = Types.number(1, 1_000);
    private static final Type<Duration> SPREAD = Types.duration(ZERO, Duration.ofHours(24));
    private static final Type<Duration> BACKOFF = Types.duration(DeliveryOptions.FIRST_BACKOFF, Duration.ofHours(24));
    private static final Type<Duration> WRITE = Types.duration(Duration.ofMillis(100), Duration.ofHours(24));

    static final Key<String> STATE = new Key<>(
            "",
            "state",
            Types.PATH,
            "./state",
            "Directory of sessions, journal, cursors and dead letters; made with mode 0700.");
    static final Key<String> HTTP_SECTION = section("http", "Settings of the network.");
    static final Key<String> LOGIN_SECTION = section("login", "Bounds of signing in.");
    static final Key<String> DELIVERY_SECTION = section("delivery", "Bounds of delivery to the sinks.");
    static final Key<String> JOURNAL_SECTION =
            section("journal", "How much is kept for sinks that lag, before accounts are parked.");
    static final Key<String> ENCRYPTION_SECTION = new Key<>(
            "",
            "encryption",
            Type.container("keys", Type.Shape.MAPPING),
            "none",
            "Encrypts the journal in the state directory: sessions, messages, contacts.");
    static final Key<String> SENDING_SECTION = section("sending", "How fast accounts send, and what waits.");
    static final Key<String> CONTACTS_SECTION = section("contacts", "Bounds of what is known of contacts.");
    static final Key<String> CONTROL_SECTION =
            section("control", "The endpoint of this machine that `send`, `chat` and the other commands use.");
    static final Key<String> SINKS = new Key<>(
            "",
            "sinks",
            Type.container("names with settings", Type.Shape.MAPPING),
            "one console sink",
            "Where events go. The name is the name of the cursor: keep it, and nothing is delivered twice or left out.");
    static final Key<String> ACCOUNTS =
            new Key<>("", "accounts", Type.container("list", Type.Shape.LIST), REQUIRED, "The accounts; at least one.");

    static final Key<String> TRUST =
            new Key<>("http", "trust", Types.PATH, "none", "PEM certificates trusted in addition to the system's.");
    static final Key<InetSocketAddress> CONNECT_TO = new Key<>(
            "http",
            "connect-to",
            Types.ADDRESS_AND_PORT,
            "none",
            "Every connection goes there; Host header, SNI and name checks keep the real names.");
    static final Key<Duration> CONNECT_TIMEOUT = new Key<>(
            "http",
            "connect-timeout",
            Types.duration(Duration.ofMillis(10), Duration.ofMinutes(5)),
            Types.show(HTTP.connectTimeout()),
            "Time to connect and finish the TLS handshake.");
    static final Key<Duration> REQUEST_TIMEOUT = new Key<>(
            "http",
            "request-timeout",
            Types.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            Types.show(HTTP.requestTimeout()),
            "Deadline of an ordinary request, headers and body.");
    static final Key<Duration> POLL_TIMEOUT = new Key<>(
            "http",
            "poll-timeout",
            Types.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
            Types.show(HTTP.pollTimeout()),
            "Deadline of a long poll, which the server holds for about 25 s.");
    static final Key<String> USER_AGENT =
            new Key<>("http", "user-agent", Types.LINE, "a Chrome", "The browser we look like.");
    static final Key<String> PUSH_HOSTS = new Key<>(
            "http",
            "push-hosts",
            Type.container("list of hosts", Type.Shape.LIST),
            "none",
            "Further hosts for the long poll, tried last; below qq.com or wechat.com.");
    static final Key<Integer> CONNECTIONS_PER_SECOND = new Key<>(
            "http",
            "connections-per-second",
            Types.number(1, 100_000),
            String.valueOf(HTTP.connectionsPerSecond()),
            "New long-poll connections to one host when many accounts change to it or come back.");
    static final Key<String> TRANSPORT = new Key<>(
            "http",
            "transport",
            Types.choice("nio", "native"),
            "nio",
            "Whose event loops carry the connections: Java's, or the system's (epoll, kqueue) by a native library.");
    static final Key<String> TLS = new Key<>(
            "http",
            "tls",
            Types.choice("jdk", "openssl"),
            "jdk",
            "Whose TLS protects them: Java's, or OpenSSL's by a native library that you add.");

    static final Key<Integer> MAX_QR_CODES = new Key<>(
            "login",
            "max-qr-codes",
            Types.number(1, 50),
            String.valueOf(LOGIN.maxQrCodes()),
            "QR codes shown in one login before the account waits for its owner.");
    static final Key<Integer> MAX_QR_CODES_PER_HOUR = new Key<>(
            "login",
            "max-qr-codes-per-hour",
            Types.number(1, 120),
            String.valueOf(LOGIN.maxQrCodesPerHour()),
            "QR codes of one account in any hour, over restarts too.");
    static final Key<Integer> CONCURRENT_LOGINS = new Key<>(
            "login",
            "concurrent-logins",
            Types.number(1, 1_000),
            String.valueOf(LOGIN.concurrentLogins()),
            "Accounts that sign in or resume at the same time.");
    static final Key<String> LANGUAGE = new Key<>(
            "login",
            "language",
            Types.choice("zh_CN", "en_US"),
            LOGIN.language(),
            "Language of error texts and system messages.");
    static final Key<Boolean> PUSH_LOGIN = new Key<>(
            "login",
            "push-login",
            Types.SWITCH,
            String.valueOf(LOGIN.pushLogin()),
            "Ask a known account on its phone first, without a code.");
    static final Key<Duration> PUSH_WAIT = new Key<>(
            "login",
            "push-wait",
            Types.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
            Types.show(LOGIN.pushWait()),
            "How long the phone's answer is awaited before a code is shown.");
    static final Key<Duration> MIN_LOGIN_INTERVAL = new Key<>(
            "login",
            "min-login-interval",
            Types.duration(Duration.ZERO, Duration.ofHours(1)),
            Types.show(LOGIN.minLoginInterval()),
            "From one login of an account to its next, over restarts too.");
    static final Key<Integer> MAX_LOGINS_PER_HOUR = new Key<>(
            "login",
            "max-logins-per-hour",
            Types.number(1, 120),
            String.valueOf(LOGIN.maxLoginsPerHour()),
            "Logins of one account in any hour, over restarts too.");
    static final Key<Integer> STARTS_PER_SECOND = new Key<>(
            "login",
            "starts-per-second",
            Types.number(1, 10_000),
            String.valueOf(LOGIN.startsPerSecond()),
            "Accounts that begin to sign in or resume in any second.");

    static final Key<Long> TAIL_BYTES = new Key<>(
            "delivery",
            "tail-bytes",
            Types.bytes(1L << 30),
            Types.show((long) DELIVERY.tailBytes()),
            "Newest journal bytes kept in memory for each account.");
    static final Key<Long> TOTAL_TAIL_BYTES = new Key<>(
            "delivery",
            "total-tail-bytes",
            Types.bytes(1L << 40),
            Types.show(DELIVERY.totalTailBytes()),
            "Memory of all accounts together for these, events made of them and pages on their way to a sink.");
    static final Key<Integer> MAX_BATCH = new Key<>(
            "delivery",
            "max-batch",
            Types.number(1, 100_000),
            String.valueOf(DELIVERY.maxBatch()),
            "Events handed to a sink at once.");
    static final Key<Integer> ATTEMPTS = new Key<>(
            "delivery",
            "attempts",
            TIMES,
            String.valueOf(DELIVERY.attempts()),
            "How often an event that a sink rejects is offered before it becomes a dead letter.");
    static final Key<Duration> ATTEMPTS_WITHIN = new Key<>(
            "delivery",
            "attempts-within",
            SPREAD,
            Types.show(DELIVERY.attemptsWithin()),
            "The time those attempts are spread over.");
    static final Key<Duration> MAX_BACKOFF = new Key<>(
            "delivery",
            "max-backoff",
            BACKOFF,
            Types.show(DELIVERY.maxBackoff()),
            "The longest wait between tries while a sink is down; it is tried for ever.");
    static final Key<Duration> CURSOR_DELAY = new Key<>(
            "delivery",
            "cursor-delay",
            Types.duration(ZERO, Duration.ofMinutes(1)),
            Types.show(DELIVERY.cursorDelay()),
            "How late a sink's cursor may become durable.");
    static final Key<Duration> DRAIN_TIMEOUT = new Key<>(
            "delivery",
            "drain-timeout",
            Types.duration(ZERO, Duration.ofMinutes(10)),
            Types.show(DELIVERY.drainTimeout()),
            "How long a stop waits for the sinks to take what is already fetched.");

    static final Key<Duration> WRITE_TIMEOUT = new Key<>(
            "delivery",
            "write-timeout",
            WRITE,
            Types.show(DELIVERY.writeTimeout()),
            "How long a sink may take for one batch before it is cancelled and offered again.");

    static final Key<Long> JOURNAL_ACCOUNT_BYTES = new Key<>(
            "journal",
            "account-bytes",
            Types.bytes(1L << 40),
            Types.show(JOURNAL.accountBytes()),
            "What the journal holds of one account that a sink has not had; the account is parked beyond it.");
    static final Key<Long> JOURNAL_TOTAL_BYTES = new Key<>(
            "journal",
            "total-bytes",
            Types.bytes(1L << 40),
            Types.show(JOURNAL.totalBytes()),
            "The same of all accounts together; those whose sinks keep up are not parked.");

    static final Key<Secret> ENCRYPTION_KEY = new Key<>(
            "encryption",
            "key",
            Types.KEY,
            "none",
            "32 bytes in base64 (`openssl rand -base64 32`), best as ${NAME} from the environment. Never echoed.");
    static final Key<String> ENCRYPTION_KEY_FILE = new Key<>(
            "encryption",
            "key-file",
            Types.PATH,
            "none",
            "A file of mode 0600 with the key, instead of `key`; better, as the environment shows in /proc.");
    static final Key<String> ENCRYPTION_OLD_KEY_FILE = new Key<>(
            "encryption", "old-key-file", Types.PATH, "none", "The key so far, for the one start that changes it.");

    static final Key<Integer> BURST = new Key<>(
            "sending",
            "burst",
            Types.number(1, 100),
            String.valueOf(MESSAGES.burst()),
            "Messages of one account that may go out at once after a pause.");
    static final Key<Duration> EVERY = new Key<>(
            "sending",
            "every",
            Types.duration(Duration.ofMillis(100), Duration.ofHours(24)),
            Types.show(MESSAGES.every()),
            "Time between messages of one account after that; faster accounts get barred.");
    static final Key<String> WHEN_THROTTLED = new Key<>(
            "sending",
            "when-throttled",
            Types.choice("fail", "wait"),
            "fail",
            "What becomes of a request while its operation cools down after a 1205; the outbox always waits.");
    static final Key<Integer> OUTBOX_MESSAGES = new Key<>(
            "sending",
            "outbox-messages",
            Types.number(1, 100_000),
            String.valueOf(SENDING.outboxMessages()),
            "Messages the outbox of one account holds at most.");
    static final Key<Long> OUTBOX_BYTES = new Key<>(
            "sending",
            "outbox-bytes",
            Types.bytes(1L << 30),
            Types.show(SENDING.outboxBytes()),
            "The same in bytes; files to be sent stay where they are and do not count.");

    static final Key<Long> CACHE_BYTES = new Key<>(
            "contacts",
            "cache-bytes",
            Types.bytes(1L << 40),
            Types.show(ContactOptions.defaults().cacheBytes()),
            "Memory for the contacts looked at last, of all accounts together.");

    static final Key<Boolean> CONTROL_ENABLED = new Key<>(
            "control", "enabled", Types.SWITCH, "false", "Whether `run` opens it; `run --control` does so, too.");
    static final Key<Integer> CONTROL_PORT = new Key<>(
            "control", "port", Types.number(0, 65_535), "0", "Its port on 127.0.0.1; 0: a free one at each start.");

    static final Key<String> SINK_TYPE =
            new Key<>("sinks.<name>", "type", Types.choice("file", "console"), REQUIRED, "What kind of sink it is.");
    static final Key<String> FROM = new Key<>(
            "sinks.<name>",
            "from",
            Types.choice("earliest", "end"),
            "end",
            "Where a name never seen before starts in the journal.");
    static final Key<Boolean> QR = new Key<>(
            "sinks.<name>",
            "qr",
            Types.SWITCH,
            "true for a console, else false",
            "Whether it sees the login URL of QR codes, with which anybody could sign in.");
    static final Key<Boolean> REQUIRED_SINK = new Key<>(
            "sinks.<name>",
            "required",
            Types.SWITCH,
            "true",
            "Whether the journal is kept until it has everything; if not, it misses what is more than 1,024 events back.");
    static final Key<Integer> SINK_ATTEMPTS =
            new Key<>("sinks.<name>", "attempts", TIMES, "`delivery.attempts`", "The same for this sink alone.");
    static final Key<Duration> SINK_ATTEMPTS_WITHIN = new Key<>(
            "sinks.<name>", "attempts-within", SPREAD, "`delivery.attempts-within`", "The same for this sink alone.");
    static final Key<Duration> SINK_MAX_BACKOFF = new Key<>(
            "sinks.<name>", "max-backoff", BACKOFF, "`delivery.max-backoff`", "The same for this sink alone.");
    static final Key<Duration> SINK_WRITE_TIMEOUT = new Key<>(
            "sinks.<name>", "write-timeout", WRITE, "`delivery.write-timeout`", "The same for this sink alone.");
    static final Key<String> FILE_PATH = new Key<>(
            "sinks.<name>",
            "path",
            Types.PATH,
            REQUIRED,
            "File of a file sink: newline-delimited CloudEvents, each exactly once.",
            "file");
    static final Key<String> COLOR = new Key<>(
            "sinks.<name>",
            "color",
            Types.choice("auto", "always", "never"),
            "auto",
            "Colours of a console sink; auto: only on a terminal.",
            "console");

    static final Key<String> ACCOUNT_ID = new Key<>(
            "accounts[]", "id", Types.TEXT, REQUIRED, "Our name of the account, stable: 1 to 64 of A-Z a-z 0-9 . _ -");
    static final Key<Uin> ACCOUNT_UIN = new Key<>(
            "accounts[]",
            "uin",
            Types.UIN,
            "pinned at the first login",
            "The only account that may sign in here; another one is logged out, nothing delivered.");
    static final Key<String> ACCOUNT_MODE = new Key<>(
            "accounts[]",
            "mode",
            Types.choice("web", "desktop"),
            "web",
            "How it signs in; desktop is open to accounts that web refuses (1203).");
    static final Key<String> ACCOUNT_DESKTOP = new Key<>(
            "accounts[]",
            "desktop",
            Type.container("keys", Type.Shape.MAPPING),
            "none",
            "Constants of the desktop client; required by mode desktop.");
    static final Key<String> ACCOUNT_SINKS = new Key<>(
            "accounts[]",
            "sinks",
            Type.container("list of names", Type.Shape.LIST),
            "all",
            "Sinks that get the account's events.");

    static final Key<Secret> EXTSPAM = new Key<>(
            "accounts[].desktop",
            "extspam",
            Types.SECRET_BASE64,
            REQUIRED,
            "The desktop client's fixed blob, base64. Never echoed.");
    static final Key<String> CLIENT_VERSION = new Key<>(
            "accounts[].desktop",
            "client-version",
            Types.LINE,
            REQUIRED,
            "The desktop client's version, such as 2.0.0.");

    /** All of them, in the order in which people read about them. */
    static final List<Key<?>> ALL = List.of(
            STATE,
            HTTP_SECTION,
            TRUST,
            CONNECT_TO,
            CONNECT_TIMEOUT,
            REQUEST_TIMEOUT,
            POLL_TIMEOUT,
            USER_AGENT,
            PUSH_HOSTS,
            CONNECTIONS_PER_SECOND,
            TRANSPORT,
            TLS,
            LOGIN_SECTION,
            MAX_QR_CODES,
            MAX_QR_CODES_PER_HOUR,
            CONCURRENT_LOGINS,
            LANGUAGE,
            PUSH_LOGIN,
            PUSH_WAIT,
            MIN_LOGIN_INTERVAL,
            MAX_LOGINS_PER_HOUR,
            STARTS_PER_SECOND,
            DELIVERY_SECTION,
            TAIL_BYTES,
            TOTAL_TAIL_BYTES,
            MAX_BATCH,
            ATTEMPTS,
            ATTEMPTS_WITHIN,
            MAX_BACKOFF,
            CURSOR_DELAY,
            DRAIN_TIMEOUT,
            WRITE_TIMEOUT,
            JOURNAL_SECTION,
            JOURNAL_ACCOUNT_BYTES,
            JOURNAL_TOTAL_BYTES,
            ENCRYPTION_SECTION,
            ENCRYPTION_KEY,
            ENCRYPTION_KEY_FILE,
            ENCRYPTION_OLD_KEY_FILE,
            SENDING_SECTION,
            BURST,
            EVERY,
            WHEN_THROTTLED,
            OUTBOX_MESSAGES,
            OUTBOX_BYTES,
            CONTACTS_SECTION,
            CACHE_BYTES,
            CONTROL_SECTION,
            CONTROL_ENABLED,
            CONTROL_PORT,
            SINKS,
            SINK_TYPE,
            FILE_PATH,
            COLOR,
            FROM,
            QR,
            REQUIRED_SINK,
            SINK_ATTEMPTS,
            SINK_ATTEMPTS_WITHIN,
            SINK_MAX_BACKOFF,
            SINK_WRITE_TIMEOUT,
            ACCOUNTS,
            ACCOUNT_ID,
            ACCOUNT_UIN,
            ACCOUNT_MODE,
            ACCOUNT_DESKTOP,
            EXTSPAM,
            CLIENT_VERSION,
            ACCOUNT_SINKS);

    private Keys() {}

    static List<Key<?>> of(String section) {
        return ALL.stream().filter(key -> key.section().equals(section)).toList();
    }

    private static Key<String> section(String name, String text) {
        return new Key<>("", name, Type.container("keys", Type.Shape.MAPPING), "defaults", text);
    }
}
