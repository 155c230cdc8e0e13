package io.wxflux.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The answers of webwxsync that one session gets from its {@link Backlog}. Everything in them is made once, or once a
 * second, but for the numbers that every page must have of its own. Guarded by the account's lock.
 */
final class BacklogPages {

    /** Numbers that stand for others, of lengths that no number of the documents has beside them. */
    private static final long ID = 1_234_567_890_123_456_789L;

    private static final long TIME = 4_111_111_111L;
    private static final long STAMP = 1_999_999_999_999_999L;
    private static final long COUNT = 7_777_777_777L;
    private static final long MORE = 8_888_888_888L;

    /** Stands for the messages. */
    private static final String MESSAGES = "\"@messages@\"";

    private static final int MESSAGE_BYTES = 1_500;

    private final Session session;
    private final Backlog backlog;
    private final List<Template> messages = new ArrayList<>();
    private Template before = new Template("");
    private Template after = new Template("");
    private List<String> cookies = List.of();
    private long madeAt = -1;

    BacklogPages(Session session, Backlog backlog) {
        this.session = session;
        this.backlog = backlog;
        SimAccount account = session.account();
        for (int i = 1; i <= backlog.most(); i++) {
            SimMessage message = backlog.mix().message(account, i);
            if (message.kind() != SimMessage.Kind.MESSAGE) {
                message = KindMix.TEXTS.message(account, i);
            }
            LogEntry entry = new LogEntry(i, TIME, message.stamped(STAMP));
            messages.add(new Template(
                    text(MessageJson.message(entry, Long.toString(ID), account.people(), session.names())),
                    ID,
                    TIME,
                    STAMP));
        }
    }

    private static String text(Object value) {
        return new String(Json.bytes(value), StandardCharsets.UTF_8);
    }

    boolean isOf(Backlog other) {
        return backlog.equals(other);
    }

    /**
     * The page behind a position.
     *
     * @param to the position behind the page
     * @param micros the time of day the messages are stamped with
     */
    Reply page(long from, long to, boolean more, long micros, long cookieLife) {
        long seconds = micros / 1_000_000;
        SyncKeys keys = session.account().keys();
        if (seconds != madeAt) {
            frame(keys, seconds, cookieLife);
        }
        var out = new ByteArrayOutputStream((int) (to - from + 1) * MESSAGE_BYTES);
        before.write(out, to - from);
        for (long seq = from + 1; seq <= to; seq++) {
            if (seq > from + 1) {
                out.write(',');
            }
            messages.get((int) (seq - from - 1) % messages.size())
                    .write(out, Long.parseLong(session.account().msgId(seq)), seconds, micros);
        }
        after.write(out, more ? 1 : 0, keys.value(to, SyncKeys.Use.SYNC), keys.value(to, SyncKeys.Use.CHECK));
        return Reply.of(200, "text/plain", out.toByteArray()).withCookies(cookies);
    }

    private void frame(SyncKeys keys, long seconds, long cookieLife) {
        SyncPage empty = new SyncPage(session, 0, false, seconds);
        Map<String, Object> body = empty.body();
        body.put("AddMsgCount", COUNT);
        body.put("AddMsgList", List.of("@messages@"));
        body.put("ContinueFlag", MORE);
        String text = text(body);
        int at = text.indexOf(MESSAGES);
        before = new Template(text.substring(0, at), COUNT);
        after = new Template(
                text.substring(at + MESSAGES.length()),
                MORE,
                keys.value(0, SyncKeys.Use.SYNC),
                keys.value(0, SyncKeys.Use.CHECK));
        cookies = SetCookies.onSync(session, seconds, cookieLife);
        madeAt = seconds;
    }
}
