package io.wxflux.internal.wire;

import io.wxflux.model.Lazily;
import io.wxflux.model.MessageKind;
import io.wxflux.model.MsgId;
import io.wxflux.model.Quoted;
import io.wxflux.model.QuotingMessage.Quote;
import java.util.Map;

/**
 * Quotes as the web got them in 2024: a text of {@code 「name：quoted」}, a line of 15 dashes with blanks between, and the
 * answer (PROTOCOL 9.3).
 */
final class QuoteText {
    private static final String OPEN = "「";
    private static final String RULE = "」\n" + "- ".repeat(14) + "-";
    private static final Map<String, MessageKind> WORDS = Map.of(
            "[文件]", MessageKind.FILE,
            "[链接]", MessageKind.LINK,
            "[视频]", MessageKind.VIDEO,
            "[图片]", MessageKind.IMAGE);

    private QuoteText() {}

    static boolean isQuote(String text) {
        return text.startsWith(OPEN) && answer(text, text.indexOf(RULE)) > 0;
    }

    /** Of a text that is one. */
    static Lazily<Quote.Details> lazily(String text) {
        return Lazily.by(() -> new Lazily.Outcome<>(parse(text), null));
    }

    private static Quote.Details parse(String text) {
        int close = text.indexOf(RULE);
        return new Quote.Details(text.substring(answer(text, close)), quoted(text.substring(OPEN.length(), close)));
    }

    /** Where the answer begins; 0 if none does. */
    private static int answer(String text, int close) {
        int end = close + RULE.length();
        while (close > 0 && end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        return close > 0 && end < text.length() && text.charAt(end) == '\n' ? end + 1 : 0;
    }

    private static Quoted quoted(String text) {
        int colon = text.indexOf('：');
        String name = colon < 0 ? "" : text.substring(0, colon);
        String said = text.substring(colon + 1);
        int bracket = said.startsWith("[") ? said.indexOf(']') : -1;
        MessageKind kind =
                bracket < 0 ? MessageKind.TEXT : WORDS.getOrDefault(said.substring(0, bracket + 1), MessageKind.TEXT);
        String rest = kind == MessageKind.TEXT ? said : said.substring(bracket + 1);
        return new Quoted(kind, new MsgId(""), "", name, rest, 0, null);
    }
}
