package io.wxflux.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UnifiedDiffTests {
    private static final String PATCH = """
            What it is about.
            --- a/one.txt
            +++ b/one.txt
            @@ -1,3 +1,3 @@
             a
            -b
            +B
             c
            """;

    @Test
    void aLineIsReplacedWhereverItsSurroundingsAre() {
        Map<String, String> patched = UnifiedDiff.parse(PATCH).apply(path -> "x\ny\na\nb\nc\nz\n");

        assertThat(patched).containsExactly(Map.entry("one.txt", "x\ny\na\nB\nc\nz\n"));
    }

    @Test
    void whatIsNotThereOrThereTwiceIsRefused() {
        UnifiedDiff patch = UnifiedDiff.parse(PATCH);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> patch.apply(path -> "a\nb2\nc\n"))
                .withMessageContaining("no place");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> patch.apply(path -> "a\nb\nc\na\nb\nc\n"))
                .withMessageContaining("two places");
    }
}
