package io.wxflux.internal.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of synccheck (PROTOCOL 8.1). */
public final class SyncCheckScript {
    private static final String OPERATION = "synccheck";

    private SyncCheckScript() {}

    /**
     * What the server says about news.
     *
     * @param selector only a hint: anything but 0 asks for a webwxsync
     */
    public record SyncSignal(int retcode, int selector) {
        public boolean hasNews() {
            return selector != 0;
        }
    }

    /**
     * Anything but a whole script is an error, never "nothing new". Only an error code may come without a selector.
     */
    public static SyncSignal parse(byte[] body) {
        Map<String, String> values = ScriptReader.read(OPERATION, body);
        int retcode = number(values.get("window.synccheck.retcode"), body.length);
        String selector = values.get("window.synccheck.selector");
        if (selector == null && retcode != 0) {
            return new SyncSignal(retcode, 0);
        }
        return new SyncSignal(retcode, number(selector, body.length));
    }

    private static int number(@Nullable String text, int length) {
        Long value = text == null ? null : Numbers.parse(text);
        if (value == null || value != value.intValue()) {
            throw ScriptReader.violation(OPERATION, length);
        }
        return value.intValue();
    }
}
