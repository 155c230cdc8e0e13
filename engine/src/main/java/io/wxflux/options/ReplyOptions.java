package io.wxflux.options;

import java.time.Duration;

/**
 * How careful an auto-reply is. The service throttles and bars accounts that write like machines, and two bots that
 * answer each other never stop.
 *
 * @param most replies to one conversation within {@code within}; 1 to 100, default 6
 * @param within default 1 min
 * @param maxAge older messages get no reply, such as those of the hours while the engine was down; default 10 min
 * @param quick whoever writes again within this time after our reply may be a bot; default 2 s
 * @param quickTurns so many quick answers in a row and it is taken for one; 2 to 100, default 5
 * @param silence for which whoever was taken for a bot gets no reply; default 10 min
 * @param expiry a reply that could not be sent for so long is not sent any more; default 5 min
 */
public record ReplyOptions(
        int most, Duration within, Duration maxAge, Duration quick, int quickTurns, Duration silence, Duration expiry) {
    public ReplyOptions {
        if (most < 1 || most > 100) {
            throw new IllegalArgumentException("most is 1 to 100, not " + most);
        }
        if (quickTurns < 2 || quickTurns > 100) {
            throw new IllegalArgumentException("quickTurns is 2 to 100, not " + quickTurns);
        }
        positive("within", within);
        positive("maxAge", maxAge);
        positive("silence", silence);
        positive("expiry", expiry);
        if (quick.isNegative()) {
            throw new IllegalArgumentException("quick is not negative; zero means that nobody is taken for a bot");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero, not " + value);
        }
    }

    public static ReplyOptions defaults() {
        return new ReplyOptions(
                6,
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofSeconds(2),
                5,
                Duration.ofMinutes(10),
                Duration.ofMinutes(5));
    }

    public ReplyOptions withMost(int replies, Duration time) {
        return new ReplyOptions(replies, time, maxAge, quick, quickTurns, silence, expiry);
    }

    public ReplyOptions withMaxAge(Duration age) {
        return new ReplyOptions(most, within, age, quick, quickTurns, silence, expiry);
    }

    public ReplyOptions withBotWatch(Duration time, int turns, Duration pause) {
        return new ReplyOptions(most, within, maxAge, time, turns, pause, expiry);
    }

    public ReplyOptions withExpiry(Duration time) {
        return new ReplyOptions(most, within, maxAge, quick, quickTurns, silence, time);
    }
}
