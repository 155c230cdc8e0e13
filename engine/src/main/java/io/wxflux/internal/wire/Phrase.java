package io.wxflux.internal.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sentence with places for names. Matched in one pass per piece, without going back: names come from strangers.
 *
 * @param pieces the fixed parts in their order; the first stands at the begin, or a name does if it is empty
 */
record Phrase(List<String> pieces) {
    /** @param sentence in lower case, with straight quotes, and a bar in each place of a name */
    static Phrase of(String sentence) {
        return new Phrase(List.of(sentence.split("\\|", -1)));
    }

    /** The text with quotes straight and ASCII letters small, character by character. */
    static String folded(String text) {
        var folded = new StringBuilder(text);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c == '“' || c == '”') {
                folded.setCharAt(i, '"');
            } else if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ' '));
            }
        }
        return folded.toString();
    }

    /**
     * The names in the text, as written there; null if it is another sentence. The last piece is looked for from the end:
     * a name may contain it, and more may follow.
     *
     * @param folded the same text, folded
     */
    @Nullable
    List<String> match(String text, String folded) {
        if (!folded.startsWith(pieces.get(0))) {
            return null;
        }
        List<String> names = new ArrayList<>();
        int from = pieces.get(0).length();
        for (int i = 1; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            int at = i == pieces.size() - 1 ? folded.lastIndexOf(piece) : folded.indexOf(piece, from);
            if (at < from) {
                return null;
            }
            names.add(text.substring(from, at));
            from = at + piece.length();
        }
        return names;
    }
}
