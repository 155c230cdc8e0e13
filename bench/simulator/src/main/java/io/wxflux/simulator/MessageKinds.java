package io.wxflux.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Every kind of message by the name the control API and the load give it. */
final class MessageKinds {

    /** What is known of a message to be made; whatever is not said is made up. */
    record Draft(SimAccount account, SimPeer from, JsonNode body, String mark) {

        String text(String otherwise) {
            return text("text", otherwise);
        }

        String text(String field, String otherwise) {
            String given = Json.text(body.path(field));
            return given.isEmpty() ? mark + otherwise : given;
        }

        int number(String field, int otherwise) {
            return body.path(field).asInt(otherwise);
        }

        SimPeer peer(String field, String otherwise) {
            return SimPeer.parse(body.path(field).asString(otherwise));
        }

        SimPeer room() {
            return from.kind() == SimPeer.Kind.MEMBER || from.kind() == SimPeer.Kind.ROOM
                    ? SimPeer.room(from.index())
                    : SimPeer.room(1);
        }

        /** A member, also when a conversation or a person is all that was named. */
        SimPeer member() {
            return from.kind() == SimPeer.Kind.MEMBER ? from : SimPeer.member(room().index(), 2);
        }

        List<String> names(String otherwise) {
            List<String> names = new java.util.ArrayList<>();
            body.path("names").forEach(each -> names.add(Json.text(each)));
            return names.isEmpty() ? List.of(otherwise) : names;
        }

        @Nullable
        String by() {
            return body.has("by") ? account.nickName(peer("by", "self")) : null;
        }

        SystemTexts texts() {
            return Json.text(body.path("lang")).equals("en") ? SystemTexts.EN : account.language();
        }

        SimMessage system(SimPeer in, String text) {
            return SimMessage.system(in, text);
        }
    }

    private static final Map<String, Function<Draft, SimMessage>> ALL = new LinkedHashMap<>();

    static {
        media();
        apps();
        events();
        texts();
    }

    private MessageKinds() {}

    private static void media() {
        ALL.put("image", d -> MediaMessages.image(d.from(), d.number("size", 48_213)));
        ALL.put("opaque-image", d -> MediaMessages.opaqueImage(d.from(), d.number("size", 48_213)));
        ALL.put("voice", d -> MediaMessages.voice(d.from(), d.number("length", 2_112)));
        ALL.put("video", d -> MediaMessages.video(d.from(), d.number("length", 8), d.number("size", 205_000)));
        ALL.put(
                "short-video",
                d -> MediaMessages.shortVideo(d.from(), d.number("length", 6), d.number("size", 99_000)));
        ALL.put("emoticon", d -> MediaMessages.emoticon(d.from(), d.number("size", 31_009)));
        ALL.put("store-sticker", d -> MediaMessages.storeSticker(d.from()));
        ALL.put("file", d -> MediaMessages.file(d.from(), d.text("name", "会议纪要 & 附件.pdf"), d.number("size", 133_559)));
    }

    private static void apps() {
        ALL.put(
                "link",
                d -> AppMessages.link(
                        d.from(),
                        d.text("山里的<书店>"),
                        "一间 & 一盏灯",
                        d.body().path("url").asString(URL)));
        ALL.put("articles", d -> AppMessages.articles(officialOf(d), articles(d)));
        ALL.put("room-invitation", d -> AppMessages.roomInvitation(d.from(), d.text("周末爬山群")));
        ALL.put("music", d -> AppMessages.music(d.from(), d.text("夜航"), "无名乐队"));
        ALL.put("mini-program", d -> AppMessages.miniProgram(d.from(), d.text("咖啡小馆☕")));
        ALL.put("channels", d -> AppMessages.channels(d.from(), d.text("今天的云 #天气")));
        ALL.put(
                "quote",
                d -> AppMessages.quote(
                        d.from(), d.text("同意"), d.peer("author", "friend:1"), d.text("quoted", "几点 & 哪里？")));
        ALL.put(
                "quote-of-quote",
                d -> AppMessages.quote(
                        d.from(),
                        d.text("再说一次"),
                        SimPeer.friend(1),
                        49,
                        AppMessages.quoteXml("第二层", SimPeer.self(), "第一层 <b>")));
        ALL.put(
                "quote-as-text",
                d -> EventMessages.quoteAsText(
                        d.from(), d.text("name", "林晓明"), d.text("quoted", "[文件] a.pdf"), d.text("收到")));
        ALL.put(
                "chat-history",
                d -> AppMessages.chatHistory(d.from(), d.text("群聊的聊天记录"), List.of("早上好", "a < b & c", "[图片]")));
        ALL.put(
                "transfer",
                d -> AppMessages.transfer(d.from(), d.number("cents", 1_250), d.text("午饭"), d.number("step", 1)));
        ALL.put("red-packet", d -> AppMessages.redPacket(d.from(), d.text("恭喜发财，大吉大利")));
        ALL.put("group-notice", d -> AppMessages.groupNotice(d.member(), d.text("#接龙\n1. 晓明")));
        ALL.put("live-location", d -> AppMessages.liveLocation(d.from()));
        ALL.put("app", d -> AppMessages.other(d.from(), d.number("type", 7), d.text("打开应用")));
    }

    private static final String URL = "https://reading.example/s?__biz=MjM5&mid=26&idx=1&sn=0a1b#rd";

    private static SimPeer officialOf(Draft d) {
        return d.from().kind() == SimPeer.Kind.OFFICIAL ? d.from() : SimPeer.official(1);
    }

    private static List<AppMessages.Article> articles(Draft d) {
        return List.of(
                new AppMessages.Article(d.text("本周 & 下周"), URL),
                new AppMessages.Article("第二篇", URL + "2"),
                new AppMessages.Article("第三篇 <完>", URL + "3"));
    }

    private static void events() {
        ALL.put(
                "friend-request",
                d -> EventMessages.friendRequest(d.peer("stranger", "stranger:1"), d.text("我是\"爬山群\"的小林")));
        ALL.put("possible-friend", d -> EventMessages.possibleFriend(d.peer("stranger", "stranger:2")));
        ALL.put("card", d -> EventMessages.card(d.from(), d.peer("about", "stranger:3")));
        ALL.put(
                "location",
                d -> EventMessages.location(
                        d.from(),
                        d.text("杭州市西湖区 1号门"),
                        d.body().path("x").asDouble(30.25),
                        d.body().path("y").asDouble(120.16)));
        ALL.put("voip", d -> EventMessages.voip(d.from(), d.number("msgType", 50)));
        ALL.put("notice", d -> EventMessages.notice(d.text("系统将在夜间升级")));
        ALL.put("pat", d -> EventMessages.pat(chatOf(d), d.from(), d.peer("patted", "self")));
        ALL.put("todo", d -> EventMessages.todo(d.member(), d.text("交报名表")));
        ALL.put("join-template", d -> EventMessages.joinTemplate(d.room(), List.of(d.peer("who", "friend:1"))));
        ALL.put("removed-template", d -> EventMessages.removedTemplate(d.room(), List.of(d.peer("who", "friend:1"))));
    }

    private static SimPeer chatOf(Draft d) {
        return d.from().kind() == SimPeer.Kind.MEMBER ? d.room() : d.from();
    }

    private static void texts() {
        ALL.put("joined", d -> d.system(d.room(), d.texts().invited(d.by(), d.names("林晓明🌸"))));
        ALL.put(
                "joined-by-code",
                d -> d.system(d.room(), d.texts().joinedByCode(d.names("晓明").get(0), "Petra & Co")));
        ALL.put(
                "you-removed",
                d -> d.system(d.room(), d.texts().youRemoved(d.names("晓明").get(0))));
        ALL.put(
                "removed-you",
                d -> d.system(d.room(), d.texts().removedYou(d.names("晓明").get(0))));
        ALL.put("renamed", d -> d.system(d.room(), d.texts().renamed(d.by(), d.text("新的群名🏠"))));
        ALL.put(
                "friend-confirmed",
                d -> d.system(d.from(), d.texts().friendConfirmed(d.account().nickName(d.from()))));
        ALL.put(
                "not-a-friend",
                d -> d.system(d.from(), d.texts().notAFriend(d.account().nickName(d.from()))));
        ALL.put("red-packet-text", d -> d.system(chatOf(d), d.texts().redPacket()));
        ALL.put("live-location-ended", d -> d.system(chatOf(d), d.texts().liveLocationEnded()));
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    /** A message of a kind, or null when there is no such kind. */
    static @Nullable SimMessage make(String kind, Draft draft) {
        Function<Draft, SimMessage> maker = ALL.get(kind);
        return maker == null ? null : maker.apply(draft);
    }
}
