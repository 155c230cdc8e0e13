package io.wxflux.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON documents by what is right or wrong with them, after RFC 8259. Made here by rule; in bytes, as some are wrong in their
 * bytes only. Each is the value of a member behind a good head, so that a reader meets it in the middle of an answer.
 */
public final class JsonCorpus {
    private static final String HEAD = "{\"BaseResponse\":{\"Ret\":0},\"x\":";

    private final Map<String, byte[]> good = new LinkedHashMap<>();
    private final Map<String, byte[]> bad = new LinkedHashMap<>();

    private JsonCorpus() {
        goodNumbers();
        goodTexts();
        goodStructures();
        badNumbers();
        badTexts();
        badStructures();
        badWords();
        badFrames();
    }

    /** By name. */
    public static Map<String, byte[]> good() {
        return new JsonCorpus().good;
    }

    public static Map<String, byte[]> bad() {
        return new JsonCorpus().bad;
    }

    private void good(String value) {
        good.put(value, (HEAD + value + "}").getBytes(UTF_8));
    }

    private void bad(String value) {
        bad.put(value, (HEAD + value + "}").getBytes(UTF_8));
    }

    /** Each character is a byte. */
    private void badBytes(String value) {
        bad.put("bytes " + value, (HEAD + value + "}").getBytes(ISO_8859_1));
    }

    private void badDocument(String document) {
        bad.put("document " + document, document.getBytes(UTF_8));
    }

    private void goodNumbers() {
        for (String sign : new String[] {"", "-"}) {
            for (String whole : new String[] {"0", "1", "10", "123456789012345678901234567890"}) {
                good(sign + whole);
                good(sign + whole + ".0");
                good(sign + whole + ".5e3");
                good(sign + whole + "E+22");
                good(sign + whole + "e-400");
            }
        }
        good("[0e1,-0.0,1e0,1E400]");
        good("9".repeat(1_000));
        good("0." + "0".repeat(1_000) + "1");
    }

    private void goodTexts() {
        good("\"\"");
        for (char escape : "\"\\/bfnrt".toCharArray()) {
            good("\"\\" + escape + "\"");
        }
        for (String code :
                new String[] {"0000", "001b", "0041", "00e9", "2028", "fffe", "FFFF", "aBcD", "d83d\\ude00"}) {
            good("\"\\u" + code + "\"");
        }
        for (String text : new String[] {
            " ",
            "é",
            "汉",
            "😀",
            "\u007f",
            "\u0080",
            "\u2028\u2029",
            "\ufeff",
            "\ufffe",
            "\udbff\udfff",
            "/",
            "//",
            "/*x*/",
            "'",
            "{}[],:"
        }) {
            good("\"" + text + "\"");
            good("{\"" + text + "\":0}");
        }
        good("\"" + "x".repeat(100_000) + "\"");
    }

    private void goodStructures() {
        for (String value : new String[] {
            "null",
            "true",
            "false",
            "[]",
            "{}",
            "[[]]",
            "[{}]",
            "{\"\":0}",
            "{\"a\":{}}",
            "[1,\"a\",null,true,{\"b\":[]}]",
            "[ ]",
            "{ }",
            "[\t1\r\n,\n2 ]",
            "{\"a\" : 1 , \"b\" : 2}",
            "{\"a\":0,\"a\":1}",
            "{\"\\u0000\":1}"
        }) {
            good(value);
            good(" " + value + " ");
        }
        good("[".repeat(500) + "]".repeat(500));
        good("{\"a\":".repeat(500) + "0" + "}".repeat(500));
        good("[" + "0,".repeat(10_000) + "0]");
    }

    private void badNumbers() {
        for (String number : new String[] {
            "-",
            "+1",
            "--1",
            "-a",
            "01",
            "-01",
            "00",
            "1.",
            "-1.",
            ".1",
            "-.1",
            "1..2",
            "1.2.3",
            "1e",
            "1e+",
            "1e-",
            "1E",
            "1ee2",
            "1e1.5",
            "0e",
            "0e+",
            "0x10",
            "0b1",
            "0o7",
            "1_000",
            "1,000",
            "1 000",
            "1a",
            "1f",
            "1L",
            "1n",
            "NaN",
            "-NaN",
            "Infinity",
            "-Infinity",
            "+Infinity",
            "Inf",
            "∞",
            "１",
            "١",
            "1\u200b",
            "-\u00a01",
            "1e\u00b2",
            "$1",
            "#1",
            "(1)",
            "1/2",
            "1+1",
            "0.1.2",
            "2.e3",
            "2.e+3",
            ".e1",
            "0.e1",
            "e1",
            "-e1"
        }) {
            bad(number);
            bad("[" + number + "]");
        }
    }

    private void badTexts() {
        for (String text : new String[] {
            "\"",
            "\"a",
            "'a'",
            "`a`",
            "“a”",
            "a",
            "\"\\\"",
            "\"\\a\"",
            "\"\\x41\"",
            "\"\\'\"",
            "\"\\0\"",
            "\"\\ \"",
            "\"\\\n\"",
            "\"\\u\"",
            "\"\\u1\"",
            "\"\\u12\"",
            "\"\\u123\"",
            "\"\\u123g\"",
            "\"\\u 123\"",
            "\"\\U0041\"",
            "\"\\u00\u00e9\"",
            "\"a\"b",
            "\"a\" \"b\"",
            "\\u0022a\"",
            "\"a\\",
            "\"\\u00",
            "\"\\é\"",
            "\"\\😀\"",
            "\"a\"\"b\"",
            "\"\\u{41}\"",
            "\"\\+\"",
            "\"\\v\""
        }) {
            bad(text);
            bad("[" + text + "]");
            bad("{" + text + ":0}");
        }
    }

    private void badStructures() {
        for (String structure : new String[] {
            "",
            ",",
            ":",
            "[",
            "]",
            "{",
            "[}",
            "{]",
            "[1",
            "[1,",
            "[,1]",
            "[1,]",
            "[1,,2]",
            "[,]",
            "[1 2]",
            "[1:2]",
            "[\"a\":1]",
            "[1;2]",
            "[1,2",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":}",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{,}",
            "{,\"a\":1}",
            "{\"a\" 1}",
            "{\"a\",1}",
            "{\"a\":1,,\"b\":2}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":1;\"b\":2}",
            "{\"a\":1:2}",
            "{\"a\"::1}",
            "{a:1}",
            "{'a':1}",
            "{1:1}",
            "{null:1}",
            "{true:1}",
            "{[]:1}",
            "{{}:1}",
            "{\"a\"=1}",
            "{\"a\"=>1}",
            "[[1]",
            "[1]]",
            "{\"a\":{}",
            "{\"a\":1}}",
            "[{]",
            "{\"a\":[}",
            "[\"a\",\n4\n,1,",
            "<1>",
            "(1)",
            "[1]x",
            "[...]",
            "{...a}",
            "[1,2]//c",
            "[1/*c*/,2]",
            "/**/[]",
            "#c\n[]",
            "[\u00a01]",
            "[1\u2028]",
            "[\u000b1]",
            "[\f1]",
            "[1\u3000]",
            "[\ufeff1]",
            "[1\u0085]"
        }) {
            bad(structure);
        }
        bad("[".repeat(1_000));
        bad("{\"a\":".repeat(1_000));
        bad("[{\"\":".repeat(1_000));
        bad("[".repeat(1_000) + "]".repeat(1_000) + "]");
    }

    private void badWords() {
        for (String word : new String[] {
            "nul", "nulll", "Null", "NULL", "nil", "None", "undefined", "tru", "truth", "True", "TRUE", "fals", "False",
                    "yes", "no", "void", "new Date()",
            "function(){}", "/a/", "`a`", "a.b", "true false", "truefalse", "nullnull", "n\u0443ll", "\u0000null",
                    "null\u0000", "t", "f", "n", "*", "@", "~", "!"
        }) {
            bad(word);
        }
    }

    /** Around the value, or in bytes that no text has. */
    private void badFrames() {
        for (String document : new String[] {
            "",
            " ",
            "\n",
            "\ufeff",
            "\ufeff ",
            "null",
            "true",
            "0",
            "\"a\"",
            "[]",
            "[{}]",
            "{",
            "}",
            "{}}",
            "{}{}",
            "{},{}",
            "{} {}",
            "{}x",
            "{}#",
            "{}//",
            "{}/**/",
            "{}\u0000",
            "\u0000{}",
            "{}]",
            "{}\"",
            "{};",
            "({})",
            "callback({})",
            "var a={}",
            "while(1);{}",
            ")]}',\n{}",
            "{}\ufeff",
            "\ufeff\ufeff{}",
            "<html></html>",
            "{\"BaseResponse\":{\"Ret\":0}} {\"BaseResponse\":{\"Ret\":0}}",
            "{\"BaseResponse\":{\"Ret\":0},\"BaseResponse\":{\"Ret\":1}}",
            "{\"BaseResponse\":{\"Ret\":0,\"Ret\":1}}",
            "{\"BaseResponse\":0}",
            "{\"BaseResponse\":[]}",
            "{\"BaseResponse\":{}}",
            "{\"BaseResponse\":{\"Ret\":null}}",
            "{\"BaseResponse\":{\"Ret\":0.5}}",
            "{\"BaseResponse\":{\"Ret\":\"x\"}}",
            "{\"BaseResponse\":{\"Ret\":4294967296}}",
            "{\"baseresponse\":{\"Ret\":0}}"
        }) {
            badDocument(document);
        }
        // Outside texts; within them, bytes that are no UTF-8 become U+FFFD and the rest is read.
        for (String bytes : new String[] {
            "\u0080",
            "\u00c3",
            "\u00e5",
            "\u00ff",
            "[\u00fe]",
            "[\u00c0\u00b1]",
            "[1\u00e2\u0080]",
            "nul\u00ec",
            "\u00ed\u00a0\u0080"
        }) {
            badBytes(bytes);
        }
    }

    /** Bytes within a text: wrong as UTF-8 in every way there is. */
    public static String[] brokenUtf8() {
        return new String[] {
            "\u0080",
            "\u00bf",
            "\u00bf".repeat(30),
            "\u00c3",
            "\u00e6\u00b1",
            "\u00f0\u009f\u0098",
            "\u00c0\u00af",
            "\u00c1\u00bf",
            "\u00e0\u0080\u00af",
            "\u00e0\u009f\u00bf",
            "\u00f0\u0080\u0080\u00af",
            "\u00f8\u0088\u0080\u0080\u0080",
            "\u00fc\u0084\u0080\u0080\u0080\u0080",
            "\u00fe",
            "\u00ff",
            "\u00ed\u00a0\u0080",
            "\u00ed\u00bf\u00bf",
            "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00f7\u00bf\u00bf\u00bf",
            "\u00c3\u0028",
            "\u00e6\u0028\u00b1",
            "\u00f0\u0028\u008c\u00bc",
            "\u00c0\u0080"
        };
    }

    public static byte[] withText(String bytes) {
        var out = new ByteArrayOutputStream();
        out.writeBytes((HEAD + "\"a").getBytes(UTF_8));
        out.writeBytes(bytes.getBytes(ISO_8859_1));
        out.writeBytes("b\",\"MsgID\":\"7\"}".getBytes(UTF_8));
        return out.toByteArray();
    }
}
