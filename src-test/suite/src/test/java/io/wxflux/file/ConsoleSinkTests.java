package io.wxflux.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.wxflux.event.Lifecycle;
import io.wxflux.options.Secret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleSinkTests {
    private static final String URL = "https://login.weixin.qq.com/l/4bTJ8yz0Bw==";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void anEventIsOneLineWithTimeAccountAndWho() {
        ConsoleSink sink = sink(false);
        sink.write(SampleEvents.batch("alice", 0, 2)).block(SOON);
        sink.close().block(SOON);
        assertThat(printed()).isEqualTo("""
                04:05:06 alice  小明 -> 第 0 条
                04:05:06 alice  小明 -> 第 1 条
                """);
    }

    @Test
    void anOwnTextShowsTheIdByWhichItIsTakenBackAndThatOfOthersNone() {
        assertThat(EventText.of(SampleEvents.own("alice", 301, "late"))).isEqualTo("(me) to 小明 -> late (id 1301)");
        assertThat(EventText.of(SampleEvents.text("alice", 301, "late"))).isEqualTo("小明 -> late");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J\u001b]0;title\u0007",
                "a\r\nb\u2028c\u0085d",
                "\u202eevil\u2066",
                "\u009b31m",
                "\u200b\ufeff",
                "\ud800"
            })
    void textOfStrangersCannotReachTheTerminal(String text) {
        String shown = TerminalText.line(text);
        assertThat(shown).matches("[ -~]*");
        assertThat(EventText.of(SampleEvents.text("alice", 0, text))).endsWith(shown);
    }

    @Test
    void harmlessTextStaysAndLongTextIsCut() {
        assertThat(TerminalText.line("你好 👨‍👩‍👧 – naïve")).isEqualTo("你好 👨‍👩‍👧 – naïve");
        assertThat(TerminalText.line("好".repeat(300))).isEqualTo("好".repeat(200) + "…");
        assertThat(TerminalText.line("\u001b".repeat(300), 3)).isEqualTo("\\u001b\\u001b\\u001b…");
    }

    @Test
    void coloursAreOnlyForTerminals() {
        ConsoleSink sink = sink(true);
        sink.write(SampleEvents.batch("alice", 0, 1)).block(SOON);
        sink.close().block(SOON);
        assertThat(printed()).contains("\u001b[36malice\u001b[0m").endsWith("\u001b[0m\n");
    }

    @Test
    void aQrCodeFitsTheSmallestTerminalAndCanBeScanned() throws Exception {
        ConsoleSink sink = sink(false);
        sink.observe(new Lifecycle.QrIssued(SampleEvents.head("alice", -1), Secret.of(URL), 1, 5))
                .block(SOON);
        sink.close().block(SOON);
        List<String> lines = printed().lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(20).allMatch(line -> line.length() <= 80);
        assertThat(lines.get(lines.size() - 1)).isEqualTo("  " + URL);
        assertThat(scan(lines.subList(1, lines.size() - 1))).isEqualTo(URL);
        assertThat(QrText.lines(URL, true))
                .allMatch(line -> line.startsWith("\u001b[38;5;16;48;5;231m") && line.endsWith("\u001b[0m"));
    }

    @Test
    void withoutTheUrlOnlyTheLineIsShown() {
        ConsoleSink sink = sink(false);
        sink.observe(new Lifecycle.QrIssued(SampleEvents.head("alice", -1), null, 1, 5))
                .block(SOON);
        sink.close().block(SOON);
        assertThat(printed()).isEqualTo("04:05:06 alice  scan the QR code (1 of 5)\n");
    }

    private static String scan(List<String> lines) throws Exception {
        int zoom = 4;
        int width = lines.get(0).length() * zoom;
        int height = lines.size() * 2 * zoom;
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, 0xffffff);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                char block = lines.get(y / zoom / 2).charAt(x / zoom);
                boolean upper = y / zoom % 2 == 0;
                boolean dark = block == '█' || (upper ? block == '▀' : block == '▄');
                pixels[y * width + x] = dark ? 0 : 0xffffff;
            }
        }
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                .getText();
    }

    private ConsoleSink sink(boolean colors) {
        return new ConsoleSink(new PrintStream(bytes, true, StandardCharsets.UTF_8), colors, ZoneOffset.UTC);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
