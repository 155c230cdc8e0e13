package io.wxflux.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** A plot as inline SVG: lines over an axis that is linear or logarithmic, with a legend of text below it. */
final class Chart {
    private static final double WIDTH = 400;
    private static final double HEIGHT = 250;
    private static final double LEFT = 58;
    private static final double RIGHT = 12;
    private static final double TOP = 12;
    private static final double BOTTOM = 40;
    /** Of the style sheet. */
    private static final int COLOURS = 8;

    record Point(double x, double y) {}

    private record Line(String label, List<Point> points, int colour, boolean dashed) {}

    private record Band(double from, double to, String kind, String label) {}

    private record Tick(double at, String text) {}

    private final String title;
    private final String meaning;
    private final String xName;
    private final DoubleFunction<String> yText;
    private final boolean logarithmic;
    private final List<Line> lines = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private List<Tick> xTicks = List.of();
    private DoubleFunction<String> xText = Figures::number;

    private Chart(String title, String meaning, String xName, DoubleFunction<String> yText, boolean logarithmic) {
        this.title = title;
        this.meaning = meaning;
        this.xName = xName;
        this.yText = yText;
        this.logarithmic = logarithmic;
    }

    /** @param meaning what it shows, in a sentence */
    static Chart linear(String title, String meaning, String xName, DoubleFunction<String> yText) {
        return new Chart(title, meaning, xName, yText, false);
    }

    static Chart logarithmic(String title, String meaning, String xName, DoubleFunction<String> yText) {
        return new Chart(title, meaning, xName, yText, true);
    }

    /** @param colour the same for the same client in every plot */
    Chart line(String label, List<Point> points, int colour, boolean dashed) {
        List<Point> drawn = points.stream()
                .filter(point -> Double.isFinite(point.y()) && (!logarithmic || point.y() > 0))
                .toList();
        if (!drawn.isEmpty()) {
            lines.add(new Line(label, drawn, colour % COLOURS, dashed));
        }
        return this;
    }

    Chart band(double from, double to, String kind, String label) {
        bands.add(new Band(from, to, kind, label));
        return this;
    }

    /** Percentiles: 90, 99, 99.9 ... at equal distances. */
    Chart percentiles() {
        xTicks = List.of(
                new Tick(0, "0"),
                new Tick(1, "90 %"),
                new Tick(2, "99 %"),
                new Tick(3, "99.9 %"),
                new Tick(4, "99.99 %"));
        xText = at -> Figures.format("%.4g %%", 100 - 100 * Math.pow(10, -at));
        return this;
    }

    static double percentile(double percent) {
        return -Math.log10(1 - percent / 100);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    String html() {
        double xLow = extreme(true, true);
        double xHigh = extreme(true, false);
        double yLow = logarithmic ? extreme(false, true) : Math.min(0, extreme(false, true));
        double yHigh = extreme(false, false);
        if (logarithmic) {
            yLow = Math.pow(10, Math.floor(Math.log10(yLow) + 1e-9));
            yHigh = Math.max(yLow * 10, Math.pow(10, Math.ceil(Math.log10(yHigh) - 1e-9)));
        } else {
            yHigh = yHigh <= yLow ? yLow + 1 : yLow + (yHigh - yLow) * 1.05;
        }
        if (xHigh <= xLow) {
            xHigh = xLow + 1;
        }
        var svg = new StringBuilder();
        svg.append("<figure><figcaption><h3>")
                .append(Html.text(title))
                .append("</h3><p>")
                .append(Html.text(meaning))
                .append("</p></figcaption>\n<svg viewBox=\"0 0 ")
                .append((int) WIDTH)
                .append(' ')
                .append((int) HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(Html.text(title))
                .append("\">\n");
        for (Band band : bands) {
            double from = x(Math.max(xLow, band.from()), xLow, xHigh);
            double to = x(Math.min(xHigh, band.to()), xLow, xHigh);
            if (to > from) {
                svg.append(Figures.format(
                        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>%n",
                        band.kind(), from, TOP, to - from, HEIGHT - TOP - BOTTOM, Html.text(band.label())));
            }
        }
        for (Tick tick : yTicks(yLow, yHigh)) {
            double y = y(tick.at(), yLow, yHigh);
            svg.append(Figures.format(
                    "<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/><text class=\"left\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                    LEFT, y, WIDTH - RIGHT, LEFT - 6, y + 4, Html.text(tick.text())));
        }
        for (Tick tick : xTicks.isEmpty() ? steps(xLow, xHigh, Figures::number) : xTicks) {
            if (tick.at() >= xLow && tick.at() <= xHigh + 1e-9) {
                double x = x(tick.at(), xLow, xHigh);
                svg.append(Figures.format(
                        "<path class=\"grid\" d=\"M%.1f %.1fV%.1f\"/><text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                        x,
                        TOP,
                        HEIGHT - BOTTOM,
                        x > WIDTH - RIGHT - 18 ? "end" : "below",
                        x > WIDTH - RIGHT - 18 ? WIDTH - 2 : x,
                        HEIGHT - BOTTOM + 15,
                        Html.text(tick.text())));
            }
        }
        svg.append(Figures.format(
                "<text class=\"below name\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, Html.text(xName)));
        for (Line line : lines) {
            draw(svg, line, xLow, xHigh, yLow, yHigh);
        }
        svg.append("</svg>\n").append(legend()).append("</figure>\n");
        return svg.toString();
    }

    private void draw(StringBuilder svg, Line line, double xLow, double xHigh, double yLow, double yHigh) {
        svg.append("<path class=\"line c")
                .append(line.colour())
                .append(line.dashed() ? " dashed" : "")
                .append("\" d=\"");
        boolean first = true;
        for (Point point : line.points()) {
            svg.append(Figures.format(
                    "%s%.1f %.1f", first ? "M" : "L", x(point.x(), xLow, xHigh), y(point.y(), yLow, yHigh)));
            first = false;
        }
        svg.append("\"/>\n");
        for (Point point : line.points()) {
            svg.append(Figures.format(
                    "<circle class=\"c%d%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>%s: %s at %s</title></circle>%n",
                    line.colour(),
                    line.points().size() > 12 ? " quiet" : "",
                    x(point.x(), xLow, xHigh),
                    y(point.y(), yLow, yHigh),
                    line.points().size() > 12 ? "5" : "3",
                    Html.text(line.label()),
                    Html.text(yText.apply(point.y())),
                    Html.text(xText.apply(point.x()))));
        }
    }

    private String legend() {
        var text = new StringBuilder("<ul class=\"legend\">");
        for (Line line : lines) {
            if (line.dashed()) {
                continue; // said in the sentence above the plot
            }
            text.append("<li class=\"c")
                    .append(line.colour())
                    .append("\">")
                    .append(Html.text(line.label()))
                    .append("</li>");
        }
        bands.stream()
                .map(band -> "<li class=\"" + band.kind() + "\">" + Html.text(band.label()) + "</li>")
                .distinct()
                .forEach(text::append);
        return text.append("</ul>\n").toString();
    }

    private double extreme(boolean ofX, boolean least) {
        var all = lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(point -> ofX ? point.x() : point.y());
        return (least ? all.min() : all.max()).orElse(0);
    }

    private static double x(double value, double low, double high) {
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value, double low, double high) {
        double share = logarithmic
                ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value - low) / (high - low);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private List<Tick> yTicks(double low, double high) {
        if (!logarithmic) {
            return steps(low, high, yText);
        }
        List<Tick> ticks = new ArrayList<>();
        for (double at = low; at <= high * 1.001; at *= 10) {
            ticks.add(new Tick(at, yText.apply(at)));
        }
        return ticks;
    }

    /** About five round numbers. */
    private static List<Tick> steps(double low, double high, DoubleFunction<String> text) {
        double rough = (high - low) / 5;
        double size = Math.pow(10, Math.floor(Math.log10(rough)));
        double step =
                rough / size < 1.5 ? size : rough / size < 3.5 ? 2 * size : rough / size < 7.5 ? 5 * size : 10 * size;
        List<Tick> ticks = new ArrayList<>();
        for (double at = Math.ceil(low / step) * step; at <= high + step * 1e-6; at += step) {
            ticks.add(new Tick(at, Math.abs(at) < step * 1e-6 ? "0" : text.apply(at)));
        }
        return ticks;
    }
}
