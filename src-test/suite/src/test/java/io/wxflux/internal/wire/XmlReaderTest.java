package io.wxflux.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
    private static @Nullable XmlElement read(String text) {
        return XmlReader.read(text, XmlReader.CONTENT_LIMIT);
    }

    private static XmlElement root(String text) {
        return Objects.requireNonNull(read(text));
    }

    @Test
    void elementsAttributesAndTexts() {
        XmlElement root = root(
                "\n<?xml version=\"1.0\" encoding=\"gbk\"?>\n<msg a='1' b=\"x &amp; y\">\n <op id='4'>"
                        + "<name>甲 &#128126;</name><name>two</name></op><!-- c --><c><![CDATA[<&>\n]]> d </c></msg>\n<br/> junk");
        assertThat(root.name()).isEqualTo("msg");
        assertThat(root.attribute("a")).isEqualTo("1");
        assertThat(root.attribute("b")).isEqualTo("x & y");
        assertThat(root.attribute("none")).isEmpty();
        assertThat(root.text("op", "name")).isEqualTo("甲 👾");
        assertThat(root.text("op", "none", "deeper")).isEmpty();
        assertThat(root.text("c")).isEqualTo("<&>\n d");
        assertThat(root.children()).hasSize(2);
        assertThat(root.toString()).doesNotContain("甲");
    }

    @Test
    void bareAmpersandsAndImpossibleCharactersAreRepaired() {
        XmlElement root =
                root("<a url=\"http://x/?b=1&c=2&lt=3\">\u0001t\u0000\uFFFE&\uD83D<b><![CDATA[1&2&amp;]]></b></a>");
        assertThat(root.attribute("url")).isEqualTo("http://x/?b=1&c=2&lt=3");
        assertThat(root.text()).isEqualTo("t&\uFFFD");
        assertThat(root.text("b")).isEqualTo("1&2&amp;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text <a/>",
                "<a>",
                "<a></b>",
                "<a b=1/>",
                "<a b='1' b='2'/>",
                "<a>&nbsp;</a>",
                "<a>&b;</a>",
                "<a>&#1;</a>",
                "<a>&#xD800;</a>",
                "<?xml version='1.0'",
                "<?xml version='1.0'?>",
                "<!-- only a comment -->",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a SYSTEM \"http://localhost/a.dtd\"><a/>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a>&b;</a>",
                "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\"><!ENTITY d \"&c;&c;\">]><a>&d;</a>",
                "<a><![CDATA[open</a>",
                "<x:a/>",
            })
    void whatIsNoXmlIsNone(String text) {
        assertThat(read(text)).isNull();
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThat(read("<a>".repeat(64) + "</a>".repeat(64))).isNotNull();
        assertThat(read("<a>".repeat(65) + "</a>".repeat(65))).isNull();
        assertThat(read("<a>" + "x".repeat(70_000) + "</a>")).isNull();
        assertThat(read("<a>" + "汉".repeat(60_000) + "</a>")).isNull();
        var attributes = new StringBuilder("<a");
        for (int i = 0; i < 257; i++) {
            attributes.append(" b").append(i).append("=''");
        }
        assertThat(read(attributes + "/>")).isNull();
    }

    /** Signs that are no attributes do not count: those in values, texts, sections, comments and other elements. */
    @Test
    void onlyAttributesAreCounted() {
        String signs = "=".repeat(1_000);
        XmlElement root = root("<a u='" + signs + "\"' v=\"" + signs + "'\">" + signs + "<![CDATA[<b " + signs
                + ">]]><!-- <c " + signs + " --><?p " + signs + "?>" + "<d e='1' f='2'/>".repeat(200) + "</a>");
        assertThat(root.attribute("u")).isEqualTo(signs + "\"");
        assertThat(root.children()).hasSize(200);
    }

    /** A shared parser factory would get slower and slower by these. */
    @Test
    void hostileDocumentsCostNothingLater() {
        var random = new Random(7);
        for (int n = 0; n < 20; n++) {
            var hostile = new StringBuilder("<a");
            while (hostile.length() < 60_000) {
                hostile.append(" x")
                        .append(Integer.toHexString(random.nextInt()))
                        .append("=''");
            }
            String document = hostile + "/>";
            assertTimeout(
                    Duration.ofSeconds(2), () -> assertThat(read(document)).isNull());
        }
        assertThat(root("<a b='1'/>").attribute("b")).isEqualTo("1");
    }

    @Test
    void garbageOfAllSortsIsReadOrNot() {
        var random = new Random(20240603);
        String[] pieces = {
            "<a",
            ">",
            "</a>",
            "<b c='",
            "'",
            "\"",
            "/>",
            "<![CDATA[",
            "]]>",
            "&",
            "&amp;",
            "&#",
            "x1f;",
            "<!--",
            "-->",
            "<?p",
            "?>",
            "<!",
            "\uD83D",
            "\u0000",
            "汉",
            " ",
            "t",
            "xmlns:q='u'",
            "q:"
        };
        for (int i = 0; i < 30_000; i++) {
            var text = new StringBuilder("<a>");
            for (int n = random.nextInt(14); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            text.append(random.nextBoolean() ? "</a>" : "");
            XmlElement root = read(text.toString());
            if (root != null) {
                assertThat(root.name()).isNotEmpty();
            }
        }
    }
}
