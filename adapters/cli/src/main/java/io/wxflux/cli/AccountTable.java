package io.wxflux.cli;

import io.wxflux.event.AccountStatus;
import io.wxflux.file.TerminalText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accounts with state and counters, one a line. */
final class AccountTable {
    private static final int ID = 9;
    private static final int STATE = 17;
    private static final int NAME = 13;
    private static final String RESET = "\u001b[0m";

    private AccountTable() {}

    /**
     * @param sink whose cursor is shown
     * @param colors whether there is a terminal for it
     */
    static List<String> lines(List<AccountStatus> accounts, String sink, boolean colors) {
        List<String> lines = new ArrayList<>();
        String head = TextWidth.fit("ACCOUNT", ID) + TextWidth.fit("STATE", STATE) + TextWidth.fit("NAME", NAME)
                + "MESSAGES  EVENTS IN FILE  POLLS AT";
        lines.add(colors ? "\u001b[1m" + head + RESET : head);
        for (AccountStatus account : accounts) {
            String state = TextWidth.fit(StateText.of(account.state()), STATE);
            String name = account.nickName() == null ? "-" : TerminalText.line(account.nickName(), NAME);
            String host = host(account.pollHost());
            lines.add(TextWidth.fit(account.account().value(), ID)
                    + (colors ? StateText.color(account.state()) + state + RESET : state)
                    + TextWidth.fit(name, NAME - 1)
                    + " "
                    + String.format("%8d  %14d  ", account.received(), delivered(account, sink))
                    + TextWidth.cut(host, 15));
        }
        return lines;
    }

    /** Where an account polls, short; {@code -} when it does not. */
    static String host(@Nullable String pollHost) {
        return pollHost == null || pollHost.isEmpty()
                ? "-"
                : TerminalText.line(pollHost, 40).replaceFirst("^webpush\\.", "");
    }

    /** Offsets begin at 0, so the cursor is the count. */
    static long delivered(AccountStatus account, String sink) {
        Long cursor = account.cursors().get(sink);
        return cursor == null ? 0 : cursor;
    }
}
