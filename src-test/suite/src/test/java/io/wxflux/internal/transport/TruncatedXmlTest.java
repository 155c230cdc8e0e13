package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The XML parser in the pinned version never says that a document ended too early: who waits for an error waits for ever. */
class TruncatedXmlTest {
    @Test
    void aCutDocumentIsIncompleteForEver() throws Exception {
        byte[] cut = "<error><ret>0</ret><skey>@crypt".getBytes(StandardCharsets.UTF_8);
        AsyncXMLStreamReader<AsyncByteArrayFeeder> reader = new InputFactoryImpl().createAsyncForByteArray();
        reader.getInputFeeder().feedInput(cut, 0, cut.length);
        reader.getInputFeeder().endOfInput();
        for (int i = 0; i < 100 && reader.next() != AsyncXMLStreamReader.EVENT_INCOMPLETE; i++) {
            assertThat(reader.getDepth()).isLessThan(4);
        }

        Set<Integer> events = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            events.add(reader.next());
        }

        assertThat(events).containsExactly(AsyncXMLStreamReader.EVENT_INCOMPLETE);
    }
}
