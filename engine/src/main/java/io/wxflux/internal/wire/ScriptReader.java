package io.wxflux.internal.wire;

import io.wxflux.error.ProtocolViolationException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads answers such as {@code window.code=201;window.userAvatar = '...';} and {@code window.synccheck={a:"1",b:"2"}}
 * without a script engine and without patterns: assignments of numbers, quoted strings and flat objects, blanks
 * anywhere between them. Everything else, and everything incomplete, is no script of the service.
 */
final class ScriptReader {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int LONGEST_NAME = 256;

    private final String operation;
    private final String text;
    private final Map<String, String> values = new HashMap<>();
    private int at;

    private ScriptReader(String operation, String text) {
        this.operation = operation;
        this.text = text;
    }

    /** All values by their dotted names, such as {@code window.synccheck.retcode}. */
    static Map<String, String> read(String operation, byte[] body) {
        if (body.length > MOST_BYTES) {
            throw violation(operation, body.length);
        }
        var reader = new ScriptReader(operation, new String(body, StandardCharsets.UTF_8));
        reader.skipBlanks();
        do {
            reader.assignment();
        } while (reader.at < reader.text.length());
        return reader.values;
    }

    static ProtocolViolationException violation(String operation, int length) {
        return new ProtocolViolationException(
                operation + " was answered with " + length + " bytes that are no complete script");
    }

    private ProtocolViolationException violation() {
        return violation(operation, text.length());
    }

    private void assignment() {
        String name = name();
        while (peek() == '.') {
            at++;
            name += "." + name();
            if (name.length() > LONGEST_NAME) {
                throw violation();
            }
        }
        skipBlanks();
        expect('=');
        skipBlanks();
        if (peek() == '{') {
            object(name);
        } else {
            boolean bare = peek() != '"' && peek() != '\'';
            put(name, value());
            skipBlanks();
            if (bare && peek() != ';') {
                // A number without its semicolon may be the beginning of a longer one.
                throw violation();
            }
        }
        skipBlanks();
        while (peek() == ';') {
            at++;
            skipBlanks();
        }
    }

    private void object(String owner) {
        expect('{');
        skipBlanks();
        while (peek() != '}') {
            String key = peek() == '"' || peek() == '\'' ? quoted() : name();
            skipBlanks();
            expect(':');
            skipBlanks();
            put(owner + "." + key, value());
            skipBlanks();
            if (peek() != '}') {
                expect(',');
                skipBlanks();
            }
        }
        expect('}');
    }

    /** A value that comes twice would mask the first. */
    private void put(String name, String value) {
        if (values.put(name, value) != null) {
            throw violation();
        }
    }

    private String value() {
        return peek() == '"' || peek() == '\'' ? quoted() : digits();
    }

    private String digits() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw violation();
        }
        return text.substring(start, at);
    }

    private String name() {
        int start = at;
        while (isNamePart(peek())) {
            at++;
        }
        if (at == start) {
            throw violation();
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$';
    }

    private String quoted() {
        char quote = peek();
        at++;
        var value = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw violation();
            }
            char c = text.charAt(at++);
            if (c == quote) {
                return value.toString();
            }
            value.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        if (at >= text.length()) {
            throw violation();
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'x' -> hex(2);
            case 'u' -> hex(4);
            default -> c;
        };
    }

    private char hex(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
            if (digit < 0) {
                throw violation();
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw violation();
        }
        at++;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == '\uFEFF')) {
            at++;
        }
    }

    /** The next character; NUL at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }
}
