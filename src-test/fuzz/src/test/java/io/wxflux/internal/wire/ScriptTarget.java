package io.wxflux.internal.wire;

import io.wxflux.internal.transport.RedirectUri;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Any bytes as the scripts of the login and of synccheck: the same value each time, or the one typed error. */
public final class ScriptTarget {
    private static final List<Function<byte[], Object>> SCRIPTS = List.of(
            SyncCheckScript::parse,
            LoginScripts::jsLogin,
            LoginScripts::poll,
            LoginPage::parse,
            body -> RedirectUri.parse(new String(body, StandardCharsets.UTF_8)));

    private ScriptTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (Function<byte[], Object> script : SCRIPTS) {
            Object once = JsonTarget.attempt(script, input);
            JsonTarget.same(once, JsonTarget.attempt(script, input));
            if (once instanceof LoginScripts.LoginPoll poll
                    && !poll.redirectUri().isEmpty()) {
                JsonTarget.attempt(
                        uri -> RedirectUri.parse(new String(uri, StandardCharsets.UTF_8)),
                        JsonTarget.utf8(poll.redirectUri()));
            }
        }
    }
}
