package io.wxflux.journal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One file of the log. */
final class Segment {
    private static final Pattern NAME = Pattern.compile("journal-(\\d{10,18})\\.wxj");
    private static final String UNFINISHED = ".new";
    /** More than its offset, its length and its share of a frame take. */
    private static final int RECORD_OVERHEAD = 24;

    final long number;
    final String name;
    final LogFiles.LogFile file;
    /** Seeds the checksums of the frame headers, so that no message can carry bytes that pass for a frame. */
    final long salt;
    /** Null when it is not encrypted. */
    @Nullable
    Seal seal;
    /** Once it is no longer written to; forced up to here. */
    long length;
    /** Records in it that are not trimmed yet. Guarded by the lock of the ledgers, as the three below. */
    int live;

    long liveBytes;
    /** Documents whose value is here, and the weight of all. */
    int documents;

    long documentBytes;

    Segment(long number, LogFiles.LogFile file, long salt) {
        this.number = number;
        this.name = name(number);
        this.file = file;
        this.salt = salt;
    }

    boolean isNeeded() {
        return live > 0 || documents > 0;
    }

    /** What moving all that is needed in it to another segment writes at most. */
    long weight() {
        return documentBytes + liveBytes + (long) RECORD_OVERHEAD * live;
    }

    void hold(DocumentPlace place) {
        documents++;
        documentBytes += place.weight();
    }

    void release(DocumentPlace place) {
        documents--;
        documentBytes -= place.weight();
    }

    static String name(long number) {
        String digits = Long.toString(number);
        return "journal-" + "0".repeat(Math.max(0, 10 - digits.length())) + digits + ".wxj";
    }

    /** Under this name until its snapshot is durable: what is found so at an open was never needed. */
    static String unfinishedName(long number) {
        return name(number) + UNFINISHED;
    }

    static boolean isUnfinished(String name) {
        return name.endsWith(UNFINISHED) && number(name.substring(0, name.length() - UNFINISHED.length())) >= 0;
    }

    /** The number in a segment's name; -1 when it is not the name of one. */
    static long number(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches() ? Long.parseLong(parts.group(1)) : -1;
    }
}
