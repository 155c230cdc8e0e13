package io.wxflux.cli;

import io.wxflux.event.AccountState;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lets an account sign in that waits for somebody, or for its time. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lets an account sign in now that is refused or waits to sign in.",
        footer = {
            "",
            "Have the phone at hand: it is asked, or the QR code comes on the screen of `wxflux run`.",
            "An account that is signed in goes on unchanged."
        })
final class LoginCommand extends EngineCommand implements Callable<Integer> {
    LoginCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        EngineClient engine = engine(target);
        String state = engine.get(target.path(), Map.of()).path("state").asString("");
        if (state.equals(AccountState.SYNCING.name())) {
            return print(target.accountId() + " is signed in already; nothing to do");
        }
        engine.post(target.path() + "/login", body());
        return print(target.accountId() + " may sign in now; see `wxflux status`");
    }
}
