package io.wxflux.cli;

import io.wxflux.simulator.PendingLogin;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.simulator.Simulator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays the people of the demo: the owners who scan, one after the other, and everybody who writes to them. */
final class DemoCast implements AutoCloseable {
    /** So that somebody who watches can read along. */
    private static final long SHOWN_MILLIS = 1_500;

    private static final long TAP_MILLIS = 600;
    private static final long LINE_MILLIS = 700;

    private final Simulator simulator;
    private final Map<String, SimAccount> accounts = new HashMap<>();
    private final List<Line> script;
    private final ScheduledExecutorService stage = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wxflux-demo-cast");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<Code> codes = new ArrayDeque<>();
    private @Nullable Code scanning;
    private int next;

    private record Code(String account, String uuid) {}

    private record Line(String account, Consumer<SimAccount> play) {}

    DemoCast(Simulator simulator) {
        this.simulator = simulator;
        add("alice", 1_000_000_001L, "小艾 Alice", "wx.qq.com");
        add("bob", 1_000_000_002L, "Bob", "wx2.qq.com");
        add("carol", 1_000_000_003L, "卡罗尔🌸", "web.wechat.com");
        this.script = script();
    }

    /** Begins to write to accounts as they come online. */
    void begin() {
        stage.scheduleWithFixedDelay(this::playNext, LINE_MILLIS, LINE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A code of that account is on the screen. */
    void onCode(String account, String uuid) {
        stage.execute(() -> {
            codes.removeIf(code -> code.account.equals(account));
            codes.add(new Code(account, uuid));
            Code current = scanning;
            if (current == null || current.account.equals(account)) {
                scanNext();
            }
        });
    }

    @Override
    public void close() {
        stage.shutdownNow();
    }

    private void add(String name, long uin, String nickName, String home) {
        accounts.put(
                name,
                simulator.addAccount(
                        SimAccountSpec.of(name, uin).withNickName(nickName).withHome(home)));
    }

    private void scanNext() {
        Code code = codes.poll();
        scanning = code;
        SimAccount account = code == null ? null : accounts.get(code.account);
        if (code == null || account == null) {
            return;
        }
        PendingLogin login = simulator.login(code.uuid);
        stage.schedule(() -> login.scan(account), SHOWN_MILLIS, TimeUnit.MILLISECONDS);
        stage.schedule(
                () -> {
                    login.confirm();
                    scanNext();
                },
                SHOWN_MILLIS + TAP_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void playNext() {
        for (int i = 0; i < script.size(); i++) {
            Line line = script.get(next++ % script.size());
            SimAccount account = accounts.get(line.account);
            if (account != null && account.openPolls() > 0) {
                line.play.accept(account);
                return;
            }
        }
    }

    private static List<Line> script() {
        SimPeer friend = SimPeer.friend(1);
        SimPeer room = SimPeer.room(1);
        return List.of(
                line("alice", SimMessage.text(friend, "早上好！十点的会还开吗？")),
                line("bob", SimMessage.text(SimPeer.friend(2), "Morning! Did the release build pass?")),
                line("carol", SimMessage.roomText(SimPeer.member(1, 2), "周末去爬山，谁来？🏔")),
                line("alice", SimMessage.ownText(friend, "开的，三楼大会议室 :)")),
                line("bob", SimMessage.ownText(SimPeer.friend(2), "Green since 7:40 ✅ <all tests & lint>")),
                line("carol", SimMessage.roomText(SimPeer.member(1, 3), "我来！几点出发？")),
                line("alice", SimMessage.text(SimPeer.friend(3), "这是发错的一条")),
                new Line("alice", DemoCast::recallLast),
                line("carol", SimMessage.ownText(room, "+1，八点地铁口见")),
                line("bob", SimMessage.roomText(SimPeer.member(2, 4), "Lunch at the noodle place?")),
                line("carol", SimMessage.system(SimPeer.friend(4), "以上是打招呼的内容")),
                line("bob", SimMessage.text(SimPeer.friend(5), "See you at 六点半 then")));
    }

    private static Line line(String account, SimMessage message) {
        return new Line(account, by -> by.queue(message));
    }

    private static void recallLast(SimAccount account) {
        account.queue(SimMessage.recall(SimPeer.friend(3), null, account.msgId(account.lastSeq()), "\"对方\" 撤回了一条消息"));
    }
}
