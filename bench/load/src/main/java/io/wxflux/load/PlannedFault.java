package io.wxflux.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that goes wrong for a while during the measurement.
 *
 * @param host a host, a suffix, a prefix or {@code *}, as the simulator takes them
 * @param fault as the simulator names it
 * @param startMillis after the beginning of the measurement
 */
public record PlannedFault(String host, String fault, long startMillis, long lengthMillis) {
    private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9.*-]+)=([a-z-]+)@(\\d{1,6})s\\+(\\d{1,6})s");

    /**
     * Reads {@code webpush.*=hang@10s+5s}.
     *
     * @throws IllegalArgumentException when it has another form
     */
    public static PlannedFault of(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no fault such as webpush.*=hang@10s+5s");
        }
        return new PlannedFault(
                parts.group(1),
                parts.group(2),
                Duration.ofSeconds(Long.parseLong(parts.group(3))).toMillis(),
                Duration.ofSeconds(Long.parseLong(parts.group(4))).toMillis());
    }

    Map<String, Object> body() {
        return Map.of("fault", fault, "code", 503);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s=%s@%ds+%ds", host, fault, startMillis / 1000, lengthMillis / 1000);
    }
}
