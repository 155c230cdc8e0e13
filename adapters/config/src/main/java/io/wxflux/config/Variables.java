package io.wxflux.config;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts environment variables into values. After parsing, so that no variable can add keys or break the file. */
final class Variables {
    private static final Pattern PLACE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final UnaryOperator<@Nullable String> environment;

    Variables(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /** @throws IllegalArgumentException naming the variable that is not set */
    String expand(String text) {
        if (!text.contains("${")) {
            return text;
        }
        StringBuilder expanded = new StringBuilder();
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            place.appendReplacement(expanded, Matcher.quoteReplacement(value(place)));
        }
        return place.appendTail(expanded).toString();
    }

    private String value(Matcher place) {
        String name = place.group(1);
        if (name == null) {
            return "${";
        }
        if (place.group(2).isEmpty() || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "${ must be followed by the name of an environment variable and }; $${ stands for a plain ${");
        }
        String value = environment.apply(name);
        if (value == null) {
            throw new IllegalArgumentException("the environment variable " + Quote.plain(name) + " is not set");
        }
        return value;
    }
}
