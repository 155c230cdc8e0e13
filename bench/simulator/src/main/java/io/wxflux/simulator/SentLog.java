package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What was sent from an account, once per ClientMsgId. Guarded by the account's lock. */
final class SentLog {

    private final Map<String, SentMessage> byKey = new LinkedHashMap<>();
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

    /** Takes a message; one that is here already keeps its MsgID. */
    SentMessage accept(Supplier<String> msgId, String clientMsgId, String call, int type, SimPeer to, String content) {
        SentMessage known = byKey.get(clientMsgId);
        SentMessage now = known == null
                ? new SentMessage(msgId.get(), clientMsgId, call, type, to, content, 1)
                : new SentMessage(
                        known.msgId(),
                        clientMsgId,
                        known.call(),
                        known.type(),
                        known.to(),
                        known.content(),
                        known.attempts() + 1);
        byKey.put(clientMsgId, now);
        return now;
    }

    List<SentMessage> all() {
        return new ArrayList<>(byKey.values());
    }
}
