package io.wxflux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.config.KeyTable;
import io.wxflux.config.RunnerConfig;
import io.wxflux.event.AccountState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say against what there is. */
class DocumentsTests {
    private static final Path ROOT = root();
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w+)\\n(.*?)^```$", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("(?m)^(#{1,4}) (.+)$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w*Tests?)`");
    private static final Pattern LITERAL = Pattern.compile("[0-9].*|true|false|end|auto|web|zh_CN|\\./state");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void theReadmesShowCodeThatIsCompiledAndRun(String readme) {
        assertThat(blocks(readme, "java")).containsExactly(source("PingBot"), source("PingBotTest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/library.md", "docs/library.zh-CN.md"})
    void theLibrarysGuideShowsCodeThatIsCompiled(String guide) {
        String examples = oneLine(read("src-test/suite/src/test/java/io/wxflux/docs/LibraryExamples.java"));
        assertThat(blocks(guide, "java"))
                .hasSizeGreaterThan(5)
                .allSatisfy(block -> assertThat(examples).contains(oneLine(block)));
    }

    private static String oneLine(String code) {
        return code.strip().replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md", "docs/guide.md", "docs/guide.zh-CN.md"})
    void everyConfigurationShownPassesTheCheck(String document, @TempDir Path directory) throws IOException {
        for (String yaml : blocks(document, "yaml")) {
            Path file = Files.writeString(directory.resolve("accounts.yaml"), yaml);
            assertThat(RunnerConfig.load(file).accounts()).isNotEmpty();
        }
    }

    @Test
    void theReadmeHasTheTableOfKeys() {
        assertThat(read("README.md")).contains(KeyTable.markdown());
    }

    @Test
    void theChineseReadmeHasTheSameKeysAndDefaults() {
        List<String[]> printed = rows(KeyTable.markdown());
        List<String[]> shown = rows(read("README.zh-CN.md"));
        assertThat(shown).hasSameSizeAs(printed);
        for (int i = 0; i < printed.size(); i++) {
            assertThat(shown.get(i)[0]).isEqualTo(printed.get(i)[0]);
            if (LITERAL.matcher(printed.get(i)[2]).matches()) {
                assertThat(shown.get(i)[2]).as(printed.get(i)[0]).isEqualTo(printed.get(i)[2]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README", "docs/guide", "docs/library"})
    void bothLanguagesHaveTheSameShape(String name) {
        String english = name + ".md";
        String chinese = name + ".zh-CN.md";
        assertThat(shape(chinese)).isEqualTo(shape(english));
        assertThat(read(english)).startsWith("[简体中文](" + Path.of(chinese).getFileName() + ")");
        assertThat(read(chinese)).startsWith("[English](" + Path.of(english).getFileName() + ")");
        assertThat(TEST_CLASS.matcher(read(chinese)).results().map(MatchResult::group))
                .containsExactlyElementsOf(TEST_CLASS
                        .matcher(read(english))
                        .results()
                        .map(MatchResult::group)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/guide.md", "docs/guide.zh-CN.md"})
    void theDiagramIsTheOneOfTheCode(String guide) {
        StringBuilder diagram = new StringBuilder("stateDiagram-v2\n    [*] --> NEW\n");
        for (AccountState state : AccountState.values()) {
            for (AccountState next : state.successors()) {
                diagram.append("    ")
                        .append(state)
                        .append(" --> ")
                        .append(next)
                        .append('\n');
            }
        }
        assertThat(blocks(guide, "mermaid")).containsExactly(diagram.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/guide.md", "docs/guide.zh-CN.md"})
    void theGuideExplainsEveryState(String guide) {
        for (AccountState state : AccountState.values()) {
            assertThat(read(guide)).contains("| `" + state + "` |");
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(String document) throws IOException {
        Path file = ROOT.resolve(document);
        for (MatchResult link :
                LINK.matcher(withoutCode(read(document))).results().toList()) {
            String target = link.group(1);
            if (target.contains("://") || target.startsWith("mailto:")) {
                continue;
            }
            String[] parts = target.split("#", 2);
            Path to = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
            assertThat(to).as("%s links to %s", document, target).exists();
            if (parts.length == 2 && parts[1].length() > 0) {
                assertThat(anchors(Files.readString(to)))
                        .as("%s links to %s", document, target)
                        .contains(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void everyProofNamedIsATestThatThereIs() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String document : List.of("README.md", "docs/proof.md", "CONTRIBUTING.md")) {
            TEST_CLASS.matcher(read(document)).results().forEach(match -> named.add(match.group(1)));
        }
        named.remove("PingBotTest");
        Set<String> there = new HashSet<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("src-test"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .forEach(name -> there.add(name.substring(0, name.length() - 5)));
        }
        assertThat(named).isNotEmpty().isSubsetOf(there);
    }

    private static Stream<String> documents() throws IOException {
        List<String> documents = new ArrayList<>(List.of(
                "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/simulator/README.md"));
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md"))
                    .map(file -> ROOT.relativize(file).toString())
                    .sorted()
                    .forEach(documents::add);
        }
        return documents.stream();
    }

    /** Headings by level, and the languages of the code blocks, in order. */
    private static List<String> shape(String document) {
        String text = read(document);
        List<String> shape = new ArrayList<>();
        HEADING.matcher(withoutCode(text)).results().forEach(heading -> shape.add(heading.group(1)));
        BLOCK.matcher(text).results().forEach(block -> shape.add(block.group(1)));
        return shape;
    }

    private static List<String> blocks(String document, String language) {
        return BLOCK.matcher(read(document))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** What stands between the marks of a class of this package. */
    private static String source(String type) {
        String text = read("src-test/suite/src/test/java/io/wxflux/docs/" + type + ".java");
        String begin = "// begin\n";
        return text.substring(text.indexOf(begin) + begin.length(), text.indexOf("// end\n"));
    }

    private static List<String[]> rows(String text) {
        return text.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toArray(String[]::new))
                .filter(cells -> cells.length == 4)
                .toList();
    }

    private static String withoutCode(String text) {
        return BLOCK.matcher(text).replaceAll("").replaceAll("(?s)```.*?```", "");
    }

    /** As the usual viewers make them: lower case, without punctuation, blanks to hyphens. */
    private static Set<String> anchors(String text) {
        return HEADING.matcher(withoutCode(text))
                .results()
                .map(heading -> heading.group(2)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String read(String document) {
        try {
            return Files.readString(ROOT.resolve(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path root() {
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            if (Files.exists(dir.resolve("wxflux")) && Files.exists(dir.resolve("docs"))) {
                return dir;
            }
        }
        throw new IllegalStateException("the root of the project is not above the working directory");
    }
}
