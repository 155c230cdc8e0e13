package io.wxflux.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** How many files this process may open, against how many the accounts need. */
final class DescriptorLimit {
    /** Long poll, request, and one that is just being closed or opened. */
    private static final int EACH_ACCOUNT = 3;
    /** Jars, journal, sinks, selectors. */
    private static final int RESERVE = 200;

    private DescriptorLimit() {}

    /** What to tell the operator; empty when the limit will do or is not known. */
    static Optional<String> warning(int accounts) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? warning(accounts, system.getMaxFileDescriptorCount())
                : Optional.empty();
    }

    /** The figures, for when there is no warning. */
    static String enough(int accounts) {
        return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        ? "open files: up to " + system.getMaxFileDescriptorCount() + "; "
                        : "open files: ")
                + "about " + needed(accounts) + " are needed for " + CheckCommand.count(accounts, "account");
    }

    private static long needed(int accounts) {
        return (long) accounts * EACH_ACCOUNT + RESERVE;
    }

    static Optional<String> warning(int accounts, long limit) {
        long needed = needed(accounts);
        return limit <= 0 || limit >= needed
                ? Optional.empty()
                : Optional.of("this process may open " + limit + " files, but " + accounts + " accounts need about "
                        + needed + "; run `ulimit -n " + needed + "` before wxflux, or accounts will fail to connect");
    }
}
