package io.wxflux.simulator;

import java.util.SplittableRandom;

/** Made-up tokens in the service's shapes, from a seed: a run can be repeated, and no thread waits for entropy. */
final class Ids {

    private static final String HEX = "0123456789abcdef";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String BASE64 = LETTERS + "+/";

    private final SplittableRandom random;

    Ids(long seed) {
        random = new SplittableRandom(seed);
    }

    synchronized long next() {
        return random.nextLong();
    }

    /** A number from 0 (inclusive) to 1 (exclusive). */
    synchronized double fraction() {
        return random.nextDouble();
    }

    synchronized int below(int bound) {
        return random.nextInt(bound);
    }

    String hex(int length) {
        return of(HEX, length);
    }

    String letters(int length) {
        return of(LETTERS, length);
    }

    String base64(int length) {
        return of(BASE64, length);
    }

    String digits(int length) {
        return of("0123456789", length);
    }

    private synchronized String of(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** A bijection of 64-bit numbers that looks random; {@link #unmix} undoes it. */
    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }

    static long unmix(long value) {
        long z = value;
        z = (z ^ (z >>> 33)) * 0x9cb4b2f8129337dbL;
        z = (z ^ (z >>> 33)) * 0x4f74430c22a54005L;
        return z ^ (z >>> 33);
    }
}
