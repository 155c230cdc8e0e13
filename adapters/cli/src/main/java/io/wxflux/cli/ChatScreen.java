package io.wxflux.cli;

import java.io.PrintStream;

/** The lines of a chat. What comes in is put above the prompt; a screen that is none gets plain lines. */
final class ChatScreen {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String DIM = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";

    private final PrintStream out;
    private final boolean terminal;
    private final boolean colors;
    private String conversation = "";
    private boolean prompting;

    ChatScreen(Screen screen) {
        this.out = screen.out();
        this.terminal = screen.outTerminal();
        this.colors = screen.outColors();
    }

    /** Whose chat the typed lines go to, as the prompt names it; made harmless already. */
    synchronized void conversation(String name) {
        conversation = name;
    }

    /** From now on a line may be typed. */
    synchronized void prompt() {
        prompting = true;
        drawPrompt();
    }

    /** A line was typed. */
    synchronized void typed() {
        prompting = false;
    }

    /** @param here whether it belongs to the conversation on the screen; what does not stands back */
    synchronized void message(String line, boolean here) {
        print(colors ? (here ? BOLD : DIM) + line + RESET : line);
    }

    synchronized void say(String line) {
        print(colors ? DIM + line + RESET : line);
    }

    /** A table and the like. */
    synchronized void plain(String line) {
        print(line);
    }

    private void print(String line) {
        if (terminal && prompting) {
            out.print(CLEAR_LINE);
        }
        out.println(line);
        drawPrompt();
    }

    private void drawPrompt() {
        if (terminal && prompting) {
            out.print((conversation.isEmpty() ? "" : conversation) + "> ");
        }
        out.flush();
    }
}
