package io.wxflux.simulator;

import java.time.Duration;

/**
 * Random trouble from a seed: some answers go wrong all the time, and hosts, or the whole service, go down and come back.
 * Every {@code with…} gives a changed copy. No fault of it ends a session by the service's own word.
 *
 * @param seed what everything is drawn from: the same seed gives the same episodes in the same order
 * @param share of webwxsync, from 0 to 1, that answers 500, breaks off in the middle, or takes effect and is lost, by
 *     equal parts
 * @param every the mean time between the beginnings of two episodes; zero for none
 * @param longest how long an episode lasts at most
 */
public record Storm(long seed, double share, Duration every, Duration longest) {

    /**
     * {@return a storm with 5 % of webwxsync going wrong, and an episode of up to 6 s every 3 s}
     *
     * @param seed see {@link #seed()}
     */
    public static Storm of(long seed) {
        return new Storm(seed, 0.05, Duration.ofSeconds(3), Duration.ofSeconds(6));
    }

    /**
     * {@return a copy with another share}
     *
     * @param of see {@link #share()}
     */
    public Storm withShare(double of) {
        return new Storm(seed, of, every, longest);
    }

    /**
     * {@return a copy with other episodes}
     *
     * @param apart see {@link #every()}
     * @param atMost see {@link #longest()}
     */
    public Storm withEpisodes(Duration apart, Duration atMost) {
        return new Storm(seed, share, apart, atMost);
    }

    /**
     * {@return a copy without episodes}
     */
    public Storm withoutEpisodes() {
        return withEpisodes(Duration.ZERO, Duration.ZERO);
    }
}
