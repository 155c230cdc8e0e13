package io.wxflux.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.file.EventText;
import io.wxflux.options.AccountSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/control.md} against the routes there are. */
class ControlDocumentTests {
    private static final Pattern SECTION =
            Pattern.compile("(?m)^### (GET|POST) (/\\S+)\\n(.*?)(?=^##|\\z)", Pattern.DOTALL);

    private final Engine engine = Engine.create(
            EngineOptions.builder().account(AccountSpec.of("alice")).build());

    @Test
    void eachRouteHasASectionThatNamesItsFields() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        Matcher matcher = SECTION.matcher(Files.readString(Path.of("../../docs/control.md")));
        while (matcher.find()) {
            sections.put(matcher.group(1) + " " + matcher.group(2), matcher.group(3));
        }
        List<Route> routes =
                new Routes(engine, new RecentMessages(), new Uploads(Path.of("nowhere")), EventText::of).all();
        assertThat(sections.keySet())
                .containsExactlyInAnyOrderElementsOf(routes.stream()
                        .map(route -> route.method() + " " + route.path())
                        .toList());
        for (Route route : routes) {
            String section = String.valueOf(sections.get(route.method() + " " + route.path()));
            assertThat(section.contains("Fields: ")).as(route.path()).isEqualTo(route.takes() == Route.Takes.JSON);
            assertThat(route.fields())
                    .as(route.path())
                    .allSatisfy(field -> assertThat(section).contains("`" + field + "`"));
        }
    }

    @Test
    void eachErrorIsListed() throws IOException {
        String document = Files.readString(Path.of("../../docs/control.md"));
        Pattern made = Pattern.compile("(?:Problem\\.)?of\\(\\s*(\\d{3}),\\s*\"([a-z-]+)\"");
        try (Stream<Path> sources = Files.list(Path.of("../../adapters/control/src/main/java/io/wxflux/control"))) {
            for (Path source : sources.toList()) {
                Matcher matcher = made.matcher(Files.readString(source));
                while (matcher.find()) {
                    assertThat(document)
                            .as(source.toString())
                            .contains("`" + matcher.group(2) + "`")
                            .containsPattern("\\| [0-9, ]*" + matcher.group(1) + "[0-9, ]* \\|");
                }
            }
        }
    }
}
