package io.wxflux.load;

import io.wxflux.load.LoadResult.Load;
import io.wxflux.load.LoadResult.Run;
import io.wxflux.load.LoadResult.Second;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** A result as one HTML page that needs nothing else: no script, no font, no picture from anywhere. */
final class Report {
    private static final double MEGABYTE = 1e6;

    private Report() {}

    static String of(LoadResult result) {
        var body = new StringBuilder();
        Run first = result.runs().get(0);
        boolean scale = result.runs().size() > 1;
        String title =
                scale ? "Cost over the number of accounts" : Figures.format(title(result.mode()), first.accounts());
        head(body, title, result);
        for (Run run : result.runs()) {
            List<Labelled> clients = Labelled.of(run);
            if (scale) {
                body.append(Figures.format("<h2>%,d accounts</h2>%n", run.accounts()));
            } else {
                cards(body, clients.get(0));
            }
            ratios(body, run);
            troubles(body, clients);
            table(body, clients);
            if (!scale) {
                body.append("<h2>Plots</h2>\n");
                plots(body, clients);
                sinks(body, clients);
            }
        }
        if (scale) {
            body.append("<h2>Over the number of accounts</h2>\n");
            scalePlots(body, result);
        }
        body.append(method(result.mode()));
        return page(title, body.toString());
    }

    private static String title(Mode mode) {
        return switch (mode) {
            case LOAD -> "%,d accounts under load";
            case ROUND_TRIPS -> "Round trips of %,d accounts";
            case BACKLOG -> "%,d accounts with a standing backlog";
            case RESTART -> "%,d accounts before and after a restart";
        };
    }

    private static void ratios(StringBuilder body, Run run) {
        if (run.ratios().isEmpty()) {
            return;
        }
        body.append("<ul class=\"ratios\">\n");
        run.ratios()
                .forEach(ratio -> body.append("<li>")
                        .append(Html.text(Ratios.line(ratio)))
                        .append("</li>\n"));
        body.append("</ul>\n");
    }

    static String of(Comparison comparison) {
        var body = new StringBuilder();
        body.append("<header><h1>Two results side by side</h1>\n<dl>")
                .append(term(
                        "A", comparison.before() + ", " + comparison.first().started()))
                .append(term("", comparison.first().plan()))
                .append(term(
                        "B", comparison.after() + ", " + comparison.second().started()))
                .append(term("", comparison.second().plan()))
                .append(term("A on", comparison.first().machine().line()))
                .append(term("B on", comparison.second().machine().line()))
                .append("</dl></header>\n");
        if (!comparison.first().machine().equals(comparison.second().machine())) {
            body.append(
                    "<p class=\"trouble\">The machines or versions of Java differ: absolute figures do not compare.</p>\n");
        }
        for (Comparison.Pair pair : comparison.pairs()) {
            body.append("<h2>").append(Html.text(pair.title())).append("</h2>\n");
            body.append(
                    "<div class=\"scroll\"><table><thead><tr><th></th><th>A</th><th>B</th><th>B / A</th></tr></thead><tbody>\n");
            for (Metric metric : Metric.ALL) {
                body.append("<tr><th>")
                        .append(Html.text(metric.name()))
                        .append("</th><td>")
                        .append(Html.text(metric.show(pair.before())))
                        .append("</td><td>")
                        .append(Html.text(metric.show(pair.after())))
                        .append("</td><td class=\"")
                        .append(Comparison.verdict(metric, pair))
                        .append("\">")
                        .append(Html.text(Comparison.change(metric, pair)))
                        .append("</td></tr>\n");
            }
            body.append("</tbody></table></div>\n");
            plots(body, List.of(pair.before(), pair.after()));
        }
        body.append("<p>Coloured: more than a tenth better or worse. On a machine that does other things, too, figures"
                + " scatter by more than that.</p>\n");
        return page("Two results side by side", body.toString());
    }

    private static void head(StringBuilder body, String title, LoadResult result) {
        body.append("<header><h1>")
                .append(Html.text(title))
                .append("</h1>\n<dl>")
                .append(term("Measured", result.started()))
                .append(term("Options", result.plan()))
                .append(term("Machine", result.machine().line()))
                .append(term("Cores", result.cores()))
                .append("</dl></header>\n");
    }

    private static String term(String name, String text) {
        return "<div><dt>" + Html.text(name) + "</dt><dd>" + Html.text(text) + "</dd></div>\n";
    }

    private static void cards(StringBuilder body, Labelled main) {
        body.append("<section class=\"cards\" aria-label=\"")
                .append(Html.text(main.label()))
                .append("\">\n");
        for (String name : List.of(
                "messages/s",
                "round trips/s",
                "delay p50",
                "delay p50 after it",
                "delay p99",
                "heap per account",
                "signed in, accounts/s",
                "not delivered")) {
            for (Metric metric : Metric.ALL) {
                if (metric.name().equals(name) && !Double.isNaN(metric.of(main))) {
                    body.append("<div><b>")
                            .append(Html.text(metric.show(main)))
                            .append("</b><span>")
                            .append(Html.text(name))
                            .append("</span></div>\n");
                }
            }
        }
        body.append("</section>\n<p class=\"of\">")
                .append(Html.text(main.label()))
                .append("</p>\n");
    }

    private static void table(StringBuilder body, List<Labelled> clients) {
        Labelled main = clients.get(0);
        body.append("<div class=\"scroll\"><table><thead><tr><th></th>");
        clients.forEach(
                each -> body.append("<th>").append(Html.text(each.label())).append("</th>"));
        body.append("</tr></thead><tbody>\n");
        for (Metric metric : Metric.ALL) {
            if (clients.stream().allMatch(each -> Double.isNaN(metric.of(each)))) {
                continue;
            }
            body.append("<tr><th>").append(Html.text(metric.name())).append("</th>");
            for (Labelled each : clients) {
                body.append("<td>").append(Html.text(metric.show(each)));
                double ratio = metric.of(main) / metric.of(each);
                if (each.isYardstick() && !main.isYardstick() && Double.isFinite(ratio) && ratio > 0) {
                    body.append("<small>").append(Figures.ratio(ratio)).append("</small>");
                }
                body.append("</td>");
            }
            body.append("</tr>\n");
        }
        body.append("</tbody></table></div>\n");
        if (clients.stream().anyMatch(Labelled::isYardstick) && !main.isYardstick()) {
            body.append("<p>Small figures: ")
                    .append(Html.text(main.label()))
                    .append(" as a multiple of that yardstick.</p>\n");
        }
    }

    private static void troubles(StringBuilder body, List<Labelled> clients) {
        for (Labelled each : clients) {
            for (String trouble : Summary.troubles(each)) {
                body.append("<p class=\"trouble\">")
                        .append(Html.text(each.label() + ": " + trouble))
                        .append("</p>\n");
            }
        }
    }

    private static void plots(StringBuilder body, List<Labelled> clients) {
        List<Chart> charts = new ArrayList<>();
        boolean loaded = clients.stream().allMatch(each -> each.result().load() != null);
        String clock = loaded ? "seconds from the beginning of the measurement" : "seconds since the sign-in began";
        Chart percentiles = Chart.logarithmic(
                        "Delay by percentile",
                        "From the moment a message was due at the service to the moment it was accepted.",
                        "percentile",
                        Figures::micros)
                .percentiles();
        Chart rate = Chart.linear("Messages per second", "Accepted by the first sink.", clock, Figures::number);
        Chart late = Chart.logarithmic(
                "Delay over time",
                "Of each second: the median, and dashed the 99th percentile.",
                clock,
                Figures::micros);
        Chart memory = Chart.linear(
                "Memory over time",
                "Resident memory of the process, and dashed its used heap with the garbage in it.",
                clock,
                megabytes -> Figures.bytes(megabytes * MEGABYTE));
        Chart cpu = Chart.linear("CPU over time", "In percent of one core.", clock, Figures::percent);
        Chart ready = Chart.linear("Signed-in accounts", "As the client counts them.", clock, Figures::number);
        for (int i = 0; i < clients.size(); i++) {
            Labelled each = clients.get(i);
            Delay delay = each.delay();
            if (delay != null) {
                percentiles.line(
                        each.label(),
                        delay.curve().stream()
                                .map(point -> new Chart.Point(Chart.percentile(point.percentile()), point.micros()))
                                .toList(),
                        i,
                        false);
            }
            rate.line(each.label(), over(each, Second::messages), i, false);
            late.line(each.label(), over(each, second -> second.messages() == 0 ? Double.NaN : second.p50()), i, false);
            late.line(
                    each.label() + ", p99",
                    over(each, second -> second.messages() == 0 ? Double.NaN : second.p99()),
                    i,
                    true);
            memory.line(each.label(), over(each, second -> known(second.resident())), i, false);
            memory.line(each.label() + ", heap", over(each, second -> known(second.heap())), i, true);
            cpu.line(each.label(), over(each, Second::cpuPercent), i, false);
            ready.line(each.label(), over(each, Second::ready), i, false);
        }
        Load load = clients.get(0).result().load();
        if (load != null) {
            for (LoadResult.FaultOutcome fault : load.faults()) {
                double from = fault.from() - load.from();
                double to = fault.to() - load.from();
                late.band(from, to, "fault", fault.fault());
                rate.band(from, to, "fault", fault.fault());
            }
            LoadResult.Restart restart = clients.get(0).result().restart();
            if (restart != null) {
                late.band(
                        restart.from() - load.from(), restart.to() - load.from(), "cold", "measured after the restart");
            }
            charts.add(percentiles);
            charts.add(late);
            charts.add(rate);
        }
        charts.add(memory);
        charts.add(cpu);
        charts.add(ready);
        draw(body, charts);
    }

    private static double known(long bytes) {
        return bytes < 0 ? Double.NaN : bytes / MEGABYTE;
    }

    private static List<Chart.Point> over(Labelled client, ToDoubleFunction<Second> figure) {
        Load load = client.result().load();
        double zero = load == null ? 0 : load.from();
        return client.result().series().stream()
                .map(second -> new Chart.Point(second.at() - zero, figure.applyAsDouble(second)))
                .toList();
    }

    private static void scalePlots(StringBuilder body, LoadResult result) {
        List<Chart> charts = new ArrayList<>();
        for (Metric metric : Metric.ALL) {
            Chart chart = Chart.linear(
                    metric.name(), metric.lower() ? "Less is better." : "More is better.", "accounts", metric.text());
            List<LoadResult.ClientResult> clients = result.runs().get(0).clients();
            for (int i = 0; i < clients.size(); i++) {
                List<Chart.Point> points = new ArrayList<>();
                String title = clients.get(i).title();
                for (Run run : result.runs()) {
                    Labelled.of(run).stream()
                            .filter(each -> each.label().equals(title))
                            .forEach(each -> points.add(new Chart.Point(run.accounts(), metric.of(each))));
                }
                chart.line(title, points, i, false);
            }
            charts.add(chart);
        }
        draw(body, charts);
    }

    private static void draw(StringBuilder body, List<Chart> charts) {
        body.append("<div class=\"plots\">\n");
        charts.stream().filter(chart -> !chart.isEmpty()).forEach(chart -> body.append(chart.html()));
        body.append("</div>\n");
    }

    private static void sinks(StringBuilder body, List<Labelled> clients) {
        if (clients.stream().allMatch(each -> {
            Load load = each.result().load();
            return load == null || load.delays().size() < 2;
        })) {
            return;
        }
        body.append(
                "<h2>Sink by sink</h2>\n<div class=\"scroll\"><table><thead><tr><th></th><th>messages</th><th>p50</th>"
                        + "<th>p90</th><th>p99</th><th>p99.9</th><th>max</th></tr></thead><tbody>\n");
        for (Labelled each : clients) {
            Load load = each.result().load();
            for (Delay delay : load == null ? List.<Delay>of() : load.delays()) {
                body.append("<tr><th>")
                        .append(Html.text(each.label() + ", " + delay.sink()))
                        .append("</th>");
                body.append("<td>").append(Figures.number(delay.count())).append("</td>");
                for (long micros : new long[] {delay.p50(), delay.p90(), delay.p99(), delay.p999(), delay.max()}) {
                    body.append("<td>")
                            .append(Html.text(Figures.micros(micros)))
                            .append("</td>");
                }
                body.append("</tr>\n");
            }
        }
        body.append("</tbody></table></div>\n");
    }

    private static String method(Mode mode) {
        return """
                <h2>How this was measured</h2>
                <ul>
                <li>Each client ran in a process of its own against a simulator in another, one client after the other.</li>
                <li>Messages fall due on a grid that waits for nobody, and carry the microsecond at which they were due: a
                stall counts with everything it delayed.</li>
                <li>Percentiles leave out the sign-in and the warm-up. One that fewer than two messages lie beyond is not
                drawn.</li>
                <li>Heap per account is what is alive after a collection with all accounts signed in and idle, less what was
                alive before the first. With few accounts, what is needed once weighs in it.</li>
                <li>The bare clients keep no journal, no deadlines and no contacts and promise nothing; they show what the
                libraries below cost.</li>
                """
                + switch (mode) {
                    case LOAD -> "";
                    case ROUND_TRIPS -> """
                <li>Client and simulator had one core each. Round trips are those of synccheck and webwxsync, counted by the
                simulator. Where polls are held, what a client could do at most shows in the CPU it needs for each.</li>
                """;
                    case BACKLOG -> """
                <li>Client and simulator had one core each. The simulator always had another page, made beforehand but for
                ids, keys and stamps; delays count from the moment a page was made, and one message of a page is measured.</li>
                """;
                    case RESTART -> """
                <li>The client was stopped and started again with its state directory while messages went on to come. The
                time after it counts from when the last account polled.</li>
                """;
                }
                + "</ul>\n";
    }

    private static String page(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>wxflux load: "
                + Html.text(title) + "</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n" + style()
                + "</style>\n</head>\n<body>\n<main>\n" + body + "</main>\n</body>\n</html>\n";
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(Report.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
