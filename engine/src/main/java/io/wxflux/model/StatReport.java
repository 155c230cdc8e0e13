package io.wxflux.model;

/**
 * One entry of what the browser tells the service about itself.
 *
 * @param type 1, 2 and 16 have been seen
 * @param text JSON as text; what is in it is the application's business
 */
public record StatReport(int type, String text) {
    /** Never the text. */
    @Override
    public String toString() {
        return "StatReport[type " + type + ", " + text.length() + " chars]";
    }
}
