package io.wxflux.internal.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The jar of one account.
 *
 * <p>Expiry is counted on the <b>server's</b> clock: every answer's {@code Date} header sets it, and between answers it is
 * carried on by a clock that nobody sets. The session cookies live for 12 hours only, so a local clock that is a day fast
 * would drop the session at once. As long as no answer came (after a restart), nothing counts as expired: showing a cookie
 * too long costs an error code, losing one costs the session.
 *
 * <p>Thread-safe without locks: one immutable state, replaced as a whole. The long poll and a command may end together.
 */
public final class Rfc6265CookieJar implements CookieJar {
    static final int MOST_PER_ANSWER = 64;
    static final int MOST_COOKIES = 100;
    static final int MOST_BYTES = 64 * 1024;

    /** A renewal by less than this is no change worth storing: every webwxsync renews. */
    private static final Duration WORTH_STORING = Duration.ofHours(1);

    /** Longer paths first, then the older one: the order servers rely on (RFC 6265, 5.4). */
    private static final Comparator<Entry> ORDER =
            Comparator.<Entry>comparingInt(e -> -e.cookie().path().length()).thenComparingLong(Entry::born);

    private final LongSupplier wallMillis;
    private final LongSupplier steadyMillis;
    private final AtomicReference<State> state = new AtomicReference<>(new State(List.of(), null, 0, 0, 0));

    /**
     * @param wallMillis the time of day, used only where a server sends no {@code Date}
     * @param steadyMillis any clock that nobody sets
     */
    public Rfc6265CookieJar(LongSupplier wallMillis, LongSupplier steadyMillis) {
        this.wallMillis = wallMillis;
        this.steadyMillis = steadyMillis;
    }

    /** An empty jar on the system's clocks. */
    public static Rfc6265CookieJar empty() {
        return new Rfc6265CookieJar(System::currentTimeMillis, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /**
     * One cookie with what only the jar knows of it.
     *
     * @param born rises with every new cookie
     * @param noted the expiry that the last version told of
     */
    private record Entry(Cookie cookie, long born, @Nullable Instant noted) {}

    /**
     * @param entries in {@link #ORDER}
     * @param serverTime the server's clock at {@code steadyAt}; null = no answer yet
     */
    private record State(List<Entry> entries, @Nullable Instant serverTime, long steadyAt, long version, long births) {
        @Nullable
        Instant now(long steady) {
            return serverTime == null ? null : serverTime.plusMillis(steady - steadyAt);
        }
    }

    /**
     * Takes the cookies of one answer.
     *
     * @param host who sent it, lower case
     * @param path of the request, without query
     * @param date the answer's Date header; null = none
     */
    void store(String host, String path, List<String> setCookieHeaders, @Nullable String date) {
        Instant told = date == null ? null : CookieDate.parse(date);
        long steady = steadyMillis.getAsLong();
        List<SetCookie> news = new ArrayList<>();
        for (String header : setCookieHeaders.subList(0, Math.min(setCookieHeaders.size(), MOST_PER_ANSWER))) {
            SetCookie parsed = SetCookie.parse(header);
            if (parsed != null && mayStand(parsed, host)) {
                news.add(parsed);
            }
        }
        if (news.isEmpty() && told == null) {
            return;
        }
        state.updateAndGet(old -> {
            Instant now = told != null ? told : old.now(steady);
            if (now == null) {
                now = Instant.ofEpochMilli(wallMillis.getAsLong());
            }
            return merged(old, news, host, path, now, steady);
        });
    }

    private State current() {
        return Objects.requireNonNull(state.get());
    }

    /** Secure is always respected: nothing here is sent in the clear. */
    private static boolean mayStand(SetCookie cookie, String host) {
        String parent = HostFamily.parentOf(host);
        if (parent == null) {
            return false;
        }
        // Only at or below the parent domain: so com, cn or com.cn never stand, whatever the list of public suffixes
        // says.
        return cookie.domain().isEmpty()
                || (HostFamily.isWithin(cookie.domain(), parent) && HostFamily.isWithin(host, cookie.domain()));
    }

    private static State merged(State old, List<SetCookie> news, String host, String path, Instant now, long steady) {
        List<Entry> entries = new ArrayList<>(old.entries());
        boolean changed = entries.removeIf(e -> isOver(e.cookie(), now));
        long births = old.births();
        for (SetCookie set : news) {
            Cookie cookie = cookie(set, host, path, now);
            int at = indexOf(entries, cookie);
            Entry before = at < 0 ? null : entries.remove(at);
            if (isOver(cookie, now)) {
                changed |= before != null;
            } else if (before == null) {
                if (fits(entries, cookie)) {
                    entries.add(new Entry(cookie, births++, cookie.expires()));
                    changed = true;
                }
            } else if (!fits(entries, cookie)) {
                entries.add(before);
            } else if (isNews(before, cookie)) {
                entries.add(new Entry(cookie, before.born(), cookie.expires()));
                changed = true;
            } else {
                entries.add(new Entry(cookie, before.born(), before.noted()));
            }
        }
        entries.sort(ORDER);
        return new State(List.copyOf(entries), now, steady, old.version() + (changed ? 1 : 0), births);
    }

    private static Cookie cookie(SetCookie set, String host, String path, Instant now) {
        Duration age = set.maxAge();
        Instant expires = set.expires();
        if (age != null) {
            expires = now.plus(age);
        }
        return new Cookie(
                set.name(),
                set.value(),
                set.domain().isEmpty() ? host : set.domain(),
                set.domain().isEmpty(),
                set.path().isEmpty() ? defaultPath(path) : set.path(),
                set.secure(),
                expires);
    }

    private static String defaultPath(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private static int indexOf(List<Entry> entries, Cookie cookie) {
        for (int i = 0; i < entries.size(); i++) {
            Cookie other = entries.get(i).cookie();
            if (other.name().equals(cookie.name())
                    && other.domain().equals(cookie.domain())
                    && other.path().equals(cookie.path())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isNews(Entry before, Cookie after) {
        Cookie old = before.cookie();
        if (!old.value().equals(after.value())
                || old.secure() != after.secure()
                || old.hostOnly() != after.hostOnly()) {
            return true;
        }
        Instant noted = before.noted();
        Instant expires = after.expires();
        if (noted == null || expires == null) {
            return noted != expires;
        }
        return Duration.between(noted, expires).abs().compareTo(WORTH_STORING) > 0;
    }

    /** A full jar refuses the new cookie: dropping an old one would let one host push the session's cookies out. */
    private static boolean fits(List<Entry> others, Cookie cookie) {
        int bytes = size(cookie);
        for (Entry entry : others) {
            bytes += size(entry.cookie());
        }
        return others.size() < MOST_COOKIES && bytes <= MOST_BYTES;
    }

    private static int size(Cookie cookie) {
        return cookie.name().length()
                + cookie.value().length()
                + cookie.domain().length()
                + cookie.path().length();
    }

    private static boolean isOver(Cookie cookie, @Nullable Instant now) {
        Instant expires = cookie.expires();
        return now != null && expires != null && !expires.isAfter(now);
    }

    /** The Cookie header for a request; empty when no cookie belongs there. */
    String header(String host, String path) {
        State current = current();
        Instant now = current.now(steadyMillis.getAsLong());
        StringBuilder header = new StringBuilder();
        for (Entry entry : current.entries()) {
            Cookie cookie = entry.cookie();
            if (!isOver(cookie, now) && belongs(cookie, host, path)) {
                if (header.length() > 0) {
                    header.append("; ");
                }
                header.append(cookie.name()).append('=').append(cookie.value());
            }
        }
        return header.toString();
    }

    private static boolean belongs(Cookie cookie, String host, String path) {
        boolean home = cookie.hostOnly() ? host.equals(cookie.domain()) : HostFamily.isWithin(host, cookie.domain());
        return home && pathMatches(path, cookie.path());
    }

    private static boolean pathMatches(String path, String prefix) {
        return path.equals(prefix)
                || (path.startsWith(prefix) && (prefix.endsWith("/") || path.charAt(prefix.length()) == '/'));
    }

    @Override
    public @Nullable String value(String name) {
        State current = current();
        Instant now = current.now(steadyMillis.getAsLong());
        Entry newest = null;
        for (Entry entry : current.entries()) {
            if (entry.cookie().name().equals(name)
                    && !isOver(entry.cookie(), now)
                    && (newest == null || entry.born() > newest.born())) {
                newest = entry;
            }
        }
        return newest == null ? null : newest.cookie().value();
    }

    @Override
    public List<Cookie> snapshot() {
        State current = current();
        Instant now = current.now(steadyMillis.getAsLong());
        // By age, so that restoring them gives the same order again.
        return current.entries().stream()
                .sorted(Comparator.comparingLong(Entry::born))
                .map(Entry::cookie)
                .filter(cookie -> !isOver(cookie, now))
                .toList();
    }

    /** What could not have been stored by {@link #store} is left out: a stored file must not widen a cookie's reach. */
    @Override
    public void restore(List<Cookie> cookies) {
        state.updateAndGet(old -> {
            List<Entry> entries = new ArrayList<>();
            long births = old.births();
            for (Cookie cookie : cookies) {
                if (isSound(cookie) && indexOf(entries, cookie) < 0 && fits(entries, cookie)) {
                    entries.add(new Entry(cookie, births++, cookie.expires()));
                }
            }
            entries.sort(ORDER);
            return new State(List.copyOf(entries), old.serverTime(), old.steadyAt(), old.version() + 1, births);
        });
    }

    private static boolean isSound(Cookie cookie) {
        return SetCookie.isName(cookie.name())
                && SetCookie.isValue(cookie.value())
                && cookie.path().startsWith("/")
                && HostFamily.parentOf(cookie.domain()) != null;
    }

    @Override
    public long version() {
        return current().version();
    }

    @Override
    public String toString() {
        return "Rfc6265CookieJar[" + current().entries().size() + " cookies]";
    }
}
