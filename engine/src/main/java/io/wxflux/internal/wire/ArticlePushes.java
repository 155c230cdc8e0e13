package io.wxflux.internal.wire;

import io.wxflux.model.ArticlePush;
import io.wxflux.model.ArticlePush.Article;
import io.wxflux.model.UserName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** MPSubscribeMsgList of webwxinit (PROTOCOL 6.1): what official accounts published last. */
final class ArticlePushes {
    private static final int MOST_PUSHES = 1_000;
    private static final int MOST_ARTICLES = 100;

    private ArticlePushes() {}

    /** The lists count, the counts beside them do not. A push of nobody is left out. */
    static List<ArticlePush> readList(JsonReader in) {
        List<ArticlePush> pushes = new ArrayList<>();
        if (in.enterArray()) {
            while (in.nextObject()) {
                ArticlePush push = read(in);
                if (!push.userName().isEmpty() && pushes.size() < MOST_PUSHES) {
                    pushes.add(push);
                }
            }
        }
        return pushes;
    }

    private static ArticlePush read(JsonReader in) {
        UserName userName = UserName.NONE;
        String nickName = "";
        int time = 0;
        List<Article> articles = List.of();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "UserName" -> userName = UserName.of(in.text());
                case "NickName" -> nickName = ContentText.decodeName(in.text());
                case "Time" -> time = in.intNumber(0);
                case "MPArticleList" -> articles = articles(in);
                default -> in.skip();
            }
        }
        return new ArticlePush(userName, nickName, Instant.ofEpochSecond(time), articles);
    }

    private static List<Article> articles(JsonReader in) {
        List<Article> articles = new ArrayList<>();
        if (in.enterArray()) {
            while (in.nextObject()) {
                String title = "";
                String digest = "";
                String cover = "";
                String url = "";
                for (String name = in.nextName(); name != null; name = in.nextName()) {
                    switch (name) {
                        case "Title" -> title = ContentText.decodeName(in.text());
                        case "Digest" -> digest = ContentText.decode(in.text());
                        case "Cover" -> cover = picture(ContentText.decodeName(in.text()));
                        case "Url" -> url = ContentText.decodeName(in.text());
                        default -> in.skip();
                    }
                }
                if (articles.size() < MOST_ARTICLES) {
                    articles.add(new Article(title, digest, cover, url));
                }
            }
        }
        return articles;
    }

    /** Covers come as {@code url|width|height}. */
    private static String picture(String cover) {
        int bar = cover.indexOf('|');
        return bar < 0 ? cover : cover.substring(0, bar);
    }
}
