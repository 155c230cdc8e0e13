package io.wxflux.load;

/**
 * How many messages an account gets at once.
 *
 * @param least at least 1
 * @param most at most 1,000
 */
public record Batch(int least, int most) {
    public Batch {
        if (least < 1 || most < least || most > 1_000) {
            throw new IllegalArgumentException("--batch must be from 1 to 1000, as 20 or 20-50");
        }
    }

    /**
     * Reads {@code 20} or {@code 20-50}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Batch of(String text) {
        int dash = text.indexOf('-', 1);
        try {
            int most = Integer.parseInt(text.substring(dash + 1));
            return new Batch(dash < 0 ? most : Integer.parseInt(text.substring(0, dash)), most);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--batch takes a number or two, as 20 or 20-50, not '" + text + "'", e);
        }
    }

    boolean isRange() {
        return least < most;
    }

    @Override
    public String toString() {
        return isRange() ? least + "-" + most : String.valueOf(most);
    }
}
