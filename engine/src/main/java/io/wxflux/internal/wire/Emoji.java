package io.wxflux.internal.wire;

import java.util.Map;

/** The pictures that the web gets as empty spans: emoji by their code points and the service's own faces by number. */
final class Emoji {
    private static final String EMOJI = "emoji emoji";
    private static final String FACE = "qqemoji qqemoji";

    /** Codes by which the web form names another picture than the one that was sent; found by ItChat. */
    private static final Map<Integer, Integer> WRONG = Map.of(
            0x1f63c, 0x1f601, 0x1f639, 0x1f602, 0x1f63a, 0x1f603, 0x1f4ab, 0x1f616, 0x1f64d, 0x1f614, 0x1f63b, 0x1f60d,
            0x1f63d, 0x1f618, 0x1f64e, 0x1f621, 0x1f63f, 0x1f622);

    /** The faces in the order of their numbers; as text they stand in brackets. */
    private static final String[] FACES =
            ("微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 酷 冷汗 抓狂 吐 偷笑 可爱 白眼 傲慢 饥饿 困 惊恐 流汗"
                            + " 憨笑 大兵 奋斗 咒骂 疑问 嘘 晕 折磨 衰 骷髅 敲打 再见 擦汗 抠鼻 鼓掌 糗大了 坏笑 左哼哼 右哼哼 哈欠 鄙视 委屈 快哭了"
                            + " 阴险 亲亲 吓 可怜 菜刀 西瓜 啤酒 篮球 乒乓 咖啡 饭 猪头 玫瑰 凋谢 示爱 爱心 心碎 蛋糕 闪电 炸弹 刀 足球 瓢虫 便便 月亮"
                            + " 太阳 礼物 拥抱 强 弱 握手 胜利 抱拳 勾引 拳头 差劲 爱你 NO OK 爱情 飞吻 跳跳 发抖 怄火 转圈 磕头 回头 跳绳 挥手 激动"
                            + " 街舞 献吻 左太极 右太极")
                    .split(" ");

    private Emoji() {}

    /** What a span of that class stands for; empty when it is not known, so that the span can be kept. */
    static String ofClass(String names) {
        if (names.startsWith(EMOJI)) {
            return ofCode(names, EMOJI.length());
        }
        if (names.startsWith(FACE)) {
            Long number = Numbers.parse(names.substring(FACE.length()));
            return number == null || number < 0 || number >= FACES.length ? "" : "[" + FACES[number.intValue()] + "]";
        }
        return "";
    }

    /** 4 or 5 digits are one code point; 8 and 10 are two of them: flags and key caps. */
    private static String ofCode(String names, int from) {
        int digits = names.length() - from;
        return switch (digits) {
            case 4, 5 -> symbol(codePoint(names, from, names.length(), true));
            case 8, 10 -> {
                int middle = from + digits / 2;
                String first = symbol(codePoint(names, from, middle, false));
                String second = symbol(codePoint(names, middle, names.length(), false));
                yield first.isEmpty() || second.isEmpty() ? "" : first + second;
            }
            default -> "";
        };
    }

    private static int codePoint(String text, int from, int to, boolean correct) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return correct ? WRONG.getOrDefault(value, value) : value;
    }

    private static String symbol(int codePoint) {
        boolean sensible = codePoint >= ' ' && (codePoint < 0xD800 || codePoint > 0xDFFF);
        return sensible ? Character.toString(codePoint) : "";
    }
}
