package io.wxflux.simulator;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** Queues numbered texts for every account at a steady rate. */
final class LoadGenerator {

    private static final long TICK_MILLIS = 20;
    private static final List<String> TEXTS = List.of(
            "今晚一起吃饭吗？",
            "Running late, start without me",
            "好的 👌 收到",
            "1 < 2 && \"quoted\" isn't & won't",
            "第一行\n第二行",
            "会议改到三点半，地点不变。");

    private final Service service;
    private final Supplier<Collection<SimAccount>> accounts;
    private @Nullable Disposable ticking;
    private double owed;
    private long turn;

    LoadGenerator(Service service, Supplier<Collection<SimAccount>> accounts) {
        this.service = service;
        this.accounts = accounts;
    }

    /** A text that carries its number: by turns from friends and from members of the first room. */
    static SimMessage text(SimAccountSpec spec, long number) {
        String text = String.format("#%06d %s", number, TEXTS.get((int) (number % TEXTS.size())));
        if (number % 3 == 0 && spec.rooms() > 0) {
            int member = 2 + (int) (number % (spec.membersPerRoom() - 1));
            return SimMessage.roomText(SimPeer.member(1 + (int) (number % spec.rooms()), member), text);
        }
        return SimMessage.text(SimPeer.friend(1 + (int) (number % spec.friends())), text);
    }

    synchronized void start(double perSecondAndAccount) {
        stop();
        ticking = service.scheduler()
                .schedulePeriodically(() -> tick(perSecondAndAccount), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized void stop() {
        if (ticking != null) {
            ticking.dispose();
            ticking = null;
        }
        owed = 0;
    }

    private synchronized void tick(double rate) {
        List<SimAccount> all = List.copyOf(accounts.get());
        if (ticking == null || all.isEmpty()) {
            return;
        }
        owed += rate * all.size() * TICK_MILLIS / 1000;
        for (; owed >= 1; owed--) {
            all.get((int) (turn++ % all.size())).queueBurst(1);
        }
    }
}
