package io.wxflux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What a build gets that names us as a dependency: it does not inherit what our parent manages. */
class PublishedPomTests {
    private static final Path ROOT = DocumentsTests.root();
    private static final Pattern XML = Pattern.compile("(?m)^```xml\\n(.*?)^```$", Pattern.DOTALL);

    /** Their versions would be those that Reactor Netty was released with, which nobody tested here. */
    @Test
    void theEngineNamesAllOfNettyThatReactorNettyBrings() throws Exception {
        Element engine = parse(Files.readString(ROOT.resolve("engine/pom.xml")));
        Set<String> left = names(engine, "exclusion");
        Set<String> brought = new TreeSet<>();
        for (String library : List.of("reactor-netty-http", "reactor-netty-core")) {
            brought.addAll(names(parse(Files.readString(pomOf(library))), "dependency"));
        }
        brought.removeAll(left);
        assertThat(brought).contains("netty-handler", "netty-codec-http");
        assertThat(names(engine, "dependency")).containsAll(brought);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void theReadmesNameModulesThatThereAreInTheVersionTheyHave(String readme) throws Exception {
        Element parent = parse(Files.readString(ROOT.resolve("pom.xml")));
        String version = text(parent, "version");
        String netty = parent.getElementsByTagName("netty.version").item(0).getTextContent();
        assertThat(Files.readString(ROOT.resolve(readme))).contains("`io.netty:netty-bom:" + netty + "`");
        List<String> blocks = XML.matcher(Files.readString(ROOT.resolve(readme)))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(1);
        NodeList named = parse("<x>" + blocks.get(0) + "</x>").getElementsByTagName("dependency");
        assertThat(named.getLength()).isPositive();
        for (Element dependency : elements(named)) {
            assertThat(text(dependency, "groupId")).isEqualTo("io.wxflux");
            assertThat(text(dependency, "version")).isEqualTo(version);
            assertThat(modules()).contains(text(dependency, "artifactId"));
        }
    }

    private static Set<String> modules() throws IOException {
        try (Stream<Path> poms = Files.walk(ROOT, 3)) {
            return poms.filter(path -> path.endsWith("pom.xml"))
                    .map(PublishedPomTests::artifact)
                    .collect(Collectors.toSet());
        }
    }

    private static String artifact(Path pom) {
        try {
            return text(parse(Files.readString(pom)), "artifactId");
        } catch (Exception e) {
            throw new IllegalStateException(pom.toString(), e);
        }
    }

    /** Of Netty's artifacts. */
    private static Set<String> names(Element pom, String element) {
        Set<String> names = new TreeSet<>();
        for (Element each : elements(pom.getElementsByTagName(element))) {
            if (text(each, "groupId").equals("io.netty")) {
                names.add(text(each, "artifactId"));
            }
        }
        return names;
    }

    /** It lies beside the jar in every repository of Maven's. */
    private static Path pomOf(String library) {
        Pattern jar = Pattern.compile(".*[/\\\\]" + library + "-[0-9][^/\\\\]*\\.jar");
        String given = System.getProperty("surefire.test.class.path", "");
        String classPath = given.isEmpty() ? System.getProperty("java.class.path", "") : given;
        String path = Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> jar.matcher(entry).matches())
                .findFirst()
                .orElseThrow();
        return Path.of(path.replaceAll("\\.jar$", ".pom"));
    }

    private static String text(Element element, String child) {
        for (Element each : elements(element.getChildNodes())) {
            if (each.getTagName().equals(child)) {
                return each.getTextContent();
            }
        }
        return "";
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static Element parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }
}
