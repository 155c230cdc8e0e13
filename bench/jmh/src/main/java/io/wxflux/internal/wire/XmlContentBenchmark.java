package io.wxflux.internal.wire;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.wxflux.bench.Bench;
import io.wxflux.bench.Samples;
import io.wxflux.model.DetailedMessage;
import io.wxflux.model.Message;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What do the details of a kind with XML cost when they are read, and when they are not, beside undoing the escapes once and
 * running Aalto with a fresh factory over the rest?
 */
@State(Scope.Benchmark)
public class XmlContentBenchmark extends Bench {
    private static final UserName SELF = UserName.of(Samples.SELF);

    /** Of the message. */
    @Param({"image", "emoticon", "voice", "link"})
    public String kind = "image";

    private RawMessage raw = RawMessage.wrap(new byte[0]);
    private String content = "";

    /** Makes the message, and sees that its details can be read. */
    @Setup
    public void prepare() throws XMLStreamException {
        raw = RawMessage.wrap(Samples.message(kind, 7_100_000_000_000_000_001L).getBytes(StandardCharsets.UTF_8));
        content = Envelope.read(raw).content();
        if (String.valueOf(read()).length() < 20 || floorUnescapeAndAalto() < 20) {
            throw new IllegalStateException("the details of " + kind + " were not read");
        }
    }

    /** The record of the message, details untouched. */
    @Benchmark
    public Message unread() {
        return MessageDecoder.decode(raw, SELF);
    }

    /** The record and its details. */
    @Benchmark
    public Object read() {
        return ((DetailedMessage<?>) MessageDecoder.decode(raw, SELF)).details();
    }

    /** Only from the content to the tree that details are taken from. */
    @Benchmark
    public Object tree() {
        XmlElement root = XmlReader.read(ContentText.decode(content), XmlReader.CONTENT_LIMIT);
        if (root == null) {
            throw new IllegalStateException("not read");
        }
        return root;
    }

    /** From the content to every name and value of its XML, none kept. */
    @Benchmark
    public long floorUnescapeAndAalto() throws XMLStreamException {
        byte[] document = ContentText.decode(content).strip().getBytes(StandardCharsets.UTF_8);
        AsyncXMLStreamReader<AsyncByteArrayFeeder> reader = new InputFactoryImpl().createAsyncFor(document);
        reader.getInputFeeder().endOfInput();
        long length = 0;
        for (int event = reader.next(); event != XMLStreamConstants.END_DOCUMENT; event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                length += reader.getLocalName().length();
                for (int i = 0; i < reader.getAttributeCount(); i++) {
                    length += reader.getAttributeLocalName(i).length()
                            + reader.getAttributeValue(i).length();
                }
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                length += reader.getText().length();
            } else if (event == AsyncXMLStreamReader.EVENT_INCOMPLETE) {
                break;
            }
        }
        reader.close();
        return length;
    }
}
