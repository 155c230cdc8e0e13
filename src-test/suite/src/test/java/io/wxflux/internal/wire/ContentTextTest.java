package io.wxflux.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain | plain",
                "&lt;b&gt; &amp; &quot;q&quot; &#39;s&#39; | <b> & \"q\" 's'",
                "&amp;lt; | &lt;",
                "&amp;amp;lt; | &amp;lt;",
                "&amp;#39; | &#39;",
                "a & b &c; &nbsp; | a & b &c; &nbsp;",
                "<span class=\"emoji emoji1f338\"></span>x | 🌸x",
                "<span class=\"emoji emoji2764\"></span> | ❤",
                "<span class=\"emoji emoji1f1e81f1f3\"></span> | 🇨🇳",
                "<span class=\"emoji emoji003120e3\"></span> | 1⃣",
                "<span class=\"emoji emoji1f63c\"></span> | 😁",
                "<span class=\"emoji emoji1f450\"></span | 👐",
                "<span class=\"emoji emoji1f450\"></spana | 👐a",
                "<span class=\"qqemoji qqemoji0\"></span> | [微笑]",
                "<span class=\"qqemoji qqemoji104\"></span> | [右太极]",
                "<span class=\"qqemoji qqemoji105\"></span> | <span class=\"qqemoji qqemoji105\"></span>",
                "<span class=\"emoji emojid83d\"></span> | <span class=\"emoji emojid83d\"></span>",
                "<span class=\"emoji emojiXYZW\"></span> | <span class=\"emoji emojiXYZW\"></span>",
                "<span class=\"emoji emoji1f3381\"></span> | <span class=\"emoji emoji1f3381\"></span>",
                "&lt;span class=\"emoji emoji1f338\"&gt;&lt;/span&gt; | <span class=\"emoji emoji1f338\"></span>",
                "<b>x</b> | <b>x</b>",
                "${jndi:ldap://a} $names$ %s | ${jndi:ldap://a} $names$ %s",
            })
    void isDecodedOnce(String sent, String meant) {
        assertThat(ContentText.decode(sent)).isEqualTo(meant);
    }

    @Test
    void lineBreaksAreNewlinesInTextsAndBlanksInNames() {
        assertThat(ContentText.decode("a<br/>b<br/>")).isEqualTo("a\nb\n");
        assertThat(ContentText.decode("&lt;br/&gt;")).isEqualTo("<br/>");
        assertThat(ContentText.decodeName("a<br/>b")).isEqualTo("a b");
    }

    @Test
    void textWithNothingToDecodeIsTheSameObject() {
        String text = "nothing to do";
        assertThat(ContentText.decode(text)).isSameAs(text);
        assertThat(ContentText.wellFormed(text)).isSameAs(text);
    }

    /** What the service does to a text, undone: whatever somebody types comes back as they typed it. */
    @Test
    void whateverIsEscapedOnceComesBack() {
        var random = new Random(20240601);
        String[] pieces = {
            "&",
            "<",
            ">",
            "\"",
            "'",
            "amp;",
            "lt;",
            "#39;",
            "br/>",
            "\n",
            "span class=",
            "emoji",
            "a",
            "汉",
            "😀",
            " ",
            ";"
        };
        for (int i = 0; i < 20_000; i++) {
            var typed = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                typed.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(ContentText.decode(escape(typed.toString()))).isEqualTo(typed.toString());
        }
    }

    private static String escape(String typed) {
        return typed.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("\n", "<br/>");
    }

    @Test
    void anythingAtAllIsDecodedAndNeverLonger() {
        var random = new Random(20240602);
        String[] pieces = {
            "<span class=\"",
            "emoji emoji",
            "qqemoji qqemoji",
            "1f338",
            "2764",
            "1f1e81f1f3",
            "99",
            "\"></span",
            ">",
            "<br/>",
            "&lt;",
            "&",
            "<",
            "\uD83D",
            "\uDE00",
            "x"
        };
        for (int i = 0; i < 20_000; i++) {
            var sent = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                sent.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(ContentText.decode(sent.toString()).length()).isLessThanOrEqualTo(sent.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<span class=\"emoji", "<span class=\"", "&", "&amp", "<br/", "<"})
    void aMegabyteOfHalfAnythingIsQuick(String half) {
        String text = half.repeat((1 << 20) / half.length());
        Assertions.assertTimeout(
                Duration.ofSeconds(2),
                () -> assertThat(ContentText.decode(text)).isEqualTo(text));
    }

    @Test
    void surrogatesThatAreNotPairedAreReplaced() {
        assertThat(ContentText.wellFormed("a\uD83D\uDE00b\uD83D")).isEqualTo("a😀b\uFFFD");
        assertThat(ContentText.wellFormed("\uDE00\uD83D\uD83D\uDE00")).isEqualTo("\uFFFD\uFFFD😀");
        assertThatCode(() -> ContentText.wellFormed("\uDBFF")).doesNotThrowAnyException();
    }
}
