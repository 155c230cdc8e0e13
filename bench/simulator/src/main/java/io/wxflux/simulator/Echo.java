package io.wxflux.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client sent, in the form in which it comes back to it. */
final class Echo {

    private Echo() {}

    static SimMessage of(String call, int type, SimPeer to, String content, @Nullable UploadedFile file) {
        boolean app = call.equals("webwxsendappmsg");
        String wire = type == 1 ? WireText.encode(content) : WireText.encodeXml(content);
        Map<String, Object> fields = Map.of();
        if (app && file != null) {
            fields = Map.of(
                    "AppMsgType", type,
                    "FileName", WireText.encode(file.fileName()),
                    "FileSize", Long.toString(file.size()),
                    "MediaId", file.mediaId(),
                    "EncryFileName", MediaMessages.encrypted(file.fileName()));
        } else if (app) {
            fields = Map.of("AppMsgType", type);
        }
        return SimMessage.of(app ? 49 : type, to, content, wire, fields, null).sentTo(to);
    }
}
