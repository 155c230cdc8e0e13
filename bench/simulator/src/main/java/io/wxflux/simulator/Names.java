package io.wxflux.simulator;

import java.util.List;

/** Made-up names, in the mixture the real service shows: Chinese, English, with emoji, with characters that need escaping. */
final class Names {

    private static final List<String> FAMILY =
            List.of("林", "陈", "黄", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "罗", "欧阳", "司徒");
    private static final List<String> GIVEN =
            List.of("晓明", "雨桐", "子轩", "思远", "梓涵", "浩然", "静怡", "建国", "秀英", "一诺", "若曦", "大伟");
    private static final List<String> ENGLISH =
            List.of("Harriet", "Oswald", "Petra", "Quentin", "Rosalind", "Stellan", "Tabitha", "Ulrich", "Verity");
    private static final List<String> EMOJI = List.of("😄", "🌸", "🐼", "🍜", "🚲", "🎈");
    private static final List<String> TOPICS =
            List.of("周末爬山群", "Book club", "产品讨论 & 反馈", "邻居们🏠", "<旧>同学会", "Trip '26", "吃货小分队🍜");
    private static final List<String> BRANDS = List.of("每日天气", "城市地铁", "咖啡小馆", "Weekly Reader", "图书馆服务");

    private Names() {}

    static String of(SimPeer peer, long random) {
        int draw = (int) (random >>> 40);
        return switch (peer.kind()) {
            case ROOM -> pick(TOPICS, draw) + (peer.index() > TOPICS.size() ? " " + peer.index() : "");
            case OFFICIAL -> pick(BRANDS, peer.index() - 1);
            case BUILT_IN -> peer.name().equals("filehelper") ? "文件传输助手" : peer.name();
            default -> person(draw);
        };
    }

    private static String person(int draw) {
        String chinese = pick(FAMILY, draw >>> 3) + pick(GIVEN, draw >>> 7);
        String english = pick(ENGLISH, draw >>> 11);
        return switch (draw & 7) {
            case 0 -> english;
            case 1 -> english + " & Co";
            case 2 -> chinese + pick(EMOJI, draw >>> 15);
            case 3 -> "<" + english + ">";
            case 4 -> chinese + " " + english;
            default -> chinese;
        };
    }

    private static String pick(List<String> from, int draw) {
        return from.get(Math.floorMod(draw, from.size()));
    }
}
