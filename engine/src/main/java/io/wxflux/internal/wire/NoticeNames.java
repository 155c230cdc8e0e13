package io.wxflux.internal.wire;

import io.wxflux.model.SystemEvent.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whom the words between the phrases of a notice mean.
 *
 * @param people for places in a template, by the place with its dollar signs
 * @param ids of those who came, in the order of their names; may be empty
 */
record NoticeNames(Map<String, List<Named>> people, List<String> ids) {
    static final NoticeNames PLAIN = new NoticeNames(Map.of(), List.of());

    /** One of them; several names of a template count as the first. */
    Named one(String words) {
        List<Named> known = people.get(unquoted(words));
        if (known != null && !known.isEmpty()) {
            return known.get(0);
        }
        return Named.of(unquoted(words));
    }

    /** A name that no person bears, such as a room's. */
    String word(String words) {
        List<Named> known = people.get(unquoted(words));
        return known == null || known.isEmpty() ? words.strip() : known.get(0).name();
    }

    /**
     * All of them. In a plain text a name that contains the separator counts as two: only templates know better.
     *
     * @param separator as the language has it
     */
    List<Named> all(String words, String separator) {
        List<Named> known = people.get(unquoted(words));
        if (known != null) {
            return known;
        }
        List<Named> all = new ArrayList<>();
        for (String name : words.split(separator, -1)) {
            if (!name.isBlank()) {
                all.add(Named.of(unquoted(name)));
            }
        }
        if (ids.size() == all.size()) {
            for (int i = 0; i < ids.size(); i++) {
                all.set(i, new Named(all.get(i).name(), false, ids.get(i)));
            }
        }
        return all;
    }

    private static String unquoted(String words) {
        String name = words.strip();
        return name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1).strip()
                : name;
    }
}
