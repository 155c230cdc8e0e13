package io.wxflux.internal.transport;

import io.wxflux.bench.Bench;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What does naming the hosts cost that a synccheck may try, in their order? */
@State(Scope.Benchmark)
public class CandidateHostsBenchmark extends Bench {
    /** The account's. */
    @Param({"wx2.qq.com", "web.wechat.com"})
    public String home = "wx2.qq.com";

    private final HostFamily qq = HostFamily.of("wx2.qq.com");
    private final HostFamily wechat = HostFamily.of("web.wechat.com");

    /** All candidates of a known family. */
    @Benchmark
    public int candidates() {
        int length = 0;
        for (String host : (home.endsWith("qq.com") ? qq : wechat).pushCandidates(List.of())) {
            length += host.length();
        }
        return length;
    }

    /** The family of the login's host, once for each login. */
    @Benchmark
    public HostFamily family() {
        return HostFamily.of(home);
    }
}
