package io.wxflux;

import io.wxflux.options.ReplyOptions;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether one account may reply now: not too often in one conversation, and not to another bot. Messages of an account are
 * looked at one after the other, so nothing here is shared between threads at the same time.
 */
final class ReplyGuard {
    /** Conversations remembered; the one that was quiet for longest is forgotten first. */
    private static final int MOST = 1_000;

    private final ReplyOptions options;
    private final Map<Partner, Talk> talks = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Partner, Talk> eldest) {
            return size() > MOST;
        }
    };

    ReplyGuard(ReplyOptions options) {
        this.options = options;
    }

    /** Who is answered: in a room each member is watched on its own. */
    record Partner(String conversation, String sender) {}

    enum Verdict {
        MAY_REPLY,
        TOO_OFTEN,
        LOOKS_LIKE_A_BOT
    }

    /**
     * @param now unix milliseconds
     * @param waiting replies to the same that are on their way
     */
    Verdict look(Partner partner, long now, int waiting) {
        Talk talk = talks.computeIfAbsent(partner, unknown -> new Talk());
        if (now < talk.silentUntil) {
            return Verdict.LOOKS_LIKE_A_BOT;
        }
        if (talk.answered) {
            boolean quick = now - talk.lastReply <= options.quick().toMillis();
            talk.quickTurns = quick ? talk.quickTurns + 1 : 0;
            talk.answered = false;
        }
        if (talk.quickTurns >= options.quickTurns()) {
            talk.quickTurns = 0;
            talk.silentUntil = now + options.silence().toMillis();
            return Verdict.LOOKS_LIKE_A_BOT;
        }
        while (!talk.replies.isEmpty()
                && talk.replies.peekFirst() <= now - options.within().toMillis()) {
            talk.replies.removeFirst();
        }
        return talk.replies.size() + waiting < options.most() ? Verdict.MAY_REPLY : Verdict.TOO_OFTEN;
    }

    void replied(Partner partner, long now) {
        Talk talk = talks.computeIfAbsent(partner, unknown -> new Talk());
        talk.replies.addLast(now);
        talk.lastReply = now;
        talk.answered = true;
    }

    private static final class Talk {
        final ArrayDeque<Long> replies = new ArrayDeque<>();
        boolean answered;
        long lastReply;
        int quickTurns;
        long silentUntil;
    }
}
