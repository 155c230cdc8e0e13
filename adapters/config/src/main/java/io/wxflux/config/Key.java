package io.wxflux.config;

import java.util.Arrays;

/**
 * One key of the file. The same objects drive the validation and print the table of the guide, so that the two cannot
 * differ.
 *
 * @param section where it stands: {@code http}, {@code sinks.<name>}, {@code accounts[]}
 * @param name as written
 * @param type what it takes
 * @param standard the default, for people; {@link #REQUIRED} when there is none
 * @param text what it does
 * @param kinds for a key of some kinds of sinks only: those kinds; else empty
 */
record Key<T>(String section, String name, Type<T> type, String standard, String text, String... kinds) {
    static final String REQUIRED = "required";

    boolean isRequired() {
        return standard.equals(REQUIRED);
    }

    boolean fits(String kind) {
        return kinds.length == 0 || Arrays.asList(kinds).contains(kind);
    }

    @Override
    public String toString() {
        return section.isEmpty() ? name : section + "." + name;
    }
}
