package io.wxflux.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an account can download, by MsgId and by MediaId; the oldest is forgotten. Guarded by the account's lock. */
final class AccountMedia {

    private static final int REMEMBERED = 10_000;

    private final Map<String, Content> byMsgId = bounded();
    private final Map<String, Content> byMediaId = bounded();

    private static Map<String, Content> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Content> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    void put(String msgId, Content content) {
        byMsgId.put(msgId, content);
    }

    void put(String msgId, SimMedia media) {
        Content content = new GeneratedContent(media);
        put(msgId, content);
        if (!media.fileName().isEmpty()) {
            byMediaId.put(MediaMessages.mediaId(media), content);
        }
    }

    @Nullable
    Content get(String msgId) {
        return byMsgId.get(msgId);
    }

    @Nullable
    Content ofMediaId(String mediaId) {
        return byMediaId.get(mediaId);
    }
}
