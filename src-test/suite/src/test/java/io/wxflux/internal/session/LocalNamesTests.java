package io.wxflux.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalNamesTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "report.pdf>report.pdf",
                "中文 名字.docx>中文 名字.docx",
                "../../etc/passwd>_.._etc_passwd",
                "..\\..\\a.exe>_.._a.exe",
                "C:\\x.txt>C__x.txt",
                ".bashrc>bashrc",
                "a. . .>a",
                "CON>_CON",
                "con.txt>_con.txt",
                "nul.tar.gz>_nul.tar.gz",
                "LPT9 .doc>_LPT9.doc",
                "COM10.doc>COM10.doc",
                "console.txt>console.txt",
            })
    void namesAreMadeSafe(String from, String to) {
        assertThat(LocalNames.safe(from)).isEqualTo(to);
    }

    @Test
    void whatIsNotSeenIsNotKept() {
        assertThat(LocalNames.safe("photo\u202egpj.exe")).isEqualTo("photogpj.exe");
        assertThat(LocalNames.safe("a\r\n\u0000\u007f\u0085b.txt")).isEqualTo("ab.txt");
        assertThat(LocalNames.safe("a\u200f\u2066b\ufeff.txt")).isEqualTo("ab.txt");
        assertThat(LocalNames.safe("a\ud800b.txt")).isEqualTo("a_b.txt");
        assertThat(LocalNames.safe("a\u3000b\u2028c.txt")).isEqualTo("a b c.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "...", "\u202e", "\u0000"})
    void nothingIsStillAFile(String name) {
        assertThat(LocalNames.safe(name)).isEqualTo("file");
    }

    @Test
    void longNamesKeepTheirExtensionAndWholeLetters() {
        String chinese = LocalNames.safe("文".repeat(300) + ".pdf");
        assertThat(chinese).endsWith("文.pdf");
        assertThat(chinese.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200);
        String emoji = LocalNames.safe("x" + "😀".repeat(300));
        assertThat(emoji.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200);
        assertThat(emoji.codePoints().filter(c -> c >= 0xd800 && c <= 0xdfff)).isEmpty();
        assertThat(LocalNames.safe("a." + "b".repeat(300)).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void whateverComesStaysInItsDirectory() {
        Path home = Path.of("/tmp/media");
        for (int c = 0; c < 0x3100; c++) {
            String name = LocalNames.safe(".." + Character.toString(c) + "x" + Character.toString(c) + "..");
            assertThat(home.resolve(name).normalize().getParent()).isEqualTo(home);
            assertThat(name)
                    .isNotEmpty()
                    .doesNotEndWith(".")
                    .doesNotEndWith(" ")
                    .doesNotStartWith(".");
        }
    }

    @Test
    void furtherOnesAreNumbered() {
        assertThat(LocalNames.numbered("a.tar.gz", 1)).isEqualTo("a.tar.gz");
        assertThat(LocalNames.numbered("a.tar.gz", 2)).isEqualTo("a.tar (2).gz");
        assertThat(LocalNames.numbered("a", 3)).isEqualTo("a (3)");
    }
}
