package io.wxflux.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Segments know what their documents weigh, whatever becomes of these. */
class DocumentIndexTests {
    private final DocumentIndex index = new DocumentIndex();

    private static DocumentPlace place(Segment segment, int length) {
        return new DocumentPlace("a/key".getBytes(StandardCharsets.US_ASCII), segment, 0, length, 0);
    }

    @Test
    void aValueThatIsReplacedTakesItsOwnWeightAway() throws IOException {
        var disk = new SimulatedDisk();
        var first = new Segment(1, disk.create(Segment.name(1)), 1);
        var second = new Segment(2, disk.create(Segment.name(2)), 2);
        index.put(place(first, 1_000));
        index.put(place(second, 10));
        assertThat(first.documentBytes).isZero();
        assertThat(first.documents).isZero();

        index.put(place(second, 500));
        assertThat(second.documentBytes).isEqualTo(place(second, 500).weight());
        assertThat(second.documents).isOne();
    }
}
