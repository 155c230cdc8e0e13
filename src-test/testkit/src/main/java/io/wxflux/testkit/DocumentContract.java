package io.wxflux.testkit;

import static io.wxflux.testkit.ShardContract.ANNA;
import static io.wxflux.testkit.ShardContract.BORIS;
import static io.wxflux.testkit.ShardContract.PATIENCE;
import static io.wxflux.testkit.ShardContract.account;
import static io.wxflux.testkit.ShardContract.bytes;
import static io.wxflux.testkit.ShardContract.position;
import static io.wxflux.testkit.ShardContract.retention;
import static io.wxflux.testkit.ShardContract.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.FencedException;
import io.wxflux.model.AccountId;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.CommitGroup.Cursor;
import io.wxflux.shard.Coordinator;
import io.wxflux.shard.Document;
import io.wxflux.shard.StoredAccount;
import io.wxflux.testkit.ShardContract.Opened;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What every shard promises about documents; a part of {@link ShardContract}. */
@SuppressWarnings("NullAway") // It does not see the @Nullable of an array in another module's class file.
public interface DocumentContract {
    /** See {@link ShardContract#open()}. */
    Coordinator open();

    @Test
    default void aDocumentIsThereAfterwardsAndAfterAReopen() {
        try (var opened = new Opened(open())) {
            opened.commit(documents(ANNA, 0, document("a", "1"), document("b", "")));
            assertThat(text(opened, ANNA, "a")).isEqualTo("1");
            assertThat(text(opened, ANNA, "b")).isEmpty();
            assertThat(opened.restored()).extracting(StoredAccount::account).containsExactly(ANNA);
        }
        for (int i = 0; i < 2; i++) {
            try (var opened = new Opened(open())) {
                assertThat(text(opened, ANNA, "a")).isEqualTo("1");
                assertThat(text(opened, ANNA, "b")).isEmpty();
                assertThat(keys(opened, ANNA, "")).containsExactly("a", "b");
                StoredAccount stored = opened.restored(ANNA);
                assertThat(opened.restored()).extracting(StoredAccount::account).containsExactly(ANNA);
                assertThat(stored.session()).isNull();
                assertThat(stored.nextOffset()).isZero();
            }
        }
    }

    @Test
    default void anOverwrittenDocumentHasTheNewerValueAndARemovedOneHasNone() {
        try (var opened = new Opened(open())) {
            opened.commit(documents(ANNA, 0, document("a", "1"), document("b", "1"), document("c", "1")));
            opened.commit(documents(ANNA, 0, document("a", "22"), Document.removed("b"), Document.removed("never")));
            check(opened);
        }
        for (int i = 0; i < 3; i++) {
            try (var opened = new Opened(open())) {
                check(opened);
                opened.commit(documents(BORIS, 0, document("x" + i, "another segment's")));
            }
        }
        try (var opened = new Opened(open())) {
            opened.commit(documents(ANNA, 0, document("b", "again")));
            assertThat(text(opened, ANNA, "b")).isEqualTo("again");
        }
        try (var opened = new Opened(open())) {
            assertThat(text(opened, ANNA, "b")).isEqualTo("again");
        }
    }

    private static void check(Opened opened) {
        assertThat(text(opened, ANNA, "a")).isEqualTo("22");
        assertThat(text(opened, ANNA, "b")).isNull();
        assertThat(text(opened, ANNA, "c")).isEqualTo("1");
        assertThat(keys(opened, ANNA, "")).containsExactly("a", "c");
    }

    @Test
    default void theLastDocumentRemovedLeavesAnAccountWithoutDocuments() {
        try (var opened = new Opened(open())) {
            opened.commit(documents(ANNA, 0, document("a", "1")));
            opened.commit(documents(ANNA, 0, Document.removed("a")));
        }
        try (var opened = new Opened(open())) {
            assertThat(keys(opened, ANNA, "")).isEmpty();
            assertThat(opened.restored()).hasSize(1);
        }
    }

    @Test
    default void ofTheSameKeyTwiceInACommitTheLaterCounts() {
        try (var opened = new Opened(open())) {
            opened.commit(documents(
                    ANNA,
                    0,
                    document("a", "1"),
                    document("b", "1"),
                    Document.removed("c"),
                    document("a", "2"),
                    Document.removed("b"),
                    document("c", "2")));
            opened.commit(new CommitGroup(
                    List.of(commit(ANNA, 0, document("d", "1")), commit(ANNA, 0, document("d", "2"))),
                    List.of(),
                    List.of()));
            assertThat(keys(opened, ANNA, "")).containsExactly("a", "c", "d");
        }
        try (var opened = new Opened(open())) {
            assertThat(keys(opened, ANNA, "")).containsExactly("a", "c", "d");
            assertThat(text(opened, ANNA, "a")).isEqualTo("2");
            assertThat(text(opened, ANNA, "c")).isEqualTo("2");
            assertThat(text(opened, ANNA, "d")).isEqualTo("2");
        }
    }

    @Test
    default void documentsComeWithTheRecordsOfTheirGroupOrNotAtAll() {
        try (var opened = new Opened(open())) {
            opened.commit(new CommitGroup(
                    List.of(
                            new AccountCommit(
                                    ANNA,
                                    bytes("s"),
                                    position(1),
                                    List.of(),
                                    0,
                                    List.of(bytes("r")),
                                    List.of(document("a", "1"))),
                            share(BORIS, 0, "q")),
                    List.of(new Cursor("file", ANNA, 1)),
                    List.of()));
            var leavesAGap = new CommitGroup(
                    List.of(commit(ANNA, 1, document("a", "2"), document("b", "2")), share(BORIS, 2, "gap")),
                    List.of(),
                    List.of());
            assertThatThrownBy(() -> opened.commit(leavesAGap)).isInstanceOf(IllegalArgumentException.class);
            assertThat(text(opened, ANNA, "a")).isEqualTo("1");
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.texts(ANNA, 0)).containsExactly("0:r");
            assertThat(opened.texts(BORIS, 0)).containsExactly("0:q");
            assertThat(opened.restored(ANNA).position()).isEqualTo(position(1));
            assertThat(opened.restored(ANNA).cursors()).containsEntry("file", 1L);
            assertThat(text(opened, ANNA, "a")).isEqualTo("1");
            assertThat(keys(opened, ANNA, "")).containsExactly("a");
        }
    }

    @Test
    default void aRetryOfRecordsThatAreThereBringsNoOlderDocumentBack() {
        var first = records(0, "one", document("a", "1"), document("b", "1"));
        var second = records(1, "two", document("a", "2"), Document.removed("b"));
        try (var opened = new Opened(open())) {
            opened.commit(first);
            opened.commit(first);
            opened.commit(second);
            opened.commit(first);
            assertThat(text(opened, ANNA, "a")).isEqualTo("2");
            assertThat(keys(opened, ANNA, "")).containsExactly("a");
            opened.commit(retention(ANNA, 2));
        }
        try (var opened = new Opened(open())) {
            opened.commit(first);
            assertThat(text(opened, ANNA, "a")).isEqualTo("2");
            assertThat(keys(opened, ANNA, "")).containsExactly("a");
        }
    }

    @Test
    default void aCommitOfDocumentsAloneMayBeAppliedAgain() {
        var group = documents(ANNA, 0, document("a", "1"), document("b", "1"), Document.removed("b"));
        try (var opened = new Opened(open())) {
            opened.commit(group);
            opened.commit(group);
        }
        try (var opened = new Opened(open())) {
            opened.commit(group);
            assertThat(text(opened, ANNA, "a")).isEqualTo("1");
            assertThat(keys(opened, ANNA, "")).containsExactly("a");
        }
    }

    @Test
    default void keysComeByPrefixInOrder() {
        try (var opened = new Opened(open())) {
            for (String key : List.of("room/2", "send/1", "room/10", "room", "room/1", "rooms", "Z", "~", "!")) {
                opened.commit(documents(ANNA, 0, document(key, key)));
            }
            checkKeys(opened);
        }
        try (var opened = new Opened(open())) {
            checkKeys(opened);
        }
    }

    private static void checkKeys(Opened opened) {
        assertThat(keys(opened, ANNA, ""))
                .containsExactly("!", "Z", "room", "room/1", "room/10", "room/2", "rooms", "send/1", "~");
        assertThat(keys(opened, ANNA, "room/")).containsExactly("room/1", "room/10", "room/2");
        assertThat(keys(opened, ANNA, "room/1")).containsExactly("room/1", "room/10");
        assertThat(keys(opened, ANNA, "r")).hasSize(5);
        assertThat(keys(opened, ANNA, "room/3")).isEmpty();
        assertThat(keys(opened, ANNA, "~~")).isEmpty();
        assertThat(keys(opened, ANNA, "é")).isEmpty();
    }

    @Test
    default void documentsOfOtherAccountsAreApart() {
        try (var opened = new Opened(open())) {
            opened.commit(new CommitGroup(
                    List.of(commit(ANNA, 0, document("a", "anna's")), commit(BORIS, 0, document("a", "boris's"))),
                    List.of(),
                    List.of()));
            opened.commit(documents(BORIS, 0, document("b", "boris's alone")));
        }
        try (var opened = new Opened(open())) {
            assertThat(text(opened, ANNA, "a")).isEqualTo("anna's");
            assertThat(text(opened, BORIS, "a")).isEqualTo("boris's");
            assertThat(text(opened, ANNA, "b")).isNull();
            opened.commit(documents(BORIS, 0, Document.removed("a")));
            assertThat(text(opened, ANNA, "a")).isEqualTo("anna's");
            assertThat(text(opened, BORIS, "a")).isNull();
        }
    }

    @Test
    default void whatIsNotThereIsEmpty() {
        try (var opened = new Opened(open())) {
            assertThat(text(opened, ANNA, "a")).isNull();
            assertThat(keys(opened, ANNA, "")).isEmpty();
            opened.commit(ShardContract.records(ANNA, 0, "r"));
            assertThat(text(opened, ANNA, "a")).isNull();
            assertThat(text(opened, ANNA, "")).isNull();
            assertThat(text(opened, ANNA, "no such – key")).isNull();
            assertThat(keys(opened, ANNA, "")).isEmpty();
        }
    }

    @Test
    default void documentsMayBeLarge() {
        var large = new byte[1 << 20];
        new Random(7).nextBytes(large);
        try (var opened = new Opened(open())) {
            opened.commit(documents(ANNA, 0, document("small", "1"), new Document("large", large), document("z", "2")));
            assertThat(value(opened, ANNA, "large")).isEqualTo(large);
        }
        try (var opened = new Opened(open())) {
            assertThat(value(opened, ANNA, "large")).isEqualTo(large);
            assertThat(text(opened, ANNA, "small")).isEqualTo("1");
            opened.commit(documents(ANNA, 0, new Document("large", Arrays.copyOf(large, 1_000))));
            assertThat(value(opened, ANNA, "large")).isEqualTo(Arrays.copyOf(large, 1_000));
            assertThat(text(opened, ANNA, "z")).isEqualTo("2");
        }
    }

    @Test
    default void aValueIsNotShared() {
        byte[] value = bytes("mine");
        try (var opened = new Opened(open())) {
            opened.commit(documents(ANNA, 0, new Document("a", value)));
            value[0] = 'x';
            assertThat(text(opened, ANNA, "a")).isEqualTo("mine");
        }
        try (var opened = new Opened(open())) {
            assertThat(text(opened, ANNA, "a")).isEqualTo("mine");
        }
    }

    @Test
    default void aReadSeesTheDocumentsOfACompletedCommit() {
        try (var opened = new Opened(open())) {
            for (int i = 0; i < 100; i++) {
                int n = i;
                byte[] found = opened.shard
                        .commit(documents(ANNA, 0, document("a", "value " + n)))
                        .then(Mono.defer(() -> opened.shard.document(ANNA, "a")))
                        .block(PATIENCE);
                assertThat(found).isEqualTo(bytes("value " + n));
            }
        }
    }

    /** While others write and segments come and go, a document is read as it was at some moment, and never torn. */
    @Test
    default void manyAccountsWriteAndReadDocumentsAtOnce() {
        int accounts = 20;
        int commits = 40;
        try (var opened = new Opened(open())) {
            Flux.range(0, accounts)
                    .flatMap(
                            a -> Flux.range(0, commits)
                                    .concatMap(i -> opened.shard
                                            .commit(documents(
                                                    account(a),
                                                    0,
                                                    document("k" + i % 7, filled(a, i)),
                                                    document("n", "" + i)))
                                            .then(Mono.defer(() -> opened.shard.document(account(a), "k" + i % 7)))
                                            .doOnNext(found -> assertThat(found).isEqualTo(bytes(filled(a, i)))))
                                    .subscribeOn(Schedulers.parallel()),
                            accounts)
                    .then()
                    .block(PATIENCE);
        }
        try (var opened = new Opened(open())) {
            for (int a = 0; a < accounts; a++) {
                assertThat(keys(opened, account(a), "")).hasSize(8);
                for (int i = commits - 7; i < commits; i++) {
                    assertThat(text(opened, account(a), "k" + i % 7)).isEqualTo(filled(a, i));
                }
            }
        }
    }

    private static String filled(int account, int i) {
        return (account + "-" + i + " ").repeat(1 + i * 7 % 90);
    }

    @Test
    default void aClosedShardTellsNoDocuments() {
        Coordinator coordinator = open();
        var opened = new Opened(coordinator);
        opened.commit(documents(ANNA, 0, document("a", "1")));
        coordinator.close().block(PATIENCE);
        assertThatThrownBy(() -> text(opened, ANNA, "a")).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> keys(opened, ANNA, "")).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> opened.commit(documents(ANNA, 0, document("a", "2"))))
                .isInstanceOf(FencedException.class);
    }

    static Document document(String key, String value) {
        return new Document(key, bytes(value));
    }

    static AccountCommit commit(AccountId account, long nextOffset, Document... documents) {
        return new AccountCommit(account, null, null, List.of(), nextOffset, List.of(), List.of(documents));
    }

    static CommitGroup documents(AccountId account, long nextOffset, Document... documents) {
        return CommitGroup.of(commit(account, nextOffset, documents));
    }

    private static CommitGroup records(long firstOffset, String record, Document... documents) {
        return CommitGroup.of(new AccountCommit(
                ANNA,
                null,
                null,
                List.of(),
                firstOffset,
                Stream.of(record).map(ShardContract::bytes).toList(),
                List.of(documents)));
    }

    private static byte[] value(Opened opened, AccountId account, String key) {
        return opened.shard.document(account, key).block(PATIENCE);
    }

    private static String text(Opened opened, AccountId account, String key) {
        byte[] value = value(opened, account, key);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static List<String> keys(Opened opened, AccountId account, String prefix) {
        return opened.shard
                .documentKeys(account, prefix)
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
