package io.wxflux.cli.doctor;

import io.wxflux.WeChatHosts;
import io.wxflux.cli.doctor.HostProbe.Problem;
import io.wxflux.cli.doctor.HostProbe.Report;
import io.wxflux.options.HttpOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Every host that accounts may need: DNS, connection, TLS, and its clock against ours. */
public final class NetworkChecks {
    private static final int AT_ONCE = 8;
    private static final long LARGEST_TRUST = 4 << 20;
    private static final Duration GOOD_CLOCK = Duration.ofSeconds(30);
    private static final Duration BEARABLE_CLOCK = Duration.ofMinutes(5);

    private final HttpOptions http;
    private final Set<String> families;
    private final Clock clock;

    /** @param families those that are needed, by their names; empty for any of them */
    public NetworkChecks(HttpOptions http, Set<String> families, Clock clock) {
        this.http = http;
        this.families = Set.copyOf(families);
        this.clock = clock;
    }

    /** Blocks until every host has answered or is given up. */
    public List<Finding> run() {
        SSLContext tls;
        try {
            tls = tls(http.trust());
        } catch (GeneralSecurityException | IOException e) {
            Path trust = Objects.requireNonNullElse(http.trust(), Path.of("the system's certificates"));
            return List.of(Finding.fail(
                    trust + " holds no certificate that can be read",
                    "http.trust wants PEM, with lines -----BEGIN CERTIFICATE-----"));
        }
        return findings(probe(new HostProbe(tls, http.connectTo(), http.connectTimeout(), clock)));
    }

    private List<WeChatHosts.Family> needed() {
        return WeChatHosts.families().stream()
                .filter(family -> families.isEmpty() || families.contains(family.name()))
                .toList();
    }

    private Map<String, Report> probe(HostProbe probe) {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(WeChatHosts.firstLogin());
        needed().forEach(family -> hosts.addAll(family.hosts()));
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "wxflux-doctor");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Map<String, Future<Report>> asked = new LinkedHashMap<>();
            hosts.forEach(host -> asked.put(host, workers.submit(() -> probe.probe(host))));
            Map<String, Report> reports = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Report>> each : asked.entrySet()) {
                reports.put(each.getKey(), each.getValue().get());
            }
            return reports;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private List<Finding> findings(Map<String, Report> reports) {
        var findings = new ArrayList<Finding>();
        Report login = Objects.requireNonNull(reports.get(WeChatHosts.firstLogin()));
        if (login.problem() == null) {
            findings.add(Finding.ok(well(login.host(), List.of(login))));
        }
        List<WeChatHosts.Family> well = needed().stream()
                .filter(family -> of(family, reports).allMatch(report -> report.problem() == null))
                .toList();
        well.forEach(family -> findings.add(Finding.ok(well(
                family.name() + " and its " + (family.hosts().size() - 1) + " other hosts",
                of(family, reports).toList()))));
        Map<Problem, List<String>> alike = new LinkedHashMap<>();
        reports.values().forEach(report -> {
            Problem problem = report.problem();
            if (problem != null) {
                alike.computeIfAbsent(problem, first -> new ArrayList<>()).add(report.host());
            }
        });
        alike.forEach((problem, hosts) -> findings.add(finding(problem, hosts, reports.size(), !well.isEmpty())));
        clock(reports).ifPresent(findings::add);
        return findings;
    }

    private static Stream<Report> of(WeChatHosts.Family family, Map<String, Report> reports) {
        return family.hosts().stream().map(reports::get).filter(Objects::nonNull);
    }

    /** An account needs one family only, and nobody knows which before its first login. */
    private Finding finding(Problem problem, List<String> hosts, int all, boolean aFamilyIsWell) {
        String text =
                (hosts.size() == all ? "all " + all + " hosts" : String.join(", ", hosts)) + ": " + problem.text();
        // A foreign certificate is never harmless: somebody stands in between.
        boolean bearable = aFamilyIsWell
                && families.isEmpty()
                && !problem.certificate()
                && !hosts.contains(WeChatHosts.firstLogin());
        return bearable
                ? Finding.warn(text, problem.remedy() + "; only accounts that the service puts there suffer")
                : Finding.fail(text, problem.remedy());
    }

    private String well(String what, List<Report> reports) {
        long slowest = reports.stream()
                .mapToLong(report -> report.took().toMillis())
                .max()
                .orElse(0);
        String protocols = String.join(
                ", ", reports.stream().map(Report::protocol).distinct().sorted().toList());
        return what + (http.connectTo() == null ? ": DNS, connection" : ": connection") + " and certificate are good; "
                + protocols + ", " + slowest + " ms";
    }

    private static Optional<Finding> clock(Map<String, Report> reports) {
        List<Duration> skews = reports.values().stream()
                .map(Report::skew)
                .filter(Objects::nonNull)
                .sorted(Comparator.naturalOrder())
                .toList();
        return skews.isEmpty() ? Optional.empty() : Optional.of(clock(skews.get(skews.size() / 2)));
    }

    /** @param skew how far the service is ahead of us */
    static Finding clock(Duration skew) {
        Duration off = skew.abs();
        if (off.compareTo(GOOD_CLOCK) <= 0) {
            return Finding.ok("the clock agrees with the service's");
        }
        String text = "the clock is " + shown(off) + (skew.isNegative() ? " ahead of" : " behind") + " the service's";
        String remedy = "set it, best by NTP: timedatectl set-ntp true";
        return off.compareTo(BEARABLE_CLOCK) <= 0
                ? Finding.warn(text, remedy)
                : Finding.fail(text + ": cookies and certificates will seem expired", remedy);
    }

    private static String shown(Duration time) {
        if (time.toDays() > 1) {
            return time.toDays() + " days";
        }
        return time.toMinutes() > 10
                ? String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart())
                : time.toSeconds() + " s";
    }

    /** The system's certificates and those of a file, as the engine trusts them. */
    private static SSLContext tls(@Nullable Path trust) throws GeneralSecurityException, IOException {
        SSLContext tls = SSLContext.getInstance("TLS");
        TrustManagerFactory system = factory(null);
        if (trust == null) {
            tls.init(null, system.getTrustManagers(), null);
            return tls;
        }
        KeyStore both = KeyStore.getInstance(KeyStore.getDefaultType());
        both.load(null, null);
        int n = 0;
        for (TrustManager manager : system.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate certificate : x509.getAcceptedIssuers()) {
                    both.setCertificateEntry("system-" + n++, certificate);
                }
            }
        }
        if (Files.size(trust) > LARGEST_TRUST) {
            throw new IOException("too large");
        }
        int before = n;
        for (Certificate certificate : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(trust)))) {
            both.setCertificateEntry("added-" + n++, certificate);
        }
        if (n == before) {
            throw new IOException("no certificate");
        }
        tls.init(null, factory(both).getTrustManagers(), null);
        return tls;
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    /** Names of families, for messages. */
    public static List<String> names() {
        return WeChatHosts.families().stream().map(WeChatHosts.Family::name).toList();
    }
}
