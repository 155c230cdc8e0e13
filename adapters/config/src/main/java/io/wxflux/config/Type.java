package io.wxflux.config;

import java.util.List;
import java.util.function.Function;

/**
 * What a key takes.
 *
 * @param title for people: {@code duration}, {@code 1 to 50}
 * @param shape what YAML node it must be
 * @param secret values are never echoed
 * @param bare whether it stands without quotes, unless it holds a variable: quotes make a text of a number
 * @param words the only values there are; empty when there are others
 * @param parse text to value; throws IllegalArgumentException with the rule that is broken, without the value
 */
record Type<T>(String title, Shape shape, boolean secret, boolean bare, List<String> words, Function<String, T> parse) {
    enum Shape {
        SCALAR("one value"),
        LIST("a list"),
        MAPPING("keys and values");

        final String words;

        Shape(String words) {
            this.words = words;
        }
    }

    static <T> Type<T> scalar(String title, Function<String, T> parse) {
        return new Type<>(title, Shape.SCALAR, false, false, List.of(), parse);
    }

    static <T> Type<T> bare(String title, Function<String, T> parse) {
        return new Type<>(title, Shape.SCALAR, false, true, List.of(), parse);
    }

    static Type<String> container(String title, Shape shape) {
        return new Type<>(title, shape, false, false, List.of(), text -> text);
    }
}
