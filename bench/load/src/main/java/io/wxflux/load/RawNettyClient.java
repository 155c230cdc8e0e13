package io.wxflux.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** Netty's HTTP codec and a handler for each account: the least a client of this protocol can do. */
final class RawNettyClient implements Client {
    private final ClientConfig config;
    private final Meter meter;
    private final BareNetwork network;
    private final @Nullable ForcedFile file;
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicLong failures = new AtomicLong();
    private volatile String problem = "";
    private @Nullable Disposable running;

    RawNettyClient(ClientConfig config, Meter meter) {
        this.config = config;
        this.meter = meter;
        network = new BareNetwork(config);
        file = config.client() == ClientKind.RAW_NETTY_FORCED ? ForcedFile.in(config.directory()) : null;
    }

    @Override
    public void start() {
        running = BareLogin.sessions(network, config.accounts(), config.logins())
                .subscribe(
                        session -> {
                            ready.incrementAndGet();
                            new RawNettyAccount(this, session).check();
                        },
                        this::failed);
    }

    BareNetwork network() {
        return network;
    }

    /** Every message of an answer is there; where it has to last, it does before it counts. */
    SyncAnswer accept(byte[] body) {
        if (file != null) {
            file.append(body);
        }
        return meter.read(body);
    }

    void failed(Throwable error) {
        failures.incrementAndGet();
        problem = String.valueOf(error);
    }

    @Override
    public int ready() {
        return ready.get();
    }

    @Override
    public long failures() {
        return failures.get();
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public void close() {
        if (running != null) {
            running.dispose();
        }
        network.close();
        if (file != null) {
            file.close();
        }
    }
}
