package io.wxflux.cli;

import tools.jackson.databind.JsonNode;

/** JSON on a terminal: what strangers wrote stands in it, and JSON itself leaves most of what harms as it is. */
final class SafeJson {
    private SafeJson() {}

    static String pretty(JsonNode json) {
        String text = EngineClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean harmless = point == '\n'
                    || switch (Character.getType(point)) {
                        case Character.CONTROL,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR,
                                Character.SURROGATE -> false;
                        case Character.FORMAT -> point == 0x200c || point == 0x200d;
                        default -> true;
                    };
            if (harmless) {
                safe.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    safe.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return safe.toString();
    }
}
