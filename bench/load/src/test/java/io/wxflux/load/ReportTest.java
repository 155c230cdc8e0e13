package io.wxflux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page stands on its own, and says what was measured. */
class ReportTest {
    @TempDir
    Path directory;

    @Test
    void thePageNeedsNothingElse() {
        String page = Report.of(Sample.result(100, 1.0));
        assertThat(page)
                .contains("<svg", "Delay by percentile", "Memory over time", "name=\"viewport\"", "<style>")
                .doesNotContain("<script", "src=", "http://", "https://", "@import", "url(", "NaN", "Infinity");
    }

    @Test
    void everyClientHasItsColumnAndItsLine() {
        String page = Report.of(Sample.result(100, 1.0));
        for (ClientKind kind : List.of(ClientKind.WXFLUX, ClientKind.RAW_NETTY)) {
            assertThat(page).contains("<th>" + kind.title() + "</th>", ">" + kind.title() + "</li>");
        }
        assertThat(page).contains("p50", "2.00 ms", "2.00 ×");
    }

    @Test
    void whatStrangersSaidIsText() {
        String page = Report.of(Sample.result(100, 1.0));
        assertThat(page).contains("&lt;img onerror").doesNotContain("<img onerror");
    }

    @Test
    void severalNumbersOfAccountsMakeACurve() {
        LoadResult small = Sample.result(100, 1.0);
        LoadResult large = Sample.result(1_000, 1.0);
        var both = new LoadResult(
                LoadResult.FORMAT,
                small.mode(),
                small.started(),
                small.machine(),
                small.cores(),
                small.plan(),
                List.of(small.runs().get(0), large.runs().get(0)));
        assertThat(Report.of(both)).contains("Over the number of accounts", "1,000 accounts", "heap per account");
    }

    @Test
    void twoResultsStandSideBySide() throws Exception {
        Path before = directory.resolve("before.json");
        Path after = directory.resolve("after.json");
        Files.writeString(before, Json.pretty(Sample.result(100, 1.0)));
        Files.writeString(after, Json.pretty(Sample.result(100, 2.0)));

        LoadTest.Outcome outcome = LoadTest.compare(before, after);

        assertThat(outcome.summary()).contains("A = before, B = after", "2.00 ×");
        assertThat(outcome.html()).exists();
        assertThat(Files.readString(outcome.html())).contains("class=\"worse\"", "<svg");
    }

    @Test
    void resultsWithNothingInCommonAreNotCompared() throws Exception {
        Path before = directory.resolve("before.json");
        Path after = directory.resolve("after.json");
        Files.writeString(before, Json.pretty(Sample.result(100, 1.0)));
        Files.writeString(after, Json.pretty(Sample.result(200, 1.0)));
        assertThatThrownBy(() -> LoadTest.compare(before, after))
                .isInstanceOf(LoadFailed.class)
                .hasMessageContaining("nothing to compare");
        Files.writeString(after, "{\"format\":1}");
        assertThatThrownBy(() -> LoadTest.compare(before, after)).isInstanceOf(LoadFailed.class);
    }

    @Test
    void theSummaryNamesWhatIsWrong() {
        assertThat(Summary.of(Sample.result(100, 1.0)))
                .contains("100 accounts", "delay p99.9", "! raw Netty: broke a rule of the protocol: BAD_QUERY");
    }
}
