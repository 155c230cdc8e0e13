package io.wxflux.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.model.MessageKind;
import io.wxflux.model.RawMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kept corpus, whole and cut at every byte, without any agent: so it runs on every JVM. */
class CorpusTests {
    static final Path CORPUS = Path.of("src", "test", "resources", "corpus");

    static List<Path> files(String target) {
        try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Path> json() {
        return files("json").stream();
    }

    static Stream<Path> script() {
        return files("script").stream();
    }

    static Stream<Path> xml() {
        return files("xml").stream();
    }

    @ParameterizedTest
    @MethodSource("json")
    void jsonIsReadOrRefusedWhereverItEnds(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            JsonTarget.fuzzerTestOneInput(Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @MethodSource("script")
    void scriptsAreReadOrRefusedWhereverTheyEnd(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            ScriptTarget.fuzzerTestOneInput(Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @MethodSource("xml")
    void xmlIsReadOrNotWhereverItEnds(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            XmlTarget.fuzzerTestOneInput(Arrays.copyOf(whole, length));
        }
        XmlTarget.asEveryKind(whole);
    }

    /** Otherwise nobody mutates what that kind is read from. */
    @Test
    void thereIsAMessageOfEveryKind() throws IOException {
        Set<String> kinds = new TreeSet<>();
        for (MessageKind kind : MessageKind.values()) {
            Path file = CORPUS.resolve("json").resolve("message-" + kind.suffix() + ".json");
            kinds.add(JsonTarget.look(RawMessage.wrap(Files.readAllBytes(file)))
                    .kind()
                    .suffix());
        }
        assertThat(kinds).hasSize(MessageKind.values().length);
    }
}
