package io.wxflux.internal.wire;

import io.wxflux.bench.Bench;
import io.wxflux.internal.wire.SyncCheckScript.SyncSignal;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What does reading the script of synccheck cost, strictly, beside two searches in its bytes that believe everything? */
@State(Scope.Benchmark)
public class SyncCheckScriptBenchmark extends Bench {
    private final byte[] body = "window.synccheck={retcode:\"0\",selector:\"2\"}".getBytes(StandardCharsets.US_ASCII);

    /** As the engine does it. */
    @Benchmark
    public SyncSignal parse() {
        return SyncCheckScript.parse(body);
    }

    /** The text between the quotes, wherever they are. */
    @Benchmark
    public int floorSearch() {
        String text = new String(body, StandardCharsets.US_ASCII);
        int retcode = text.indexOf("retcode:\"") + 9;
        int selector = text.indexOf("selector:\"") + 10;
        return Integer.parseInt(text, retcode, text.indexOf('"', retcode), 10)
                + Integer.parseInt(text, selector, text.indexOf('"', selector), 10);
    }
}
