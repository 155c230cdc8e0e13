package io.wxflux.simulator;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Holds a file of CloudEvents against the logs of the accounts. It knows no more of the file than that a line is an
 * event, that a message's type begins with {@code wx.message.}, and that {@code data.msgId} is the id it was served
 * with; which account a source is follows from its first message.
 */
final class Judge {

    private static final String MESSAGE = "wx.message.";

    /** Where a message belongs, and how often it came. */
    private static final class Place {
        private final SimAccount account;
        private final long seq;
        private int came;

        Place(SimAccount account, long seq) {
            this.account = account;
            this.seq = seq;
        }

        @Override
        public String toString() {
            return account.name() + " number " + seq;
        }
    }

    /** One source of the file: whose it is, and how far it got. */
    private static final class Source {
        private @Nullable SimAccount account;
        private long furthest;
    }

    private final Map<String, Place> truth = new HashMap<>();
    private final Map<String, Source> sources = new HashMap<>();
    private final Verdict.Tally tally = new Verdict.Tally();

    Judge(List<SimAccount> accounts) {
        for (SimAccount account : accounts) {
            for (QueuedMessage message : account.queued()) {
                truth.put(message.msgId(), new Place(account, message.seq()));
            }
        }
    }

    Verdict judge(Stream<String> lines) {
        lines.filter(line -> !line.isBlank()).forEach(this::line);
        for (Map.Entry<String, Place> each : truth.entrySet()) {
            Place place = each.getValue();
            if (place.came == 0) {
                tally.lost(place + ", MsgId " + each.getKey());
            } else {
                tally.came(place.account.servedAgain(place.seq));
            }
        }
        return tally.verdict();
    }

    private void line(String line) {
        JsonNode event = Json.read(line.getBytes(StandardCharsets.UTF_8));
        if (!event.isObject()) {
            tally.unexpected("a line that is no event, of " + line.length() + " characters");
            return;
        }
        if (!Json.text(event.path("type")).startsWith(MESSAGE)) {
            return;
        }
        String from = Json.text(event.path("source"));
        String id = Json.text(event.path("data").path("msgId"));
        Place place = truth.get(id);
        if (place == null) {
            tally.unexpected("MsgId " + id + " of " + from);
            return;
        }
        Source source = sources.computeIfAbsent(from, name -> new Source());
        if (source.account == null) {
            source.account = place.account;
        }
        if (source.account != place.account) {
            tally.unexpected(place + " in the events of " + from);
            return;
        }
        if (++place.came == 2) {
            tally.duplicated(place + " of " + from);
        } else if (place.came == 1 && place.seq < source.furthest) {
            tally.reordered(place + " of " + from + " after number " + source.furthest);
        }
        source.furthest = Math.max(source.furthest, place.seq);
    }
}
