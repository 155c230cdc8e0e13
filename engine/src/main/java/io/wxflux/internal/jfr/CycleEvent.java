package io.wxflux.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** One turn of an account's cycle. Times are those of the engine's clock, in nanoseconds. */
@Name("io.wxflux.Cycle")
@Label("Cycle")
@Category("wxflux")
@Description("One turn of an account: the long poll and, when there was news, fetching it and making it durable")
@StackTrace(false)
public final class CycleEvent extends Event {
    /** Asks for all: the answer is the same for every instance, and none has to be made to get it. */
    private static final CycleEvent ANY = new CycleEvent("", 0);

    @Label("Account")
    String account;

    @Label("Poll Host")
    @Description("The host that answered the long poll; empty when none did")
    String pollHost = "";

    @Label("Poll Duration")
    @Description("Until a host answered, with all that failed before")
    @Timespan(Timespan.NANOSECONDS)
    long pollDuration;

    @Label("Return Code")
    @Description("retcode of synccheck")
    int retcode;

    @Label("Selector")
    @Description("selector of synccheck; 0: nothing new")
    int selector;

    @Label("Pages")
    @Description("Answers of webwxsync that were made durable")
    int pages;

    @Label("Messages")
    @Description("Messages in the answers of webwxsync, known ones included")
    int messages;

    @Label("Bytes")
    @Description("The messages' bytes")
    @DataAmount
    long bytes;

    @Label("Fetch Duration")
    @Description("All webwxsync of the turn together")
    @Timespan(Timespan.NANOSECONDS)
    long fetchDuration;

    @Label("Commit Duration")
    @Description("Until the pages were durable, together; includes the time parked meanwhile")
    @Timespan(Timespan.NANOSECONDS)
    long commitDuration;

    @Label("Outcome")
    @Description("idle, news, empty, spinning, failed or cancelled")
    String outcome = "cancelled";

    @Label("Failure")
    @Description("The class of the error; empty when there was none")
    String failure = "";

    private final transient long began;
    private transient long phaseBegan;

    /** @param now nanoseconds, as all times given later */
    public CycleEvent(String account, long now) {
        this.account = account;
        this.began = now;
    }

    /** Whether a recording wants them. Costs nothing when none runs, and allocates nothing either way. */
    public static boolean isOn() {
        return ANY.isEnabled();
    }

    public void polled(String host, int code, int signal, long now) {
        pollHost = host;
        retcode = code;
        selector = signal;
        pollDuration = now - began;
    }

    public void fetching(long now) {
        phaseBegan = now;
    }

    public void fetched(int count, long size, long now) {
        fetchDuration += now - phaseBegan;
        messages += count;
        bytes += size;
        phaseBegan = now;
    }

    public void kept(long now) {
        commitDuration += now - phaseBegan;
        pages++;
    }

    /** @param what in lower case */
    public void turned(String what) {
        outcome = what;
    }

    public void failed(Throwable error, long now) {
        outcome = "failed";
        failure = error.getClass().getSimpleName();
        if (pollHost.isEmpty()) {
            pollDuration = now - began;
        }
    }
}
