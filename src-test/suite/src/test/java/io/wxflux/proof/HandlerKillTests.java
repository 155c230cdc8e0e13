package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.QueuedMessage;
import io.wxflux.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A handler of 5 ms, in a process that is killed again and again: the window in which other clients lose messages. */
@Tag("process")
class HandlerKillTests {
    private static final int ACCOUNTS = 3;

    /** 100 ms of a handler of 5 ms, and the one in its hands. */
    private static final int MOST_REPEATS = 40;

    @TempDir
    Path directory;

    @Test
    void twoKillsLoseNothing() throws IOException {
        prove(2, 11);
    }

    @Test
    @Tag("proof")
    @Timeout(1200)
    void thirtyKillsLoseNothing() throws IOException {
        prove(30, System.getProperty("wxflux.seed") == null ? 7 : Long.getLong("wxflux.seed"));
    }

    private void prove(int kills, long seed) throws IOException {
        Path notes = directory.resolve("notes.tsv");
        Path log = directory.resolve("program.log");
        Random random = new Random(seed);
        List<Long> sizes = new ArrayList<>();
        try (var service = new Service(directory, ACCOUNTS)) {
            service.simulator().startLoad(20);
            for (int kill = 0; kill < kills; kill++) {
                try (var program = start(service, notes, log)) {
                    long before = size(notes);
                    Await.until(Duration.ofSeconds(60), () -> size(notes) > before, program::output);
                    LockSupport.parkNanos(
                            Duration.ofMillis(200 + random.nextInt(2800)).toNanos());
                    program.kill();
                    sizes.add(size(notes));
                }
            }
            try (var program = start(service, notes, log)) {
                Await.until(Duration.ofSeconds(60), () -> size(notes) > sizes.get(sizes.size() - 1), program::output);
                service.simulator().stopLoad();
                Await.until(
                        Duration.ofSeconds(120),
                        () -> distinct(notes) >= service.queued(),
                        () -> distinct(notes) + " of " + service.queued() + "\n" + program.output());
                assertThat(program.terminate()).isIn(0, 143);
            }
            assertThat(service.logins()).as("scans asked for").isEqualTo(ACCOUNTS);
            judge(service, notes, kills);
        }
    }

    private ChildProcess start(Service service, Path notes, Path log) {
        return ChildProcess.start(
                log,
                HandlerProgram.class.getName(),
                directory.resolve("state").toString(),
                Integer.toString(service.port()),
                service.authority().toString(),
                notes.toString(),
                Integer.toString(ACCOUNTS));
    }

    /** Nothing lost, nothing reordered; what comes again comes in one piece right after a start, with the same ids. */
    private void judge(Service service, Path notes, int kills) throws IOException {
        Map<String, List<String>> byAccount = new LinkedHashMap<>();
        for (String line : Files.readAllLines(notes)) {
            String[] fields = line.split("\t", 3);
            String id = fields[1].substring(fields[0].length() + 1);
            if (id.chars().allMatch(Character::isDigit)) {
                byAccount.computeIfAbsent(fields[0], name -> new ArrayList<>()).add(id);
            }
        }
        List<List<String>> truth = service.accounts().stream()
                .map(account ->
                        account.queued().stream().map(QueuedMessage::msgId).toList())
                .toList();
        int repeats = 0;
        for (List<String> had : byAccount.values()) {
            List<String> expected = truth.stream()
                    .filter(ids -> ids.contains(had.get(0)))
                    .findFirst()
                    .orElseThrow();
            Map<String, Integer> place = new HashMap<>();
            for (int i = 0; i < expected.size(); i++) {
                place.put(expected.get(i), i);
            }
            int highest = -1;
            int last = -1;
            for (String id : had) {
                int at = place.get(id);
                // Forward by one, or back to where a restart went on from.
                if (at != last + 1) {
                    assertThat(at)
                            .as("the message after %d of the account", last)
                            .isLessThanOrEqualTo(last);
                    assertThat(last - at).as("how far back a restart went").isLessThan(MOST_REPEATS);
                }
                repeats += at <= highest ? 1 : 0;
                highest = Math.max(highest, at);
                last = at;
            }
            assertThat(highest).as("the last of them").isEqualTo(expected.size() - 1);
        }
        System.out.println("handler of 5 ms, " + kills + " kills: " + service.queued()
                + " messages, 0 lost, 0 reordered, " + repeats + " repeated with the same ids, " + service.logins()
                + " scans for " + ACCOUNTS + " accounts");
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Messages noted at least once. */
    private static long distinct(Path notes) {
        try {
            return Files.readAllLines(notes).stream()
                    .map(line -> line.split("\t", 3)[1])
                    .filter(id -> Character.isDigit(id.charAt(id.length() - 1)))
                    .filter(id -> id.length() - id.lastIndexOf('-') > 12)
                    .distinct()
                    .count();
        } catch (IOException e) {
            return 0;
        }
    }
}
