package io.wxflux.model;

import java.time.Instant;
import java.util.List;

/**
 * What an official account published last, as the service lists it at the start of a session.
 *
 * @param userName the official account, valid for this login
 * @param nickName its name, decoded
 * @param time when it was published
 * @param articles in the order of the push
 */
public record ArticlePush(UserName userName, String nickName, Instant time, List<Article> articles) {
    public ArticlePush {
        articles = List.copyOf(articles);
    }

    /**
     * One article. Texts are decoded and empty when not told. Nothing of it is fetched.
     *
     * @param cover address of a picture
     * @param url where it can be read
     */
    public record Article(String title, String digest, String cover, String url) {}
}
