package io.wxflux.internal.wire;

import io.wxflux.model.Coordinates;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A point on earth as the addresses and scripts of map pages have it: latitude first, but for the oldest. */
public final class PlacePoint {
    private static final String DEGREES = "(-?[0-9]{1,3}(?:\\.[0-9]{1,18})?)";
    private static final Pattern BOTH =
            Pattern.compile("(?i)\\b(?:coord|center|latlng)[\"']?\\s{0,9}[=:]\\s{0,9}[\"'\\[]?\\s{0,9}" + DEGREES
                    + "\\s{0,9}(?:,|%2c)\\s{0,9}" + DEGREES + "(?![0-9.])");
    private static final Pattern LATITUDE = single("lat|latitude|pointy");
    private static final Pattern LONGITUDE = single("lng|lon|longitude|pointx");

    private PlacePoint() {}

    private static Pattern single(String names) {
        return Pattern.compile("(?i)\\b(?:" + names + ")[\"']?\\s{0,9}[=:]\\s{0,9}[\"']?" + DEGREES + "(?![0-9.])");
    }

    /** The first that a text tells; null when it tells none. */
    public static @Nullable Coordinates in(String text) {
        Matcher both = BOTH.matcher(text);
        while (both.find()) {
            Coordinates point = of(both.group(1), both.group(2));
            if (point != null) {
                return point;
            }
        }
        Matcher latitude = LATITUDE.matcher(text);
        Matcher longitude = LONGITUDE.matcher(text);
        return latitude.find() && longitude.find() ? of(latitude.group(1), longitude.group(1)) : null;
    }

    private static @Nullable Coordinates of(String latitude, String longitude) {
        try {
            return new Coordinates(Double.parseDouble(latitude), Double.parseDouble(longitude));
        } catch (IllegalArgumentException nowhere) {
            return null;
        }
    }
}
