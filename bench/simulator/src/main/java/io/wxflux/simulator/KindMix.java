package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the load consists of: numbered messages of several kinds in proportion. The same number is the same message. */
final class KindMix {

    /** Texts alone. */
    static final KindMix TEXTS = new KindMix(List.of());

    private static final List<String> WORDS = List.of(
            "今晚一起吃饭吗？",
            "Running late, start without me",
            "好的 👌 收到",
            "1 < 2 && \"quoted\" isn't & won't",
            "第一行\n第二行",
            "会议改到三点半，地点不变。");

    private record Share(String kind, int upTo) {}

    private final List<Share> shares;

    private KindMix(List<Share> shares) {
        this.shares = shares;
    }

    static KindMix of(Map<String, Integer> weights) {
        List<Share> shares = new ArrayList<>();
        int sum = 0;
        for (Map.Entry<String, Integer> each : weights.entrySet()) {
            boolean known = each.getKey().equals("text") || MessageKinds.names().contains(each.getKey());
            if (!known || each.getValue() < 0) {
                throw new IllegalArgumentException("no kind of message, or a negative weight: " + each);
            }
            sum += each.getValue();
            if (each.getValue() > 0) {
                shares.add(new Share(each.getKey(), sum));
            }
        }
        return shares.isEmpty() ? TEXTS : new KindMix(shares);
    }

    SimMessage message(SimAccount account, long number) {
        SimPeer from = sender(account.spec(), number);
        String mark = String.format("#%06d ", number);
        String kind = kind(number);
        if (!kind.equals("text")) {
            SimMessage made = ControlMessages.made(account, kind, from, mark);
            // An account without rooms or official accounts gets texts instead of what needs them.
            if (account.knows(made)) {
                return made;
            }
        }
        String text = mark + WORDS.get((int) (number % WORDS.size()));
        return from.kind() == SimPeer.Kind.MEMBER ? SimMessage.roomText(from, text) : SimMessage.text(from, text);
    }

    private String kind(long number) {
        if (shares.isEmpty()) {
            return "text";
        }
        long draw = Math.floorMod(Ids.mix(number), shares.get(shares.size() - 1).upTo());
        return shares.stream()
                .filter(share -> draw < share.upTo())
                .findFirst()
                .map(Share::kind)
                .orElse("text");
    }

    /** By turns friends and members of the rooms. */
    private static SimPeer sender(SimAccountSpec spec, long number) {
        if (number % 3 == 0 && spec.rooms() > 0) {
            int member = 2 + (int) (number % (spec.membersPerRoom() - 1));
            return SimPeer.member(1 + (int) (number % spec.rooms()), member);
        }
        return SimPeer.friend(1 + (int) (number % spec.friends()));
    }
}
