package io.wxflux.internal.wire;

import io.wxflux.model.AppMessage.Link;
import io.wxflux.model.Concealed;
import java.util.ArrayList;
import java.util.List;

/** Links, and the articles that official accounts and the news push (PROTOCOL 9.4). */
final class LinkDetails {
    private static final String INVITATION = "/addchatroombyinvite";

    private LinkDetails() {}

    static Link.Details link(Material from) {
        XmlElement app = from.app();
        List<Link.Article> articles = articles(from);
        String url = AppDetails.url(from);
        boolean invitation = url.contains(INVITATION);
        Link.Article first = articles.isEmpty() ? null : articles.get(0);
        return new Link.Details(
                Material.first(AppDetails.title(from), first == null ? "" : first.title()),
                Material.first(app.text("des"), first == null ? "" : first.digest()),
                invitation ? "" : Material.first(url, first == null ? "" : first.url()),
                Material.first(app.text("thumburl"), first == null ? "" : first.coverUrl()),
                app.text("sourceusername"),
                Material.first(app.text("sourcedisplayname"), from.xml().text("appinfo", "appname")),
                articles,
                Concealed.of(invitation ? url : ""));
    }

    /** The news have the reader as root. */
    private static List<Link.Article> articles(Material from) {
        XmlElement reader =
                from.xml().name().equals("mmreader") ? from.xml() : from.app().at("mmreader");
        if (reader == XmlElement.NONE) {
            reader = from.xml().at("mmreader");
        }
        List<Link.Article> articles = new ArrayList<>();
        for (XmlElement category : reader.all("category")) {
            for (XmlElement item : category.children()) {
                if (item.name().equals("item") || item.name().equals("newitem")) {
                    articles.add(article(item));
                }
            }
        }
        return articles;
    }

    private static Link.Article article(XmlElement item) {
        return new Link.Article(
                item.text("title"),
                item.text("digest"),
                item.text("url"),
                cover(item.text("cover")),
                Numbers.time(item.text("pub_time")));
    }

    /** {@code url|width|height}. */
    private static String cover(String text) {
        int bar = text.indexOf('|');
        return bar < 0 ? text : text.substring(0, bar);
    }
}
