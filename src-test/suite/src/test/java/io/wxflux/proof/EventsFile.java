package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.QueuedMessage;
import io.wxflux.simulator.SimAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds a file of events against the simulator's own log: every message once, in the account's order. */
final class EventsFile {
    private static final Pattern LINE =
            Pattern.compile("\"source\":\"/accounts/([^\"]+)\",\"type\":\"([^\"]+)\".*\"msgId\":\"(\\d+)\"");
    private static final Pattern UIN = Pattern.compile(
            "\"source\":\"/accounts/([^\"]+)\",\"type\":\"wx\\.account\\.(?:logged-in|resumed)\".*\"uin\":\"?(\\d+)");

    private final Path file;

    EventsFile(Path file) {
        this.file = file;
    }

    long messages() {
        return lines("\"type\":\"wx.message.");
    }

    /** How often an account was ready. */
    long ready() {
        return lines("\"type\":\"wx.account.ready\"");
    }

    private long lines(String with) {
        try {
            if (!Files.exists(file)) {
                return 0;
            }
            try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
                return lines.filter(line -> line.contains(with)).count();
            }
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** @return how many messages were judged */
    long judge(List<SimAccount> accounts) throws IOException {
        Map<Long, List<String>> truth = new LinkedHashMap<>();
        accounts.forEach(account -> truth.put(
                account.uin(),
                account.queued().stream().map(QueuedMessage::msgId).toList()));
        return judge(truth);
    }

    /**
     * @param truth per uin, the ids of everything the service had for it, in order
     * @return how many messages were judged
     */
    long judge(Map<Long, List<String>> truth) throws IOException {
        Map<String, List<String>> had = new LinkedHashMap<>();
        Map<String, Long> uins = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            Matcher who = UIN.matcher(line);
            if (who.find()) {
                uins.put(who.group(1), Long.parseLong(who.group(2)));
            }
            Matcher message = LINE.matcher(line);
            if (message.find() && message.group(2).startsWith("wx.message.")) {
                had.computeIfAbsent(message.group(1), name -> new ArrayList<>()).add(message.group(3));
            }
        }
        long judged = 0;
        for (Map.Entry<Long, List<String>> account : truth.entrySet()) {
            String id = uins.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(account.getKey()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nobody signed in with the uin " + account.getKey()));
            assertThat(had.getOrDefault(id, List.of()))
                    .as("what %s had: nothing lost, nothing twice, in order", id)
                    .isEqualTo(account.getValue());
            judged += account.getValue().size();
        }
        return judged;
    }
}
