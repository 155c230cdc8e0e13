package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was sent from an account, once per ClientMsgId. Guarded by the account's lock. */
final class SentLog {

    private final Map<String, SentMessage> byKey = new LinkedHashMap<>();
    private final Map<String, String> keyById = new HashMap<>();
    private int refusalsLeft;
    private int refusal;

    void refuse(int ret, int times) {
        refusal = ret;
        refusalsLeft = times;
    }

    /** The code the next send is refused with, or 0. */
    int nextRefusal() {
        if (refusalsLeft <= 0) {
            return 0;
        }
        refusalsLeft--;
        return refusal;
    }

    /** Another attempt at a message that is here already; null when it is new. */
    @Nullable
    SentMessage again(String clientMsgId) {
        return byKey.computeIfPresent(clientMsgId, (key, known) -> known.again());
    }

    void add(SentMessage message) {
        byKey.put(message.clientMsgId(), message);
        keyById.put(message.msgId(), message.clientMsgId());
    }

    @Nullable
    SentMessage find(String msgId) {
        return byKey.get(keyById.getOrDefault(msgId, ""));
    }

    void takeBack(String msgId) {
        byKey.computeIfPresent(keyById.getOrDefault(msgId, ""), (key, known) -> known.takenBack());
    }

    List<SentMessage> all() {
        return new ArrayList<>(byKey.values());
    }
}
