package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.ALICE;
import static io.wxflux.internal.wire.Documents.SELF;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.model.DetailedMessage;
import io.wxflux.model.Message;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What XML can be made to do to its reader: fetch, disclose, grow, go deep, take long, never end. In a message none of it
 * happens, whatever the kind, and the message is delivered.
 */
class XmlAttackTest {
    private static final String CANARY = "canary-of-a-local-file";

    /** Every kind that reads XML, as msgType and appMsgType. */
    private static final int[][] KINDS = {
        {1, 0},
        {3, 0},
        {37, 0},
        {42, 0},
        {43, 0},
        {47, 0},
        {48, 0},
        {50, 0},
        {51, 0},
        {49, 5},
        {49, 6},
        {49, 19},
        {49, 33},
        {49, 57},
        {49, 2000},
        {10000, 0},
        {10002, 0}
    };

    @TempDir
    Path directory;

    /** Names of the document type, and of what it declares, that would fetch from a file or a host. */
    private static Map<String, String> fetching(String file, String host) {
        Map<String, String> attacks = new LinkedHashMap<>();
        for (String uri : new String[] {
            file, host + "/x", "jar:" + file + "!/x", "ftp://" + host.substring(7) + "/x", "netdoc:" + file
        }) {
            attacks.put("entity " + uri, "<!DOCTYPE msg [<!ENTITY x SYSTEM \"" + uri + "\">]><msg>&x;</msg>");
            attacks.put("public " + uri, "<!DOCTYPE msg [<!ENTITY x PUBLIC \"-//p\" \"" + uri + "\">]><msg>&x;</msg>");
            attacks.put("subset " + uri, "<!DOCTYPE msg SYSTEM \"" + uri + "\"><msg/>");
            attacks.put("public subset " + uri, "<!DOCTYPE msg PUBLIC \"-//p\" \"" + uri + "\"><msg/>");
            attacks.put("parameter " + uri, "<!DOCTYPE msg [<!ENTITY % x SYSTEM \"" + uri + "\"> %x;]><msg/>");
            attacks.put(
                    "parameter that tells " + uri,
                    "<!DOCTYPE msg [<!ENTITY % f SYSTEM \"" + uri + "\"><!ENTITY % e \"<!ENTITY &#x25; s SYSTEM '"
                            + host + "/?%f;'>\">%e;%s;]><msg/>");
            attacks.put(
                    "attribute " + uri,
                    "<!DOCTYPE msg [<!ENTITY x SYSTEM \"" + uri + "\"><!ATTLIST msg a CDATA \"&x;\">]><msg/>");
            attacks.put(
                    "notation " + uri,
                    "<!DOCTYPE msg [<!NOTATION n SYSTEM \"" + uri + "\"><!ENTITY x SYSTEM \"y\" NDATA n>]><msg/>");
            attacks.put(
                    "include " + uri,
                    "<msg xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"" + uri
                            + "\" parse=\"text\"/></msg>");
            attacks.put(
                    "schema " + uri,
                    "<msg xmlns:s=\"http://www.w3.org/2001/XMLSchema-instance\" s:schemaLocation=\"u " + uri + "\"/>");
            attacks.put("style " + uri, "<?xml-stylesheet type=\"text/xsl\" href=\"" + uri + "\"?><msg/>");
            attacks.put("base " + uri, "<msg xml:base=\"" + uri + "\"><img src=\"x\" cdnurl=\"" + uri + "\"/></msg>");
            attacks.put(
                    "declaration " + uri,
                    "<?xml version=\"1.0\" standalone=\"no\"?><!DOCTYPE msg SYSTEM \"" + uri + "\" []><msg>&x;</msg>");
        }
        return attacks;
    }

    private static Map<String, String> growing() {
        Map<String, String> attacks = new LinkedHashMap<>();
        for (int width : new int[] {2, 10}) {
            StringBuilder laughs = new StringBuilder("<!DOCTYPE msg [<!ENTITY l0 \"ha\">");
            StringBuilder parameters = new StringBuilder("<!DOCTYPE msg [<!ENTITY % p0 \"ha\">");
            for (int i = 1; i < 20; i++) {
                laughs.append("<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(width) + "\">");
                parameters.append("<!ENTITY % p" + i + " \"" + ("%p" + (i - 1) + ";").repeat(width) + "\">");
            }
            attacks.put("laughs " + width, laughs + "]><msg>&l19;</msg>");
            attacks.put("laughs in an attribute " + width, laughs + "]><msg a=\"&l19;\"/>");
            attacks.put("laughing parameters " + width, parameters + "%p19;]><msg/>");
        }
        attacks.put(
                "quadratic",
                "<!DOCTYPE msg [<!ENTITY a \"" + "a".repeat(20_000) + "\">]><msg>" + "&a;".repeat(10_000) + "</msg>");
        attacks.put("itself", "<!DOCTYPE msg [<!ENTITY a \"&a;\">]><msg>&a;</msg>");
        attacks.put("each other", "<!DOCTYPE msg [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><msg>&a;</msg>");
        attacks.put("deep", "<a>".repeat(20_000));
        attacks.put("deep and closed", "<a>".repeat(8_000) + "</a>".repeat(8_000));
        attacks.put("deep names", "<a:b>".repeat(10_000));
        attacks.put("attributes", "<msg" + numbered(" a%d=''", 6_000) + "/>");
        attacks.put("the same attribute", "<msg" + " a=''".repeat(10_000) + "/>");
        attacks.put("name spaces", "<msg" + numbered(" xmlns:n%d='u'", 3_500) + "/>");
        attacks.put("names", "<msg>" + numbered("<e%d/>", 6_000) + "</msg>");
        attacks.put("a long name", "<" + "n".repeat(65_000) + "/>");
        attacks.put("a long attribute", "<msg a='" + "v".repeat(65_000) + "'/>");
        attacks.put("a long target", "<?" + "t".repeat(65_000) + "?><msg/>");
        attacks.put("comments", "<msg>" + "<!---->".repeat(9_000) + "</msg>");
        attacks.put("a comment without end", "<msg><!--" + "-".repeat(60_000));
        attacks.put("instructions", "<msg>" + "<?p?>".repeat(12_000) + "</msg>");
        attacks.put("sections", "<msg>" + "<![CDATA[]]>".repeat(5_000) + "</msg>");
        attacks.put("a section without end", "<msg><![CDATA[" + "]]".repeat(30_000));
        attacks.put("characters", "<msg>" + "&#x10ffff;".repeat(6_000) + "</msg>");
        attacks.put("a huge number", "<msg>&#" + "9".repeat(60_000) + ";</msg>");
        attacks.put("end tags", "<msg>" + "</msg>".repeat(10_000));
        attacks.put("brackets", "<".repeat(65_000));
        attacks.put("quotes", "<msg a=" + "'\"".repeat(30_000));
        attacks.put("blanks", "<msg" + " ".repeat(65_000) + "/>");
        attacks.put("colliding", "<msg" + colliding() + "/>");
        attacks.put("another charset", "<?xml version='1.0' encoding='UTF-16'?><msg/>");
        attacks.put("an unknown charset", "<?xml version='1.0' encoding='" + "x".repeat(50_000) + "'?><msg/>");
        attacks.put("another version", "<?xml version='9.9'?><msg/>");
        return attacks;
    }

    private static String numbered(String form, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(String.format(form, i));
        }
        return text.toString();
    }

    /** Attributes whose names have one and the same hash. */
    private static String colliding() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1 << 11; i++) {
            text.append(' ');
            for (int bit = 0; bit < 11; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("=''");
        }
        return text.toString();
    }

    @Test
    void nothingIsFetchedNorToldFromAFile() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret.txt"), CANARY);
        try (var listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            listener.configureBlocking(false);
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            Map<String, String> attacks = fetching(secret.toUri().toString(), "http://127.0.0.1:" + port);

            assertThat(attacks).hasSizeGreaterThanOrEqualTo(60);
            attacks.forEach((name, xml) -> {
                XmlElement root = XmlReader.read(xml, XmlReader.CONTENT_LIMIT);
                assertThat(root == null ? "" : everything(root)).as(name).doesNotContain(CANARY);
                for (int[] kind : KINDS) {
                    assertThat(look(kind, xml)).as(name).doesNotContain(CANARY);
                }
            });
            assertThat(listener.accept()).as("somebody who came").isNull();
        }
    }

    /** Ten times as long as one is allowed to take, for a machine that is busy: what is not stopped takes minutes. */
    @Test
    void nothingGrowsOrTakesLong() {
        growing().forEach((name, xml) -> {
            for (int[] kind : KINDS) {
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                look(kind, xml);
                assertThat(Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start))
                        .as("%s as %s", name, Arrays.toString(kind))
                        .isLessThan(Duration.ofMillis(500));
            }
        });
    }

    /** Where the document ends too soon the parser alone would wait for ever. */
    @Test
    void noBeginningOfAnAttackIsTakenForADocumentOrWaitedFor() {
        Map<String, String> attacks = growing();
        attacks.putAll(fetching("file:///x", "http://127.0.0.1:1"));
        attacks.forEach((name, xml) -> {
            String part = xml.length() < 400 ? xml : xml.substring(0, 400);
            for (int length = 0; length < part.length() - 1; length++) {
                XmlElement root = XmlReader.read(part.substring(0, length), XmlReader.CONTENT_LIMIT);
                assertThat(root == null || part.substring(0, length).contains(">"))
                        .as("%s cut at %d", name, length)
                        .isTrue();
            }
        });
    }

    private static String everything(XmlElement element) {
        StringBuilder text = new StringBuilder(element.text());
        for (String attribute : new String[] {"a", "src", "cdnurl"}) {
            text.append(element.attribute(attribute));
        }
        element.children().forEach(child -> text.append(everything(child)));
        return text.toString();
    }

    private static String look(int[] kind, String xml) {
        RawMessage raw =
                SampleMessages.raw(SampleMessages.message(7, kind[0], kind[1], ALICE, SampleMessages.xml(xml)));
        Message message = MessageDecoder.decode(raw, UserName.of(SELF));
        message.note();
        String said = message.toString();
        if (message instanceof DetailedMessage<?> detailed) {
            said += detailed.details();
        }
        assertThat(message.raw()).isEqualTo(raw);
        return said;
    }
}
