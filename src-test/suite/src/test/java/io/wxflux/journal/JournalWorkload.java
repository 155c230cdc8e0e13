package io.wxflux.journal;

import io.wxflux.error.StoreUnavailableException;
import io.wxflux.model.AccountId;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.Document;
import io.wxflux.shard.JournalRecord;
import io.wxflux.shard.StoredAccount;
import io.wxflux.testkit.ShardContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Random commits against a journal on a {@link SimulatedDisk}, with what must be true after a crash at any point: the
 * state is that after some group, no earlier than the last acknowledged one and no later than the last one handed over.
 */
final class JournalWorkload {
    final SimulatedDisk disk = new SimulatedDisk();
    /** After so many groups, what the journal must hold. */
    final List<String> states = new ArrayList<>();
    /** Encrypts what it writes, if it holds a key. */
    KeyRing keys = KeyRing.NONE;
    /** How many documents and records moved to another segment. */
    long moved;

    private final Random random;
    private final int segmentBytes;
    private final boolean mostlyDocuments;
    private final Map<AccountId, Model> models = new HashMap<>();
    private final List<Mark> marks = new ArrayList<>();

    JournalWorkload(long seed, int segmentBytes) {
        this(seed, segmentBytes, false);
    }

    /** @param mostlyDocuments few records, and those not for long: segments are emptied of documents all the time */
    JournalWorkload(long seed, int segmentBytes, boolean mostlyDocuments) {
        this.mostlyDocuments = mostlyDocuments;
        this.random = new Random(seed);
        this.segmentBytes = segmentBytes;
        states.add(describe(List.of(), Map.of(), Map.of()));
    }

    /** From an operation on: how many groups are acknowledged, and how many were handed over. */
    private record Mark(int operation, int acknowledged, int handedOver) {}

    private static final class Model {
        byte[] session = {};
        int position;
        final List<Integer> seen = new ArrayList<>();
        final List<byte[]> records = new ArrayList<>();
        final Map<String, Long> cursors = new HashMap<>();
        final TreeMap<String, byte[]> documents = new TreeMap<>();
        long first;
    }

    Journal open(LogFiles on) throws IOException {
        return Journal.open(on, segmentBytes, random::nextLong, keys, JournalWorkload::close);
    }

    private static void close(LogFiles.LogFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs and leaves the journal open, as a kill would. */
    Journal run(int groups, boolean faults) throws IOException {
        Journal journal = open(disk);
        note(0, 0);
        int acknowledged = 0;
        while (states.size() <= groups) {
            int before = states.size() - 1;
            int size = 1 + random.nextInt(5);
            var batch = new ArrayList<CommitGroup>();
            for (int i = 0; i < size; i++) {
                batch.add(next());
            }
            int handedOver = states.size() - 1;
            note(acknowledged, handedOver);
            if (faults && random.nextInt(4) == 0) {
                disk.room = random.nextInt(600);
            }
            List<Journal.Entry> entries;
            do {
                entries = batch.stream().map(Journal.Entry::new).toList();
                journal.commit(entries);
                disk.room = Long.MAX_VALUE;
            } while (entries.get(0).failure() instanceof StoreUnavailableException);
            for (int i = 0; i < size; i++) {
                RuntimeException failure = entries.get(i).failure();
                if (failure != null) {
                    throw failure;
                }
                // Progress alone is acknowledged before it is durable.
                if (!batch.get(i).accounts().isEmpty()) {
                    acknowledged = before + i + 1;
                }
            }
            note(acknowledged, handedOver);
            if (random.nextInt(3) > 0) {
                journal.settle();
            }
            if (random.nextInt(60) == 0) {
                journal.finish();
                journal.closeFiles();
                moved += journal.moved();
                journal = open(disk);
            }
        }
        moved += journal.moved();
        return journal;
    }

    private void note(int acknowledged, int handedOver) {
        marks.add(new Mark(disk.operations(), acknowledged, handedOver));
    }

    /** The states that may be found when the power failed after so many operations. */
    Set<String> allowedAfter(int operations) {
        int acknowledged = 0;
        int handedOver = 0;
        for (Mark mark : marks) {
            if (mark.operation <= operations) {
                acknowledged = mark.acknowledged;
                handedOver = mark.handedOver;
            }
        }
        return new HashSet<>(states.subList(acknowledged, handedOver + 1));
    }

    static String describe(Journal journal) {
        List<StoredAccount> accounts = journal.stored();
        var records = new HashMap<AccountId, List<byte[]>>();
        var documents = new HashMap<AccountId, Map<String, byte[]>>();
        for (StoredAccount account : accounts) {
            var payloads = new ArrayList<byte[]>();
            for (JournalRecord one : journal.read(account.account(), 0, Integer.MAX_VALUE)) {
                if (one.offset() != account.firstOffset() + payloads.size()) {
                    throw new AssertionError(account + " has " + one + " out of its place");
                }
                payloads.add(one.payload());
            }
            records.put(account.account(), payloads);
            var values = new TreeMap<String, byte[]>();
            for (String key : journal.documentKeys(account.account(), "")) {
                values.put(key, journal.document(account.account(), key));
            }
            documents.put(account.account(), values);
        }
        return describe(accounts, records, documents);
    }

    private static String describe(
            List<StoredAccount> accounts,
            Map<AccountId, List<byte[]>> records,
            Map<AccountId, Map<String, byte[]>> documents) {
        var text = new StringBuilder();
        accounts.stream().sorted(Comparator.comparing(StoredAccount::account)).forEach(a -> {
            text.append(a.account())
                    .append(' ')
                    .append(Arrays.hashCode(a.session()))
                    .append(' ');
            text.append(a.position()).append(' ').append(a.seen()).append(' ');
            text.append(a.firstOffset()).append('-').append(a.nextOffset()).append(' ');
            a.cursors().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(text::append);
            for (byte[] record : records.getOrDefault(a.account(), List.of())) {
                text.append(' ').append(record.length).append(':').append(Arrays.hashCode(record));
            }
            documents
                    .getOrDefault(a.account(), Map.of())
                    .forEach((key, value) -> text.append(' ')
                            .append(key)
                            .append('=')
                            .append(value.length)
                            .append(':')
                            .append(Arrays.hashCode(value)));
            text.append('\n');
        });
        return text.toString();
    }

    private CommitGroup next() {
        var commits = new ArrayList<AccountCommit>();
        var cursors = new ArrayList<CommitGroup.Cursor>();
        var retentions = new ArrayList<CommitGroup.Retention>();
        int kind = random.nextInt(10);
        for (int n = kind < 7 ? 1 : kind < 8 ? 2 : 0; n > 0; n--) {
            commits.add(commit(ShardContract.account(n * 3 + random.nextInt(3))));
        }
        if (commits.isEmpty() || random.nextBoolean()) {
            progress(ShardContract.account(3 + random.nextInt(6)), cursors, retentions);
        }
        var accounts = new ArrayList<StoredAccount>();
        var records = new HashMap<AccountId, List<byte[]>>();
        var documents = new HashMap<AccountId, Map<String, byte[]>>();
        models.forEach((id, m) -> {
            accounts.add(new StoredAccount(
                    id,
                    m.session,
                    ShardContract.position(m.position),
                    m.seen.stream().map(ShardContract::seen).toList(),
                    m.first,
                    m.records.size(),
                    m.cursors));
            documents.put(id, m.documents);
            records.put(id, List.copyOf(m.records.subList((int) m.first, m.records.size())));
        });
        states.add(describe(accounts, records, documents));
        return new CommitGroup(commits, cursors, retentions);
    }

    private AccountCommit commit(AccountId account) {
        Model model = models.get(account);
        boolean fresh = model == null;
        if (model == null) {
            model = new Model();
            models.put(account, model);
        }
        if (fresh || random.nextInt(4) == 0) {
            model.session = new byte[random.nextInt(40)];
            random.nextBytes(model.session);
        }
        byte[] session = model.session;
        model.position += 1;
        int first = model.records.size();
        for (int n = mostlyDocuments ? random.nextInt(8) / 7 : random.nextInt(4); n > 0; n--) {
            var record = new byte[random.nextInt(20) == 0 ? 0 : random.nextInt(200)];
            random.nextBytes(record);
            model.records.add(record);
        }
        int seen = model.seen.size();
        if (!mostlyDocuments || seen < 3) {
            model.seen.add(seen);
        }
        return new AccountCommit(
                account,
                session,
                ShardContract.position(model.position),
                model.seen.subList(seen, model.seen.size()).stream()
                        .map(ShardContract::seen)
                        .toList(),
                first,
                model.records.subList(first, model.records.size()),
                documents(model));
    }

    /** Some are changed all the time, others keep their value for long; each may be removed and come again. */
    private List<Document> documents(Model model) {
        var changes = new ArrayList<Document>();
        for (int n = random.nextInt(4) - (mostlyDocuments ? 0 : 1); n > 0; n--) {
            String key = random.nextInt(4) > 0 ? "hot" : "key/" + random.nextInt(6);
            if (random.nextInt(4) == 0) {
                model.documents.remove(key);
                changes.add(Document.removed(key));
            } else {
                var value = new byte[random.nextInt(10) == 0 ? 0 : random.nextInt(150)];
                random.nextBytes(value);
                model.documents.put(key, value);
                changes.add(new Document(key, value));
            }
        }
        return changes;
    }

    private void progress(AccountId account, List<CommitGroup.Cursor> cursors, List<CommitGroup.Retention> retentions) {
        Model model = models.get(account);
        if (model == null) {
            return;
        }
        String sink = "sink" + random.nextInt(2);
        long offset = random.nextInt(model.records.size() + 1);
        if (random.nextInt(8) == 0) {
            model.cursors.remove(sink);
            cursors.add(new CommitGroup.Cursor(sink, account, CommitGroup.Cursor.FORGET));
        } else {
            model.cursors.put(sink, offset);
            cursors.add(new CommitGroup.Cursor(sink, account, offset));
        }
        if (random.nextInt(3) > 0) {
            long from = model.records.size() - (mostlyDocuments ? 0 : random.nextInt(4));
            model.first = Math.max(model.first, Math.min(from, model.records.size()));
            retentions.add(new CommitGroup.Retention(account, from));
        }
    }
}
