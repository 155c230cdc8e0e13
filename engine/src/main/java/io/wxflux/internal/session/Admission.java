package io.wxflux.internal.session;

import io.wxflux.options.LoginOptions;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/**
 * What accounts that start together have to share.
 *
 * @param sessions opening one: a few at a time, and so many a second
 * @param contacts reading an address book, the largest answers there are: a few at a time
 * @param owners who is which account
 */
public record Admission(AdmissionGate sessions, AdmissionGate contacts, Owners owners) {
    public static Admission of(LoginOptions options, RandomGenerator random, Scheduler scheduler) {
        return new Admission(
                new AdmissionGate(options.concurrentLogins(), options.startsPerSecond(), random, scheduler),
                new AdmissionGate(options.concurrentLogins(), scheduler),
                new Owners());
    }
}
