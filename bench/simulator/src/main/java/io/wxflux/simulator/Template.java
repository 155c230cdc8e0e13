package io.wxflux.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A document of which nothing changes from one answer to the next but a few numbers. */
final class Template {

    private record Slot(int at, int sentinel) {}

    /** One more than there are slots. */
    private final List<byte[]> texts = new ArrayList<>();

    /** Which of the values stands behind each text. */
    private final List<Integer> slots = new ArrayList<>();

    /** @param sentinels numbers that stand where the values of {@link #write} go, and nowhere else */
    Template(String document, long... sentinels) {
        int from = 0;
        for (Slot slot = next(document, from, sentinels); slot != null; slot = next(document, from, sentinels)) {
            texts.add(document.substring(from, slot.at()).getBytes(StandardCharsets.UTF_8));
            slots.add(slot.sentinel());
            from = slot.at() + Long.toString(sentinels[slot.sentinel()]).length();
        }
        texts.add(document.substring(from).getBytes(StandardCharsets.UTF_8));
    }

    private static @org.jspecify.annotations.Nullable Slot next(String document, int from, long[] sentinels) {
        Slot first = null;
        for (int i = 0; i < sentinels.length; i++) {
            int at = document.indexOf(Long.toString(sentinels[i]), from);
            if (at >= 0 && (first == null || at < first.at())) {
                first = new Slot(at, i);
            }
        }
        return first;
    }

    /** @param values in the order of the sentinels */
    void write(ByteArrayOutputStream out, long... values) {
        for (int i = 0; i < texts.size(); i++) {
            out.writeBytes(texts.get(i));
            if (i < slots.size()) {
                out.writeBytes(Long.toString(values[slots.get(i)]).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
