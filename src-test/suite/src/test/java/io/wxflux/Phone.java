package io.wxflux;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What the owner of an account does with one login that is shown to them. */
interface Phone {
    /**
     * The answer to one login poll.
     *
     * @param number of the poll of this uuid, from 1 on
     */
    Mono<String> poll(int number, Scheduler time);

    /** Scans after a second, confirms a second later. */
    static Phone confirms(String apiHost) {
        return (number, time) -> after(
                time,
                Duration.ofSeconds(1),
                number == 1 ? WireText.poll(201) : WireText.confirmed(WireText.redirectUri(apiHost)));
    }

    static Phone confirms() {
        return confirms("wx2.qq.com");
    }

    /** Looks away: every poll is held for 25 s; the code is valid as long as anybody asks. */
    static Phone looksAway() {
        return (number, time) -> after(time, Duration.ofSeconds(25), WireText.poll(408));
    }

    /** Looks away until the server has enough of the code. */
    static Phone letsExpire(int polls) {
        return (number, time) ->
                after(time, Duration.ofSeconds(25), number < polls ? WireText.poll(408) : WireText.poll(400));
    }

    static Phone cancels() {
        return (number, time) -> after(time, Duration.ofSeconds(1), WireText.poll(202));
    }

    static Mono<String> after(Scheduler time, Duration delay, String script) {
        return Mono.delay(delay, time).thenReturn(script);
    }
}
