package io.wxflux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The table of failures against the tests: every row is there, every proof it names is a test that runs and that can fail,
 * and what has none is known here by name.
 */
class FailureCatalogueTests {
    private static final Path ROOT = DocumentsTests.root();
    private static final Pattern REFERENCE = Pattern.compile("`([A-Z]\\w*)#(\\w+)`");
    private static final Pattern LIKE_A_REFERENCE = Pattern.compile("`[^`|]*#[^`|]*`");
    private static final Pattern KEY = Pattern.compile("`([^`]+)`");

    /** What fails a test. */
    private static final Pattern CHECK = Pattern.compile(
            "\\bassert\\w*\\(|\\bverify\\w*\\(|\\bAwait\\b|\\bfail\\(|expectNext|\\.check\\(|new AssertionError");

    private static final Pattern OFF = Pattern.compile("@Disabled\\b");
    private static final Pattern CALL = Pattern.compile("\\b([a-z]\\w*)\\(");

    /** Of a test, of what it calls, and of what that calls, one has to check something. */
    private static final int DEEPEST = 3;

    /** Rows without a proof: each says in the document why. None at present. */
    private static final Set<String> OPEN = Set.of();

    private static final Map<String, String> TESTS = new HashMap<>();
    private static String document = "";

    @BeforeAll
    static void read() throws IOException {
        document = Files.readString(ROOT.resolve("docs/failure-catalogue.md"));
        for (String folder : List.of("src-test", "bench", "adapters")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .filter(path ->
                                folder.equals("src-test") || path.toString().contains("/src/test/"))
                        .toList()) {
                    String name = file.getFileName().toString();
                    TESTS.merge(name.substring(0, name.length() - 5), Files.readString(file), (one, two) -> one + two);
                }
            }
        }
    }

    private static List<String> ids(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(i -> letter + i).toList();
    }

    @Test
    void everyFailureOfTheProtocolHasItsRow() {
        everyRowIsThereAndProven("What the protocol says", ids("A", 16));
    }

    @Test
    void everyFailureOfTheNetworkHasItsRow() {
        everyRowIsThereAndProven("Network and HTTP", ids("B", 17));
    }

    @Test
    void everyFailureOfAParserHasItsRow() {
        everyRowIsThereAndProven("Parsers", ids("C", 9));
    }

    @Test
    void everyBreachOfTrustHasItsRow() {
        everyRowIsThereAndProven("Trust", ids("D", 10));
    }

    @Test
    void everyFailureOfDeliveryHasItsRow() {
        everyRowIsThereAndProven("Sinks and delivery", ids("E", 8));
    }

    @Test
    void everyFailureOfStateAndOperationHasItsRow() {
        everyRowIsThereAndProven("State and operation", ids("F", 13));
    }

    @Test
    void everyBarHasItsRow() {
        everyRowIsThereAndProven("Bars", ids("", 40));
    }

    @Test
    void everyLimitHasItsRow() {
        everyRowIsThereAndProven(
                "Limits on what comes from outside",
                List.of(
                        "hosts",
                        "addresses",
                        "TLS",
                        "redirects",
                        "head",
                        "body",
                        "gzip",
                        "download",
                        "cookies",
                        "JSON",
                        "messages",
                        "fields",
                        "contacts",
                        "members",
                        "lists",
                        "SyncKey",
                        "scripts",
                        "XML",
                        "quotations",
                        "names",
                        "codes",
                        "Uin",
                        "logout",
                        "logins"));
    }

    /** A reference with a slip in it would not be looked for. */
    @Test
    void whatLooksLikeAReferenceIsOne() {
        assertThat(LIKE_A_REFERENCE.matcher(document).results().map(MatchResult::group))
                .allMatch(text -> REFERENCE.matcher(text).matches());
    }

    private static void everyRowIsThereAndProven(String section, List<String> ids) {
        List<Row> rows = rows(section);
        assertThat(rows).extracting(Row::id).as(section).containsExactlyElementsOf(ids);
        assertThat(rows.stream().flatMap(row -> row.problems(OPEN))).as(section).isEmpty();
    }

    private static List<Row> rows(String section) {
        int start = document.indexOf("## " + section + "\n");
        assertThat(start).as(section).isNotNegative();
        int end = document.indexOf("\n## ", start + 1);
        List<Row> rows = new ArrayList<>();
        document.substring(start, end < 0 ? document.length() : end)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(Row::of)
                .forEach(rows::add);
        return rows;
    }

    private record Proof(String type, String method) {
        /** Empty when it is a test that is run and can fail. */
        String problem() {
            String source = TESTS.getOrDefault(type, "");
            if (source.isEmpty()) {
                return "there is no such class among the tests";
            }
            var test = Pattern.compile(
                            "@(?:Test|ParameterizedTest|Property)\\b(?:(?!\\n    \\}\\n).)*?\\bvoid " + method
                                    + "\\(.*?\\n    \\}\\n",
                            Pattern.DOTALL)
                    .matcher(source);
            if (!test.find()) {
                return "there is no such test in it";
            }
            if (OFF.matcher(source.substring(0, source.indexOf("class "))).find()
                    || OFF.matcher(test.group()).find()) {
                return "it is switched off";
            }
            return checks(source, test.group(), DEEPEST) ? "" : "it checks nothing";
        }

        private static boolean checks(String source, String method, int deepest) {
            if (CHECK.matcher(method).find()) {
                return true;
            }
            return deepest > 0
                    && CALL.matcher(method)
                            .results()
                            .map(call -> call.group(1))
                            .distinct()
                            .anyMatch(name -> Pattern.compile(
                                            "\\n    [\\w<>, .?\\[\\]]*\\b" + name + "\\([^;]*?\\{\\n.*?\\n    \\}\\n",
                                            Pattern.DOTALL)
                                    .matcher(source)
                                    .results()
                                    .anyMatch(called -> !called.group().equals(method)
                                            && checks(source, called.group(), deepest - 1)));
        }
    }

    /** @param cells all but the first */
    private record Row(String id, List<String> cells, List<Proof> proofs) {
        static Row of(String line) {
            String[] cells = line.substring(1).split("\\|");
            assertThat(cells).as(line).hasSizeBetween(3, 4);
            return new Row(
                    KEY.matcher(cells[0]).results().findFirst().orElseThrow().group(1),
                    Stream.of(cells).skip(1).map(String::strip).toList(),
                    REFERENCE
                            .matcher(cells[cells.length - 1])
                            .results()
                            .map(match -> new Proof(match.group(1), match.group(2)))
                            .toList());
        }

        Stream<String> problems(Set<String> open) {
            if (cells.stream().anyMatch(String::isEmpty)) {
                return Stream.of(id + ": a cell is empty");
            }
            if (open.contains(id)) {
                return proofs.isEmpty() && cells.get(cells.size() - 1).startsWith("not ")
                        ? Stream.empty()
                        : Stream.of(id + ": it has a proof now, or does not say that it has none");
            }
            if (proofs.isEmpty() || Set.copyOf(proofs).size() < proofs.size()) {
                return Stream.of(id + ": it has no proof, or one twice");
            }
            return proofs.stream()
                    .filter(proof -> !proof.problem().isEmpty())
                    .map(proof -> id + ": " + proof.type + "#" + proof.method + ": " + proof.problem());
        }
    }

    /** The tables are only as good as what finds their mistakes. */
    @Test
    void whatIsNoProofIsFound() {
        TESTS.put("Made", """
                class Made {
                    @Test
                    void good() {
                        indirect();
                    }

                    private void indirect() {
                        assertThat(1).isOne();
                    }

                    @Test
                    void empty() {
                        harmless();
                    }

                    private void harmless() {
                        run();
                    }

                    @Test
                    @Disabled
                    void off() {
                        assertThat(1).isOne();
                    }

                    void none() {
                        assertThat(1).isOne();
                    }
                }
                """);
        assertThat(new Proof("Made", "good").problem()).isEmpty();
        assertThat(new Proof("Made", "empty").problem()).isEqualTo("it checks nothing");
        assertThat(new Proof("Made", "off").problem()).isEqualTo("it is switched off");
        assertThat(new Proof("Made", "none").problem()).isEqualTo("there is no such test in it");
        assertThat(new Proof("Nowhere", "good").problem()).startsWith("there is no such class");
        assertThat(Row.of("| `A1` | a | b | `Made#good`, `Made#good` |").problems(Set.of()))
                .hasSize(1);
        assertThat(Row.of("| `A1` | a | b | nothing yet |").problems(Set.of())).hasSize(1);
        assertThat(Row.of("| `26` | a | not built |").problems(Set.of("26"))).isEmpty();
        assertThat(Row.of("| `26` | a | `Made#good` |").problems(Set.of("26"))).hasSize(1);
    }
}
