package io.wxflux.model;

/**
 * A point on earth, in degrees.
 *
 * @param latitude north is positive; -90 to 90
 * @param longitude east is positive; -180 to 180
 */
public record Coordinates(double latitude, double longitude) {
    public Coordinates {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("no point on earth");
        }
    }
}
